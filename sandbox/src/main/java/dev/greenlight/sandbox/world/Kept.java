package dev.greenlight.sandbox.world;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Copies of a live map for who asks often: the same copy as long as nothing has changed, its keys in their own order. */
final class Kept<K extends Comparable<K>, V> {

    private final Map<K, V> live;
    private Map<K, V> copy = Map.of();

    Kept(Map<K, V> live) {
        this.live = live;
    }

    /** What the map holds now; never changes. */
    Map<K, V> now() {
        if (!copy.equals(live)) {
            copy = Collections.unmodifiableMap(new TreeMap<>(live));
        }
        return copy;
    }
}
