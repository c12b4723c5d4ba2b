package dev.greenlight.adapter.lambda;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.domain.hook.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The events that the project shows, at its root. */
final class EventFiles {

    /** In every job among them; whoever finds one of these outside of {@code events/} has found a leak. */
    static final Set<String> CREDENTIALS = Set.of(
            "ASIAEXAMPLEFAKE00001",
            "example/fake/secret/never/to/be/logged01",
            "example-fake-session-token-never-to-be-logged",
            "example-fake-signature-never-to-be-logged");

    private static final Path ROOT = root();

    private EventFiles() {}

    private static Path root() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("events/malformed"))) {
                return at.resolve("events");
            }
        }
        throw new IllegalStateException(
                "there is no directory events/malformed above " + Path.of("").toAbsolutePath());
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all events, those of the malformed ones with their directory. */
    static Set<String> names() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ROOT.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.endsWith(".json"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether Lambda retries the call when it fails, because nobody waits for its answer. */
    static boolean nobodyWaits(String name) {
        return Stream.of("eventbridge", "scheduler").anyMatch(name::startsWith);
    }

    /** Whether a pipeline's job waits for the call's answer. */
    static boolean carriesJob(String name) {
        return switch (Events.read(bytes(name), SandboxFleets.START)) {
            case Parsed.Faulty faulty -> faulty.jobId().isPresent();
            case Parsed.Understood understood ->
                understood.trigger() instanceof Trigger.PipelineJob
                        || understood.trigger() instanceof Trigger.LostInvocation;
        };
    }
}
