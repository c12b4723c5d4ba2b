package dev.greenlight.sandbox.codedeploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The disks of the instances: one folder each, below a common one, which is the instance's {@code /}.
 *
 * <p>An absolute path that a revision names, such as {@code destination: /opt/checkout}, lies at {@code opt/checkout} in it. Scripts find
 * the folder in the variable {@code INSTANCE_ROOT}, because they are not locked into it.
 */
public final class InstanceDisks {

    private final Path base;

    public InstanceDisks(Path base) {
        this.base = base.toAbsolutePath().normalize();
    }

    /** The root folder of the instance, which exists when this returns. */
    public Path root(String instanceId) {
        try {
            return Files.createDirectories(base.resolve(instanceId));
        } catch (IOException e) {
            throw new UncheckedIOException("no disk for " + instanceId, e);
        }
    }

    /** Where an absolute path of the instance lies on this machine. */
    public Path on(String instanceId, String absolutePath) {
        Path root = root(instanceId);
        Path path = root.resolve(absolutePath.substring(absolutePath.startsWith("/") ? 1 : 0))
                .normalize();
        if (!path.startsWith(root)) {
            throw new IllegalArgumentException(absolutePath + " leaves the instance");
        }
        return path;
    }
}
