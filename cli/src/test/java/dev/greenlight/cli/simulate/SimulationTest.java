package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Service ANY = Service.ofAllKinds();

    @Test
    void equal_seeds_are_equal_lives_and_are_played_equally() {
        Life life = Draw.life(ANY, 17);
        assertThat(Draw.life(ANY, 17)).isEqualTo(life);

        Simulation simulation = new Simulation(ANY);
        Played once = simulation.play(life);
        assertThat(simulation.play(life)).isEqualTo(once);
    }

    @Test
    void other_seeds_are_other_lives() {
        assertThat(Draw.life(ANY, 1).lines()).isNotEqualTo(Draw.life(ANY, 2).lines());
    }

    @Test
    void a_run_tells_how_far_it_is_and_what_it_did() {
        List<Long> told = new ArrayList<>();
        Findings findings = new Simulation(ANY).run(Plan.random(1, 8), (lives, of, violations) -> told.add(lives));

        assertThat(told).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(findings.lives()).isEqualTo(8);
        assertThat(findings.awsCalls()).isGreaterThan(1000);
        assertThat(findings.rulesChecked()).isGreaterThan(1000);
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.worst().of(Worst.Kind.CALLS_OF_A_ROLLOUT)).isPresent();
    }

    @Test
    void a_run_that_is_stopped_says_so() {
        Simulation simulation = new Simulation(ANY);
        Findings findings = simulation.run(Plan.random(1, 1_000), (lives, of, violations) -> simulation.stop());

        assertThat(findings.complete()).isFalse();
        assertThat(findings.lives()).isBetween(1L, 16L);
    }
}
