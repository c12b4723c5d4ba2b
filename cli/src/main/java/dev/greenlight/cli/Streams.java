package dev.greenlight.cli;

import java.io.PrintStream;

/**
 * Where a command prints.
 *
 * @param results what was asked for: stdout
 * @param words all else, when the results are for a program: stderr
 */
record Streams(PrintStream results, PrintStream words) {

    void flush() {
        results.flush();
        words.flush();
    }
}
