package dev.greenlight.sandbox.codedeploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An application's repository that was begun with the template, and the build that makes revisions of it. */
final class TemplateRepository {

    static final Path TEMPLATE =
            Path.of("../application-template").toAbsolutePath().normalize();

    /** Programs that an instance or a build has and this machine may not. */
    static final Path STAND_INS = Path.of("src/test/resources/stand-ins").toAbsolutePath();

    /** A machine whose folders list their files in another order. */
    static final Path BACKWARDS = Path.of("src/test/resources/backwards").toAbsolutePath();

    private final Path home;

    private TemplateRepository(Path home) {
        this.home = home;
    }

    /** What a build hands to the pipeline: the variables that it exports, and the artifact. */
    record Built(Map<String, String> exported, Zip artifact) {
        String digest() {
            return exported.get("Digest");
        }
    }

    /** Copies the template, as a team would, and gives it a service that answers at once. */
    static TemplateRepository begun(Path home) throws IOException {
        for (Path file : files(TEMPLATE)) {
            Path to = home.resolve(TEMPLATE.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        }
        return new TemplateRepository(home).with("src/app", "the app").behaving("healthy");
    }

    TemplateRepository with(String file, String content) throws IOException {
        Path path = home.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
        return this;
    }

    /** What the service does once it is started, in the words of the stand-in for systemd. */
    TemplateRepository behaving(String behaviour) throws IOException {
        return with("app/behaviour", behaviour + "\n");
    }

    TemplateRepository setting(String key, String value) throws IOException {
        Path file = home.resolve("service.env");
        String before = Files.readString(file);
        String after = before.replaceAll("(?m)^" + key + "=.*$", key + "=" + value);
        if (after.equals(before)) {
            throw new IllegalArgumentException("service.env has no " + key + " to change");
        }
        Files.writeString(file, after);
        return this;
    }

    /** Runs the commands of the template's buildspec in one shell, as CodeBuild does, and packs what it calls the artifact. */
    Built build(String version) throws IOException, InterruptedException {
        return build(version, STAND_INS);
    }

    /** The same, with these programs before those of this machine. */
    Built build(String version, Path... programs) throws IOException, InterruptedException {
        Map<?, ?> spec = yaml(home.resolve("buildspec.yml"));
        String commands = String.join("\n", texts(at(spec, "phases", "build"), "commands"));
        Path variables = home.resolve("variables");
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", commands + "\nenv >" + variables)
                .directory(home.toFile())
                .redirectErrorStream(true);
        for (Path folder : programs) {
            shell.environment().merge("PATH", folder.toString(), (path, first) -> first + File.pathSeparator + path);
        }
        shell.environment().put("CODEBUILD_RESOLVED_SOURCE_VERSION", version);
        Process process = shell.start();
        try (InputStream output = process.getInputStream()) {
            String said = new String(output.readAllBytes(), UTF_8);
            if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException("the build failed: " + said);
            }
        }
        List<String> exported = texts(at(spec, "env"), "exported-variables");
        return new Built(
                exported.stream().collect(Collectors.toMap(n -> n, n -> variable(variables, n))),
                packed(home.resolve(String.valueOf(at(spec, "artifacts").get("base-directory")))));
    }

    private static String variable(Path variables, String name) {
        try (Stream<String> lines = Files.lines(variables)) {
            Optional<String> line = lines.filter(l -> l.startsWith(name + "=")).findFirst();
            return line.orElseThrow(() -> new IllegalStateException(name + " is not exported"))
                    .substring(name.length() + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Zip packed(Path folder) throws IOException {
        Zip zip = new Zip();
        for (Path file : files(folder)) {
            zip.with(folder.relativize(file).toString(), Files.readString(file));
        }
        return zip;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static Map<?, ?> yaml(Path file) throws IOException {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static Map<?, ?> at(Map<?, ?> map, String... keys) {
        Map<?, ?> at = map;
        for (String key : keys) {
            at = (Map<?, ?>) at.get(key);
        }
        return at;
    }

    private static List<String> texts(Map<?, ?> map, String key) {
        return ((List<?>) map.get(key)).stream().map(String::valueOf).toList();
    }
}
