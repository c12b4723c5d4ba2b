package dev.greenlight.usecase;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Bounds the wall time of work that may hang: whoever waits goes on without it. */
public interface Within {

    /**
     * Does the work and waits for it, for so long at most.
     *
     * @param late what the answer is when the limit is over, or this thread is interrupted, first; the work is interrupted then
     * @throws RuntimeException and errors that the work throws, as they are
     */
    <T> T limit(Duration limit, Supplier<T> work, Supplier<T> late);

    /**
     * Does all of it, side by side where that is faster, and answers in the order that was given.
     *
     * @param interrupted the answer of what this thread was interrupted in waiting for
     * @throws RuntimeException and errors that the first of the works throws that fails, when all are done
     */
    <T> List<T> together(List<Supplier<T>> works, Supplier<T> interrupted);

    /** Each work on a thread of its own: the only way to leave one behind that hangs. */
    static Within ownThreads() {
        return new OwnThreads();
    }

    /**
     * One thing after the other on the thread that asks, without a limit: for a world in which no wall time passes and nothing hangs.
     * The order of what is done is the same in every run there.
     */
    static Within callersThread() {
        return new CallersThread();
    }
}
