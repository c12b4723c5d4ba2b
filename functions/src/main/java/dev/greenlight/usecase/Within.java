package dev.greenlight.usecase;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Bounds the wall time of work that may hang: whoever waits goes on without it. */
public final class Within {

    private Within() {}

    /**
     * Does the work on a thread of its own and waits for it.
     *
     * @param late what the answer is when the limit is over, or this thread is interrupted, first; the work is interrupted then
     * @throws RuntimeException and errors that the work throws, as they are
     */
    public static <T> T limit(Duration limit, Supplier<T> work, Supplier<T> late) {
        ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
        Future<T> answer = aside.submit(work::get);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return late.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return late.get();
        } catch (ExecutionException e) {
            throw thrown(e);
        } finally {
            aside.shutdown();
        }
    }

    /** What the work threw; a supplier throws nothing that is checked. */
    static RuntimeException thrown(ExecutionException e) {
        if (e.getCause() instanceof Error dying) {
            throw dying;
        }
        return e.getCause() instanceof RuntimeException broken ? broken : new IllegalStateException(e.getCause());
    }
}
