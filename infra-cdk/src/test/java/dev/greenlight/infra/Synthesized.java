package dev.greenlight.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.service.ConfigReader;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.lambda.Code;

/** An example's template, synthesized once, with what cdk-nag says of it. */
public final class Synthesized {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path OUT = Path.of("target", "synthesized").toAbsolutePath();
    private static final Map<String, Synthesized> MADE = new ConcurrentHashMap<>();

    private final JsonNode template;
    private final Annotations said;

    private Synthesized(String name, Path file) {
        try {
            AppProps props = AppProps.builder()
                    .context(GreenlightApp.flags(Project.cdkJson()))
                    .outdir(OUT.resolve(name).toString())
                    .build();
            App app = new App(props);
            GreenlightStack stack = new GreenlightStack(app, ConfigReader.read(file), Code.fromAsset(zip()));
            Aspects.of(app).add(new AwsSolutionsChecks());
            this.template = JSON.valueToTree(Template.fromStack(stack).toJSON());
            this.said = Annotations.fromStack(stack);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stands for the functions' zip: the same bytes each time, and no build needed. */
    static String zip() throws IOException {
        Path zip = OUT.resolve("stand-in-functions.zip");
        Files.createDirectories(zip.getParent());
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            ZipEntry entry = new ZipEntry("stand-in.txt");
            entry.setTime(0);
            out.putNextEntry(entry);
        }
        return zip.toString();
    }

    public static Synthesized example(String name) {
        return MADE.computeIfAbsent(name, n -> new Synthesized(n, Project.example(n)));
    }

    /** Of a text of a test's own. @param name of its output directory */
    static Synthesized text(String name, String text) throws IOException {
        Files.createDirectories(OUT);
        return new Synthesized(name, Files.writeString(OUT.resolve(name + ".yaml"), text));
    }

    /** The template's file. */
    static Path written(String name) throws IOException {
        example(name);
        try (Stream<Path> files = Files.list(OUT.resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".template.json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    public JsonNode template() {
        return template;
    }

    /** Fails with what cdk-nag found and nobody accepted. */
    void assertNothingIsFound() {
        said.hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*"));
        said.hasNoWarning("*", Match.stringLikeRegexp("(AwsSolutions|CdkNag).*"));
    }

    JsonNode parameters() {
        return template.path("Parameters");
    }

    /** The resources of a type by their logical ids. */
    public Map<String, JsonNode> resources(String type) {
        Map<String, JsonNode> found = new TreeMap<>();
        template.path("Resources").properties().forEach(e -> {
            if (e.getValue().path("Type").asText().equals(type)) {
                found.put(e.getKey(), e.getValue());
            }
        });
        return found;
    }

    /** The properties of the resources of a type. */
    public List<JsonNode> properties(String type) {
        return resources(type).values().stream().map(r -> r.path("Properties")).toList();
    }

    public JsonNode only(String type, Predicate<JsonNode> which) {
        List<JsonNode> found = properties(type).stream().filter(which).toList();
        if (found.size() != 1) {
            throw new AssertionError("%d of %s are like that".formatted(found.size(), type));
        }
        return found.getFirst();
    }
}
