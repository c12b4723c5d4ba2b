package dev.greenlight.sandbox.lambda;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output while functions run: what a function's thread, or a thread that it started, prints goes into the log of its invocation
 * and nowhere else; what anybody else prints goes where it went before.
 */
final class Stdout {

    private static final InheritableThreadLocal<ByteArrayOutputStream> CAPTURED = new InheritableThreadLocal<>();

    private static final PrintStream BEFORE = System.out;

    static {
        System.setOut(new PrintStream(new Router(), true, StandardCharsets.UTF_8));
    }

    private Stdout() {}

    /** Sends what this thread prints to the log, and returns the log that it went to before; null for none. */
    static ByteArrayOutputStream capture(ByteArrayOutputStream log) {
        ByteArrayOutputStream before = CAPTURED.get();
        CAPTURED.set(log);
        return before;
    }

    /** Ends a capture: one function may have invoked another on its own thread. */
    static void restore(ByteArrayOutputStream before) {
        if (before == null) {
            CAPTURED.remove();
        } else {
            CAPTURED.set(before);
        }
    }

    private static final class Router extends OutputStream {

        private static OutputStream target() {
            ByteArrayOutputStream log = CAPTURED.get();
            return log == null ? BEFORE : log;
        }

        @Override
        public void write(int b) throws java.io.IOException {
            target().write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws java.io.IOException {
            target().write(bytes, offset, length);
        }

        @Override
        public void flush() throws java.io.IOException {
            target().flush();
        }
    }
}
