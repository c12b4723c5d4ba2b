package dev.greenlight.sandbox.clock;

/** A task that the clock will run; cancelling it is final and may be repeated. */
public interface Timer {

    /** Makes sure that the task does not start any more; a task that runs already is left alone. */
    void cancel();
}
