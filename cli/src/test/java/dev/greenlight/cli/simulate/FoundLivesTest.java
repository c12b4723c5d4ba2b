package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Resize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lives that the simulator found and that broke a rule, as short as it made them. */
class FoundLivesTest {

    private static final Simulation SIMULATION = new Simulation(Service.ofAllKinds());

    /** As the warm fleet's minimum fell to one, its policy, which had seen it idle, ended instances that were being installed on. */
    @Test
    void a_warm_fleet_that_is_taken_as_green_is_not_shrunk_by_its_policy_in_mid_install() {
        Setting setting = new Setting(
                3,
                11,
                Duration.ofSeconds(103),
                Duration.ofSeconds(13),
                Duration.ofSeconds(60),
                true,
                Duration.ofSeconds(171),
                true,
                Map.of("GREENLIGHT_DRAIN", "PT31S"));
        holds(new Life(
                "seed 266",
                setting,
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Resize(Duration.ofMinutes(5), 2),
                        new Merge(Duration.ofMinutes(19), Quality.GOOD)),
                List.of()));
    }

    private static void holds(Life life) {
        assertThat(SIMULATION.play(life).broken()).isEmpty();
    }
}
