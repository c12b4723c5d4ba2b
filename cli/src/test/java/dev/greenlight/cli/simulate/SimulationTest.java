package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.greenlight.cli.installed.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
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
        Findings findings = new Simulation(ANY).run(Plan.random(1, 8), (part, done, of, violations) -> told.add(done));

        assertThat(findings.rollouts()).isBetween(8L, 12L);
        assertThat(told).isSorted().endsWith(findings.rollouts()).hasSize((int) findings.lives());
        assertThat(findings.awsCalls()).isGreaterThan(1000);
        assertThat(findings.rulesChecked()).isGreaterThan(1000);
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.worst().of(Worst.Kind.CALLS_OF_A_ROLLOUT)).isPresent();
    }

    @Test
    void what_a_run_plays_does_not_depend_on_its_threads() {
        Findings alone = new Simulation(ANY).run(random(40, 12, 1), Progress.NONE);
        Findings together = new Simulation(ANY).run(random(40, 12, 5), Progress.NONE);

        assertThat(together).usingRecursiveComparison().ignoringFields("took").isEqualTo(alone);
    }

    private static Plan random(long seed, long rollouts, int threads) {
        return new Plan(seed, rollouts, Plan.Systematic.NONE, Optional.empty(), threads);
    }

    @Test
    void a_single_rollout_is_the_life_of_its_seed_and_no_other() {
        Findings findings = new Simulation(ANY).run(random(3, 1, 4), Progress.NONE);

        assertThat(findings.lives()).isOne();
        assertThat(findings.rollouts()).isPositive();
    }

    /** Long.MAX_VALUE is a seed like any other; once, a run from it on was over before it began. */
    @Test
    void after_the_largest_seed_comes_the_smallest() {
        Findings findings = new Simulation(ANY).run(random(Long.MAX_VALUE, 4, 2), Progress.NONE);

        assertThat(findings.lives()).isGreaterThan(1);
        assertThat(findings.rollouts()).isGreaterThanOrEqualTo(4);
        assertThat(findings.complete()).isTrue();
    }

    @Test
    void a_run_that_is_stopped_says_so() {
        Simulation simulation = new Simulation(ANY);
        Findings findings = simulation.run(Plan.random(1, 1_000), (part, done, of, violations) -> simulation.stop());

        assertThat(findings.complete()).isFalse();
        assertThat(findings.lives()).isBetween(1L, 16L);
    }

    @Test
    void a_simulator_that_breaks_off_names_the_life_and_keeps_what_it_found_before() {
        AtomicInteger lives = new AtomicInteger();
        Simulation broken = new Simulation(ANY, sandbox -> {
            if (lives.incrementAndGet() == 3) {
                throw new StackOverflowError("of the simulator itself");
            }
            return Code.DEPLOYED;
        });

        Findings findings = broken.run(random(1, 100, 1), Progress.NONE);

        assertThat(findings.complete()).isFalse();
        assertThat(findings.lives()).isEqualTo(2);
        assertThat(findings.violations()).isEmpty();
        assertThat(findings.breakdown()).hasValueSatisfying(breakdown -> {
            assertThat(breakdown.life()).isEqualTo("seed 3");
            assertThat(breakdown.replay()).isEqualTo("--seed 3 --rollouts 1");
            assertThat(breakdown.cause()).isInstanceOf(StackOverflowError.class);
        });
    }

    @Test
    void a_plan_that_plays_nothing_is_none() {
        assertThatIllegalArgumentException().isThrownBy(() -> Plan.random(1, 0));
    }
}
