package dev.greenlight.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptTest {

    private final Map<String, String> live = new LinkedHashMap<>(Map.of("b", "2"));
    private final Kept<String, String> kept = new Kept<>(live);

    @Test
    void the_copy_is_the_same_one_as_long_as_nothing_changes() {
        assertThat(kept.now()).isEqualTo(Map.of("b", "2")).isSameAs(kept.now());
    }

    @Test
    void what_was_copied_before_a_change_stays_as_it_was() {
        Map<String, String> before = kept.now();
        live.put("b", "3");
        live.put("a", "1");

        assertThat(before).isEqualTo(Map.of("b", "2"));
        assertThat(kept.now()).isEqualTo(Map.of("a", "1", "b", "3"));
        live.clear();
        assertThat(kept.now()).isEmpty();
    }

    @Test
    void the_keys_come_in_the_same_order_in_each_process() {
        Map<String, String> many = new HashMap<>();
        for (String key : "the quick brown fox jumps over a lazy dog".split(" ")) {
            many.put(key, key);
        }

        assertThat(new Kept<>(many).now().keySet())
                .containsExactly("a", "brown", "dog", "fox", "jumps", "lazy", "over", "quick", "the");
    }
}
