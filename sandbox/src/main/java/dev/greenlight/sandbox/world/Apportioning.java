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
        double total = 0;
        for (int weight : weights.values()) {
            total += weight;
        }
        Map<String, Double> due = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> each : weights.entrySet()) {
            double owing = owed.getOrDefault(each.getKey(), 0.0);
            due.put(each.getKey(), each.getValue() == 0 ? 0.0 : requests * each.getValue() / total + owing);
        }
        if (total == 0) {
            // The same guess as for a single request: all to the first.
            due.entrySet().iterator().next().setValue((double) requests);
        }
        Map<String, Long> split = new LinkedHashMap<>();
        long missing = requests;
        for (Map.Entry<String, Double> each : due.entrySet()) {
            long whole = Math.max(0, (long) Math.floor(each.getValue() + 1e-9));
            split.put(each.getKey(), whole);
            missing -= whole;
        }
        if (missing != 0) {
            even(split, missing, due);
        }
        owed.clear();
        due.forEach((key, value) -> owed.put(key, weights.get(key) == 0 ? 0.0 : value - split.get(key)));
        return split;
    }

    /** Gives what is missing to those who come off worst, and takes what is too much from those who come off best. */
    private static void even(Map<String, Long> split, long all, Map<String, Double> due) {
        List<String> byRemainder = due.keySet().stream()
                .filter(key -> due.get(key) > 0)
                .sorted(Comparator.comparingDouble((String key) -> split.get(key) - due.get(key)))
                .toList();
        long missing = all;
        for (int i = 0; missing != 0; i++) {
            String key = byRemainder.get(missing > 0 ? i % byRemainder.size() : byRemainder.size() - 1 - i);
            split.merge(key, missing > 0 ? 1L : -1L, Long::sum);
            missing += missing > 0 ? -1 : 1;
        }
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
