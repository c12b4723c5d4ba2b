package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTest {

    private static final Map<String, String> LINEAR =
            Map.of("GREENLIGHT_STRATEGY", "linear", "GREENLIGHT_STEP_WEIGHT", "20", "GREENLIGHT_STEP_INTERVAL", "PT2M");

    /** Shrinking broke down: a strategy without its steps is none that the functions take. */
    @Test
    void a_strategy_goes_with_its_steps() {
        assertThat(Setting.plain(LINEAR).simpler())
                .extracting(Setting::overrides)
                .contains(Map.of())
                .allMatch(left -> left.isEmpty() || left.equals(LINEAR));
    }
}
