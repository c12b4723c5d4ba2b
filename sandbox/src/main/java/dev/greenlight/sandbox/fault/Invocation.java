package dev.greenlight.sandbox.fault;

/** One run of a function as the faults see it: its label, and whether its process has died. */
final class Invocation {

    private final String label;
    private final Invocation outer;
    private volatile boolean crashed;

    Invocation(String label, Invocation outer) {
        this.label = label;
        this.outer = outer;
    }

    String label() {
        return label;
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
