package dev.greenlight.infra;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the project's own files are. */
public final class Project {

    private static final Path MODULE = module();

    private Project() {}

    private static Path module() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("infra-cdk")) ? here.resolve("infra-cdk") : here;
    }

    /** The directory of a module. */
    public static Path module(String name) {
        return MODULE.resolveSibling(name);
    }

    public static Path testResource(String name) {
        return MODULE.resolve("src/test/resources").resolve(name);
    }

    public static Path example(String name) {
        return MODULE.resolve("examples").resolve(name + ".yaml");
    }

    /** The template of an example as the sandbox has it. */
    public static Path sandboxTemplate(String example) {
        return MODULE.resolveSibling("sandbox")
                .resolve("src/main/resources/dev/greenlight/sandbox/cloudformation")
                .resolve(example + ".template.json");
    }

    public static List<String> examples() {
        return List.of(
                "smallest",
                "festival",
                "everything",
                "canary",
                "linear",
                "a-b-share",
                "a-b",
                "in-place",
                "recreate",
                "rolling",
                "shadow");
    }

    public static Path cdkJson() {
        return MODULE.resolveSibling("cdk.json");
    }
}
