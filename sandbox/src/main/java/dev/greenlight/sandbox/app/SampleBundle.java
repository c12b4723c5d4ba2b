package dev.greenlight.sandbox.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The revision of the sample app "checkout": a zip with an appspec.yml, real shell scripts, a version and a behaviour.
 *
 * <p>The scripts run unchanged on a real instance (absolute paths) and in the sandbox (the same paths under
 * {@code $INSTANCE_ROOT}).
 */
public final class SampleBundle {

    /** The file at the root of the zip that holds the version, one line. */
    public static final String VERSION_FILE = "version";

    static final String BEHAVIOUR_FILE = "behaviour.properties";

    /** A fixed local time: {@code setTime} would let the zone of the machine into the bytes. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final List<String> RESOURCES =
            List.of("appspec.yml", "scripts/stop.sh", "scripts/install.sh", "scripts/start.sh", "scripts/validate.sh");

    /** Stories release the same few versions thousands of times. */
    private static final Map<Release, byte[]> ZIPS = new ConcurrentHashMap<>();

    private record Release(String version, String behaviour) {

        Release {
            if (!VERSION.matcher(version).matches()) {
                throw new IllegalArgumentException("a version is letters, digits, dot, dash, underscore: " + version);
            }
        }
    }

    private SampleBundle() {}

    /** The zip of one release; the same version and behaviour always give the same bytes. */
    public static byte[] zip(String version, Behaviour behaviour) {
        return ZIPS.computeIfAbsent(new Release(version, behaviour.properties()), SampleBundle::zip)
                .clone();
    }

    private static byte[] zip(Release release) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : RESOURCES) {
                add(zip, name, resource(name));
            }
            add(zip, VERSION_FILE, (release.version() + "\n").getBytes(UTF_8));
            add(zip, BEHAVIOUR_FILE, release.behaviour().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Leaves in an instance's directory what the bundle's scripts would leave, running: for an instance that was there before
     * the story began.
     */
    public static void preinstall(Path root, String version, Behaviour behaviour) {
        Path app = root.resolve(InstalledApp.HOME);
        try {
            for (String folder : List.of("release", "current")) {
                Path to = Files.createDirectories(app.resolve(folder));
                Files.writeString(to.resolve(VERSION_FILE), version + "\n");
                Files.writeString(to.resolve(BEHAVIOUR_FILE), behaviour.properties());
            }
            Files.createDirectories(app.resolve("run"));
            Files.writeString(app.resolve("run/started"), version + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(EPOCH);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = SampleBundle.class.getResourceAsStream("/sample-app/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the sample app's " + name + " is not on the class path");
            }
            return in.readAllBytes();
        }
    }
}
