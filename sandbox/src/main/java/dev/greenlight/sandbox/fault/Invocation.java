package dev.greenlight.sandbox.fault;

/** One run of a function as the faults see it: its label, and whether its process has died. */
final class Invocation {

    private final String label;
    private final String function;
    private final Invocation outer;
    private volatile boolean crashed;

    Invocation(String label, String function, Invocation outer) {
        this.label = label;
        this.function = function;
        this.outer = outer;
    }

    String label() {
        return label;
    }

    /** Whose run it is; empty for one that is no function's. */
    String function() {
        return function;
    }

    Invocation outer() {
        return outer;
    }

    boolean crashed() {
        return crashed;
    }

    void crashes() {
        crashed = true;
    }

    void recovers() {
        crashed = false;
    }
}
