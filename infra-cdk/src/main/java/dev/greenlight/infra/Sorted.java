package dev.greenlight.infra;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Maps for templates. {@code Map.of} has another order in each process, and a template must be the same each time: whatever
 * has more than one entry goes through here.
 */
public final class Sorted {

    private Sorted() {}

    /** The same entries, by their keys' order. */
    public static <V> Map<String, V> map(Map<String, ? extends V> entries) {
        return Collections.unmodifiableMap(new TreeMap<>(entries));
    }
}
