package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.ScriptRunner.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.codedeploy.model.FileExistsBehavior;

/**
 * Copies a bundle's {@code files} to where they go.
 *
 * <p>Follows the page "AppSpec 'files' section" and "Rollback behavior with existing content": what the last deployment put there is taken
 * away first; a file that is there all the same is a failure, is overwritten or is kept, as the deployment says.
 */
final class Installer {

    private final InstanceDisks disks;
    private final Map<String, List<Path>> placed = new ConcurrentHashMap<>();

    Installer(InstanceDisks disks) {
        this.disks = disks;
    }

    Result install(String instanceId, Agents.Installed bundle, FileExistsBehavior whenThere) throws IOException {
        for (Path old : placed.getOrDefault(instanceId, List.of())) {
            Files.deleteIfExists(old);
        }
        List<Path> now = new ArrayList<>();
        placed.put(instanceId, now);
        for (AppSpec.Copy copy : bundle.bundle().appSpec().files()) {
            Path source = bundle.archive().resolve(relative(copy.source())).normalize();
            Path destination = disks.on(instanceId, copy.destination());
            if (!Files.exists(source)) {
                return Result.broken("No such file or directory - " + copy.source());
            }
            for (Path file : files(source)) {
                Path base = Files.isDirectory(source) ? source : source.getParent();
                Path to = destination.resolve(base.relativize(file).toString());
                if (Files.exists(to) && whenThere == FileExistsBehavior.DISALLOW) {
                    return Result.broken(
                            "The deployment failed because a specified file already exists at this location: "
                                    + copy.destination());
                }
                if (!Files.exists(to) || whenThere == FileExistsBehavior.OVERWRITE) {
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
                    now.add(to);
                }
            }
        }
        return Result.succeeded();
    }

    private static String relative(String source) {
        return source.startsWith("/") ? source.substring(1) : source;
    }

    private static List<Path> files(Path source) throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
