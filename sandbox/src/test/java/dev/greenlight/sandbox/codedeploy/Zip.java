package dev.greenlight.sandbox.codedeploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A bundle for a test: entry by entry. */
final class Zip {

    private final Map<String, String> entries = new LinkedHashMap<>();

    static Zip version(String version) {
        return new Zip().with("version", version + "\n");
    }

    Zip with(String name, String content) {
        entries.put(name, content);
        return this;
    }

    /** An appspec that copies the whole bundle to /opt/app and hangs one script on each event given. */
    Zip appSpec(String... events) {
        StringBuilder spec =
                new StringBuilder("version: 0.0\nos: linux\nfiles:\n  - source: /\n    destination: /opt/app\n");
        if (events.length > 0) {
            spec.append("hooks:\n");
        }
        for (String event : events) {
            spec.append("  ")
                    .append(event)
                    .append(":\n    - location: scripts/")
                    .append(event);
            spec.append(".sh\n      timeout: 20\n");
        }
        return with("appspec.yml", spec.toString());
    }

    Zip script(String event, String body) {
        return with("scripts/" + event + ".sh", body);
    }

    Set<String> names() {
        return Set.copyOf(entries.keySet());
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(UTF_8));
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
