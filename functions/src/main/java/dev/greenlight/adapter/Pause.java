package dev.greenlight.adapter;

import java.time.Duration;

/** How a retry lets time pass. The deployed one sleeps; a test's own moves its clock. */
@FunctionalInterface
public interface Pause {

    void pause(Duration length);

    /** Sleeps; an interrupted sleep ends early and leaves the thread interrupted. */
    static Pause sleeping() {
        return length -> {
            try {
                Thread.sleep(length);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }
}
