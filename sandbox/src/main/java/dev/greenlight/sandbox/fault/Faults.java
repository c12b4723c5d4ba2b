package dev.greenlight.sandbox.fault;

/** What stands between a function and the simulated services: records every call, and makes some of them go wrong. */
public final class Faults {

    /** Wraps a client, so that each of its calls is recorded and may fail. */
    public <T> T wrap(Class<T> type, T client) {
        return type.cast(client);
    }

    /** Names the invocation that the current thread, and the threads it starts, run from now on. */
    public void invocationStarted(String label) {}

    /** Ends the current thread's invocation: after a crash, calls work again. */
    public void invocationEnded() {}
}
