package dev.greenlight.sandbox.world;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Splits whole requests by weights so that over time every share comes out exactly. */
final class Apportioning {

    private Apportioning() {}

    /**
     * Splits {@code requests}; what rounding takes from a key now is owed to it next time.
     *
     * @param owed the memory between calls, changed by this call
     */
    static Map<String, Long> byWeight(long requests, Map<String, Integer> weights, Map<String, Double> owed) {
        double total = weights.values().stream().mapToInt(Integer::intValue).sum();
        Map<String, Double> due = new LinkedHashMap<>();
        weights.forEach((key, weight) ->
                due.put(key, weight == 0 ? 0.0 : requests * weight / total + owed.getOrDefault(key, 0.0)));
        if (total == 0) {
            // The same guess as for a single request: all to the first.
            due.entrySet().iterator().next().setValue((double) requests);
        }
        Map<String, Long> split = new LinkedHashMap<>();
        due.forEach((key, value) -> split.put(key, Math.max(0, (long) Math.floor(value + 1e-9))));
        long missing =
                requests - split.values().stream().mapToLong(Long::longValue).sum();
        List<String> byRemainder = due.keySet().stream()
                .filter(key -> due.get(key) > 0)
                .sorted(Comparator.comparingDouble((String key) -> split.get(key) - due.get(key)))
                .toList();
        for (int i = 0; missing != 0; i++) {
            String key = byRemainder.get(missing > 0 ? i % byRemainder.size() : byRemainder.size() - 1 - i);
            split.merge(key, missing > 0 ? 1L : -1L, Long::sum);
            missing += missing > 0 ? -1 : 1;
        }
        owed.clear();
        due.forEach((key, value) -> owed.put(key, weights.get(key) == 0 ? 0.0 : value - split.get(key)));
        return split;
    }

    /** Draws one key by weight, with the same memory. */
    static String one(Map<String, Integer> weights, Map<String, Double> owed) {
        return byWeight(1, weights, owed).entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .findFirst()
                .orElseThrow()
                .getKey();
    }
}
