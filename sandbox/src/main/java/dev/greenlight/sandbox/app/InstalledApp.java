package dev.greenlight.sandbox.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/** What the bundle's scripts left in an instance's directory: the running release, read again only when it was restarted. */
final class InstalledApp {

    /** Where the app lives below an instance's root. */
    static final String HOME = "opt/checkout";

    /** One started release. */
    record Running(String version, Behaviour behaviour, Instant startedAt) {}

    private record Stamp(Instant modified, Object file) {}

    private final Path started;
    private final Path current;
    private Stamp seen;
    private Running running;

    InstalledApp(Path root) {
        Path app = root.resolve(HOME);
        this.started = app.resolve("run/started");
        this.current = app.resolve("current");
    }

    /** The running release; empty if nothing was started, or if what was started cannot be read. */
    synchronized Optional<Running> running() {
        try {
            BasicFileAttributes marker = Files.readAttributes(started, BasicFileAttributes.class);
            Stamp stamp = new Stamp(marker.lastModifiedTime().toInstant(), String.valueOf(marker.fileKey()));
            if (!stamp.equals(seen)) {
                running = read(stamp.modified());
                seen = stamp;
            }
            return Optional.of(running);
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("cannot read what is installed in " + current, e);
        }
    }

    private Running read(Instant startedAt) throws IOException {
        String version =
                Files.readString(current.resolve(SampleBundle.VERSION_FILE)).strip();
        Behaviour behaviour = Behaviour.parse(Files.readString(current.resolve(SampleBundle.BEHAVIOUR_FILE)));
        return new Running(version, behaviour, startedAt);
    }
}
