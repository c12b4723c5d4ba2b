package dev.greenlight.sandbox.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Every call that went through the clients of a sandbox, in the order in which they ended. Safe for use by several threads. */
public final class CallLog {

    private final List<Call> calls = new ArrayList<>();
    private final List<Consumer<Call>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Call>> announcements = new CopyOnWriteArrayList<>();

    /** Tells the listener of every call from now on, on the thread that made it. */
    public void listen(Consumer<Call> listener) {
        listeners.add(listener);
    }

    /** Tells the listener of every call from now on before the service sees it; it is not known yet how the call will end. */
    public void announce(Consumer<Call> listener) {
        announcements.add(listener);
    }

    /** All calls so far. */
    public synchronized List<Call> all() {
        return List.copyOf(calls);
    }

    /** The calls of an operation, such as {@code elasticloadbalancing:ModifyRule}. */
    public synchronized List<Call> of(String action) {
        return calls.stream().filter(call -> call.action().equals(action)).toList();
    }

    /** The calls of one invocation. */
    public synchronized List<Call> by(String invocation) {
        return calls.stream()
                .filter(call -> call.invocation().equals(invocation))
                .toList();
    }

    public synchronized int size() {
        return calls.size();
    }

    /** How often each action was called. */
    public synchronized Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        calls.forEach(call -> counts.merge(call.action(), 1, Integer::sum));
        return counts;
    }

    void begins(Call call) {
        announcements.forEach(listener -> listener.accept(call));
    }

    void add(Call call) {
        synchronized (this) {
            calls.add(call);
        }
        listeners.forEach(listener -> listener.accept(call));
    }
}
