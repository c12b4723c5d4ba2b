package dev.greenlight.sandbox.codedeploy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The last 2 KB of what a script said, both streams together, as CodeDeploy's diagnostics show it. */
final class OutputTail {

    static final int LIMIT = 2048;

    private final StringBuilder text;

    OutputTail(String heading) {
        text = new StringBuilder(heading);
    }

    /** Reads the stream to its end, each line behind the prefix. */
    void follow(String prefix, InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(prefix + line + "\n");
            }
        } catch (IOException e) {
            // The process was killed and its pipe with it: what was read is all there is.
            add(prefix + "(cut off)\n");
        }
    }

    private synchronized void add(String line) {
        text.append(line);
        if (text.length() > LIMIT) {
            text.delete(0, text.length() - LIMIT);
        }
    }

    synchronized String text() {
        return text.toString();
    }
}
