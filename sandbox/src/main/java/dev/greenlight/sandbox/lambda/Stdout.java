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

    static void capture(ByteArrayOutputStream log) {
        CAPTURED.set(log);
    }

    static void release() {
        CAPTURED.remove();
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
