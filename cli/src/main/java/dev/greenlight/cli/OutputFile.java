package dev.greenlight.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file that a command is to write when it is done: whether it can is asked before it has run for minutes, not after. */
final class OutputFile {

    private OutputFile() {}

    /** What is wrong with it, as the option's fault; empty where it can be written. */
    static Optional<String> fault(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean writable = Files.exists(file)
                ? Files.isRegularFile(file) && Files.isWritable(file)
                : folder != null && Files.isDirectory(folder) && Files.isWritable(folder);
        return writable ? Optional.empty() : Optional.of("%s: cannot write to %s".formatted(option, file));
    }
}
