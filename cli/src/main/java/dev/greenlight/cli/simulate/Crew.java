package dev.greenlight.cli.simulate;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** A fixed number of threads that play; work may bring more work. Closing waits until all of it is done, or tells what broke off. */
final class Crew implements AutoCloseable {

    private final ExecutorService threads;
    private final BooleanSupplier stopped;
    private final Phaser working = new Phaser(1);
    private final AtomicReference<Throwable> broken = new AtomicReference<>();

    /** @param stopped whether what has not begun is left out */
    Crew(int size, BooleanSupplier stopped) {
        this.threads = Executors.newFixedThreadPool(size);
        this.stopped = stopped;
    }

    void does(Runnable work) {
        working.register();
        threads.execute(() -> {
            try {
                if (!stopped.getAsBoolean() && broken.get() == null) {
                    work.run();
                }
            } catch (Throwable failure) {
                broken.compareAndSet(null, failure);
            } finally {
                working.arriveAndDeregister();
            }
        });
    }

    @Override
    public void close() {
        working.arriveAndAwaitAdvance();
        threads.shutdown();
        if (broken.get() != null) {
            throw new IllegalStateException("the simulator broke off", broken.get());
        }
    }
}
