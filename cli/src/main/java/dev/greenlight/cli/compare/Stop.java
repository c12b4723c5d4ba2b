package dev.greenlight.cli.compare;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends a comparison early: whoever sleeps wakes up, and whoever goes on finds out. */
final class Stop {

    private final CountDownLatch stopped = new CountDownLatch(1);

    void now() {
        stopped.countDown();
    }

    /** @throws Comparison.Stopped if it was */
    void check() {
        if (stopped.getCount() == 0) {
            throw new Comparison.Stopped();
        }
    }

    /**
     * Wall time passes: releases are really served, and nothing but time brings them to their end.
     *
     * @throws Comparison.Stopped as soon as it is
     */
    void sleep(Duration time) throws InterruptedException {
        if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new Comparison.Stopped();
        }
    }
}
