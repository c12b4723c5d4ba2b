package dev.greenlight.service;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the project's own files are. */
final class Project {

    private static final Path ROOT = root();

    private Project() {}

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("service")) ? here : here.getParent();
    }

    static Path testResource(String name) {
        return ROOT.resolve("service/src/test/resources").resolve(name);
    }

    static Path schema() {
        return ROOT.resolve("service/greenlight.schema.json");
    }

    static Path example(String name) {
        return ROOT.resolve("infra-cdk/examples").resolve(name + ".yaml");
    }
}
