package dev.greenlight.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigFault;
import dev.greenlight.service.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;
import software.amazon.awscdk.services.lambda.Code;

/** The CDK app: synthesizes one installation for each file that it is given. */
public final class GreenlightApp {

    private static final ObjectMapper JSON = new ObjectMapper();

    private GreenlightApp() {}

    /**
     * Synthesizes.
     *
     * @param args the project's directory, the functions' zip, and one or more files; each of several files gets an output
     *     directory below {@code infra-cdk/target/examples}, a single one goes where the CDK CLI wants it
     */
    public static void main(String[] args) throws IOException {
        if (args.length < 3) {
            throw new IllegalArgumentException("usage: GreenlightApp <project> <functions.zip> <greenlight.yaml>...");
        }
        Path project = Path.of(args[0]);
        Path zip = project.resolve(args[1]);
        try {
            if (!Files.isRegularFile(zip)) {
                throw new IllegalStateException("there is no %s: build the functions first".formatted(zip));
            }
            for (int i = 2; i < args.length; i++) {
                Path file = project.resolve(args[i]);
                AppProps.Builder props = AppProps.builder().context(flags(project.resolve("cdk.json")));
                if (args.length > 3) {
                    props.outdir(examples(project, file).toString());
                }
                synthesize(new App(props.build()), file, zip);
            }
        } catch (ConfigFault | IllegalStateException fault) {
            System.err.println(fault.getMessage());
            System.exit(1);
        }
    }

    private static Path examples(Path project, Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        return project.resolve("infra-cdk/target/examples").resolve(name);
    }

    private static void synthesize(App app, Path file, Path zip) throws IOException {
        Config config = ConfigReader.read(file);
        new GreenlightStack(app, config, Code.fromAsset(zip.toString()));
        app.synth();
        Remarks.on(config).forEach(System.err::println);
    }

    /** The feature flags that {@code cdk.json} sets: without the CDK CLI nobody else reads them. */
    static Map<String, Object> flags(Path cdkJson) {
        try {
            JsonNode context = JSON.readTree(Files.readString(cdkJson)).path("context");
            Map<String, Object> flags = new TreeMap<>();
            context.properties().forEach(e -> flags.put(e.getKey(), JSON.convertValue(e.getValue(), Object.class)));
            return flags;
        } catch (IOException e) {
            throw new UncheckedIOException("cdk.json is needed for the feature flags that it sets", e);
        }
    }
}
