package dev.greenlight.adapter.codedeploy;

import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.sandbox.codedeploy.Revisions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Revisions whose appspec has a script for each event of an installation. */
public final class Bundles {

    private static final List<String> EVENTS =
            List.of("ApplicationStop", "BeforeInstall", "AfterInstall", "ApplicationStart", "ValidateService");

    private Bundles() {}

    public static RevisionLocation put(Revisions revisions, String version) {
        revisions.put("artifacts", version + ".zip", zip(version));
        return new RevisionLocation("artifacts", version + ".zip");
    }

    private static byte[] zip(String version) {
        StringBuilder appSpec = new StringBuilder("version: 0.0\nos: linux\nhooks:\n");
        EVENTS.forEach(event -> appSpec.append("  %s:%n    - location: %s.sh%n".formatted(event, event)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "version", version);
            add(zip, "appspec.yml", appSpec.toString());
            for (String event : EVENTS) {
                add(zip, event + ".sh", "#!/bin/sh\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
