package dev.greenlight.sandbox.load;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Sends requests at a fixed rate, whether or not answers come, and records each one; it never sends one again.
 *
 * <p>Open loop: request n is due at start + n / rate, and its latency counts from then, so a stall shows in every
 * request that it delayed (no coordinated omission). Bounded in count, time and concurrency, and to 127.0.0.1.
 */
public final class LoadGenerator implements AutoCloseable {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LoadPlan plan;
    private final WallTime wall;
    private final InstantSource sandbox;
    private final Consumer<Sample> listener;
    private final Semaphore places;
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread pacer;
    private final List<Sample> samples = new ArrayList<>();
    private volatile boolean stopping;

    private LoadGenerator(LoadPlan plan, WallTime wall, InstantSource sandbox, Consumer<Sample> listener) {
        this.plan = plan;
        this.wall = wall;
        this.sandbox = sandbox;
        this.listener = listener;
        this.places = new Semaphore(plan.concurrencyAtMost());
        this.pacer = Thread.ofPlatform().daemon().name("load").unstarted(this::pace);
    }

    /**
     * Starts the load at once.
     *
     * @param wall the wall clock of the samples; marks of a receipt are to be read from the same one
     * @param sandbox the sandbox clock, noted with each answer
     * @param listener told of each sample as it is complete, on the thread of that request
     */
    public static LoadGenerator start(LoadPlan plan, WallTime wall, InstantSource sandbox, Consumer<Sample> listener) {
        LoadGenerator generator = new LoadGenerator(plan, wall, sandbox, listener);
        generator.pacer.start();
        return generator;
    }

    /** What is complete so far, in the order of completion. */
    public List<Sample> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    /** Waits until the plan's last request is answered; returns at once if the load was stopped. */
    public List<Sample> await() throws InterruptedException {
        pacer.join();
        requests.shutdown();
        Duration longest = plan.timeout().multipliedBy(2).plus(plan.lastsAtMost());
        if (!requests.awaitTermination(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("requests are still under way after " + longest);
        }
        return samples();
    }

    /** Sends no more, and waits for what is under way. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(pacer);
        try {
            await();
        } catch (InterruptedException e) {
            requests.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void pace() {
        long start = System.nanoTime();
        for (long number = 0; number < plan.requestsAtMost(); number++) {
            long offset = number * NANOS / plan.requestsPerSecond();
            if (offset >= plan.lastsAtMost().toNanos()) {
                return;
            }
            long due = start + offset;
            for (long left = due - System.nanoTime(); left > 0 && !stopping; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            if (stopping) {
                return;
            }
            String path = plan.paths().get((int) (number % plan.paths().size()));
            requests.execute(() -> send(due, path));
        }
    }

    private void send(long due, String path) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        OneShot.Reply reply;
        try {
            reply = OneShot.get(plan.port(), path, plan.headers(), plan.timeout());
        } finally {
            places.release();
        }
        Duration latency = Duration.ofNanos(System.nanoTime() - due);
        Instant intendedAt = wall.at(due);
        Sample sample =
                new Sample(intendedAt, sandbox.instant(), reply.outcome(), reply.header("x-app-version"), latency);
        synchronized (samples) {
            samples.add(sample);
        }
        listener.accept(sample);
    }
}
