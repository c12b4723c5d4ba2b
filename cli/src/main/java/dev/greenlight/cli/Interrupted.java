package dev.greenlight.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** While it is open, Ctrl-C ends what runs early instead of at once, and lets it say what it has. */
final class Interrupted implements AutoCloseable {

    /** What a life takes, many times over. */
    private static final long PATIENCE_SECONDS = 30;

    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interrupted");
    private volatile Runnable stop = () -> {};

    Interrupted() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** @param how lets what runs end soon; it is called from another thread */
    void stops(Runnable how) {
        this.stop = how;
    }

    /** The JVM halts when its hooks are done: it has to wait for the last words. */
    private void interrupt() {
        stop.run();
        try {
            if (!said.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        said.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, by that very hook.
        }
    }
}
