package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.Revisions.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A revision as the agent sees it: the zip's entries and the appspec among them. */
final class Bundle {

    /** What was read before, by ETag: each instance reads the same zip, in thousands of stories. */
    private static final Map<String, Contents> READ = new ConcurrentHashMap<>();

    private final Stored source;
    private final Contents contents;

    private Bundle(Stored source, Contents contents) {
        this.source = source;
        this.contents = contents;
    }

    private record Contents(Map<String, byte[]> entries, AppSpec appSpec) {}

    /**
     * Reads the whole zip.
     *
     * @throws IOException when it is no zip, or has no appspec.yml, or an entry that would leave the folder it is unpacked to
     * @throws AppSpec.Invalid when its appspec.yml cannot be followed
     */
    static Bundle read(Stored source) throws IOException, AppSpec.Invalid {
        Contents contents = READ.get(source.eTag());
        if (contents == null) {
            contents = contents(source);
            READ.put(source.eTag(), contents);
        }
        return new Bundle(source, contents);
    }

    private static Contents contents(Stored source) throws IOException, AppSpec.Invalid {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(source.bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(safe(entry.getName()), zip.readAllBytes());
                }
            }
        }
        byte[] spec = entries.get("appspec.yml");
        if (spec == null) {
            throw new IOException("The CodeDeploy agent did not find an AppSpec file within the unpacked revision "
                    + "directory at revision-relative path \"appspec.yml\".");
        }
        return new Contents(entries, AppSpecReader.read(new String(spec, StandardCharsets.UTF_8)));
    }

    Stored source() {
        return source;
    }

    AppSpec appSpec() {
        return contents.appSpec();
    }

    boolean contains(String path) {
        return contents.entries().containsKey(path);
    }

    /** What an instance that runs this revision calls its version: the first line of the bundle's file {@code version}, else the ETag. */
    String label() {
        byte[] version = contents.entries().get("version");
        return version == null
                ? source.eTag()
                : new String(version, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("")
                        .strip();
    }

    /** Writes every entry below the folder. */
    void unpack(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> entry : contents.entries().entrySet()) {
            Path file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
    }

    private static String safe(String name) throws IOException {
        Path path = Path.of(name).normalize();
        if (path.isAbsolute() || path.startsWith("..")) {
            throw new IOException("the zip's entry " + name + " leaves the bundle");
        }
        return path.toString().replace('\\', '/');
    }
}
