package dev.greenlight.sandbox.app;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what instances answered, by version and path, also after the instances are gone. */
public final class Served {

    private record Key(String version, String path) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    void count(String version, String path) {
        counts.computeIfAbsent(new Key(version, path), key -> new LongAdder()).increment();
    }

    /** How many requests to this path this version has answered. */
    public long of(String version, String path) {
        LongAdder count = counts.get(new Key(version, path));
        return count == null ? 0 : count.sum();
    }

    /** Version to path to count, as it stands now. */
    public Map<String, Map<String, Long>> byVersionAndPath() {
        Map<String, Map<String, Long>> all = new TreeMap<>();
        counts.forEach((key, count) ->
                all.computeIfAbsent(key.version(), version -> new TreeMap<>()).put(key.path(), count.sum()));
        return all;
    }
}
