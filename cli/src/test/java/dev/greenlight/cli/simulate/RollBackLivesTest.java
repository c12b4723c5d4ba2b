package dev.greenlight.cli.simulate;

import static dev.greenlight.cli.simulate.CallNumbers.first;
import static dev.greenlight.cli.simulate.CallNumbers.last;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Death;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.RollBack;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lives that the simulator found and in which a release that was taken back broke a rule, as short as it made them. */
class RollBackLivesTest {

    /** A rollback that comes between makes about as many, which count like the others. */
    private static final int ROLLBACKS_CALLS = 16;

    private static final Service ANY = Service.ofAllKinds();
    private static final Simulation SIMULATION = new Simulation(ANY);

    /** Reads lagged, nothing told of a rollback that had died after its write, and the next release took the fleet that had all users. */
    @Test
    void a_rollback_that_dies_anywhere_while_reads_lag_is_known_to_the_release_that_comes_seconds_later() {
        Life life = new Life(
                "seed 3030048",
                new Setting(
                        1,
                        27,
                        Duration.ofSeconds(100),
                        Duration.ofSeconds(12),
                        Duration.ofSeconds(50),
                        true,
                        Duration.ofSeconds(175),
                        false,
                        Map.of("GREENLIGHT_BAKE", "PT4M6S", "GREENLIGHT_DRAIN", "PT2M15S")),
                List.of(
                        new Merge(Duration.ofSeconds(10), Quality.GOOD),
                        new Merge(Duration.ofSeconds(44), Quality.GOOD),
                        new RollBack(Duration.ofSeconds(799), true)),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(12))));
        List<Call> calls = SIMULATION.calls(life);
        int asked = first(calls, call -> call.invocation().contains("roll-back"));
        for (int n = asked; n < asked + ROLLBACKS_CALLS; n++) {
            holds(life.withMishaps(List.of(life.mishaps().getFirst(), new Mishap.Crash(n, Fault.Moment.AFTER))));
        }
    }

    /** A rollback came between Sweep's decision to retire and its record, and died: users were on a blue that counted as retired, for ever. */
    @Test
    void a_rollback_that_comes_between_a_retirement_and_its_record_is_one() {
        Life life = Tale.GOOD.undisturbed(ANY);
        List<Call> calls = SIMULATION.calls(life);
        int decided = last(calls, call -> call.invocation().contains("retire-blue"));
        int recorded = IntStream.rangeClosed(decided + 1, calls.size())
                .filter(n -> calls.get(n - 1).operation().equals("TransactWriteItems"))
                .findFirst()
                .orElseThrow();
        Mishap rollback = new Mishap.Between(recorded, Mishap.Comer.A_ROLLBACK);
        for (int n = recorded; n < recorded + ROLLBACKS_CALLS; n++) {
            holds(life.withMishaps(List.of(rollback, new Mishap.Crash(n, Fault.Moment.AFTER))));
        }
    }

    /** The next call saw blue's full weight, took it for somebody's hand, and let a bad revision come again. */
    @Test
    void a_verdict_survives_the_death_of_the_call_that_wrote_the_rule_back() {
        Life life = Tale.REGRESSED.undisturbed(ANY);
        holds(life.withMishaps(List.of(afterLastRuleWrite(life))));
    }

    /** The person's second call found the record closed by a sweep that saw only the weights, and left the revision free. */
    @Test
    void a_revision_is_quarantined_although_the_call_that_took_it_back_died_and_a_sweep_came_first() {
        Life life = new Life(
                "by hand",
                Tale.BY_HAND.undisturbed(ANY).setting(),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new RollBack(Duration.ofMinutes(14).plusSeconds(45), true)),
                List.of());
        holds(life.withMishaps(List.of(afterLastRuleWrite(life))));
    }

    /** It was told as promoted, although its job had failed: who took it back later found no word of that. */
    @Test
    void a_release_that_was_kept_although_it_failed_can_still_be_taken_back() {
        holds(new Life(
                "seed 5000180",
                new Setting(
                        2,
                        12,
                        Duration.ofSeconds(43),
                        Duration.ofSeconds(19),
                        Duration.ofSeconds(11),
                        true,
                        Duration.ofSeconds(105),
                        false,
                        Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC),
                        new Death(Duration.ofMinutes(7), FleetName.A),
                        new RollBack(Duration.ofMinutes(12), false)),
                List.of()));
    }

    /** The shift's write did not show yet when a person took it back; later it did, nobody undid it, and nothing was ever settled. */
    @Test
    void a_first_release_that_was_taken_back_and_has_all_users_stays() {
        holds(new Life(
                "seed 1005248",
                new Setting(
                        0,
                        12,
                        Duration.ofSeconds(73),
                        Duration.ofSeconds(14),
                        Duration.ofSeconds(32),
                        false,
                        Duration.ofSeconds(125),
                        false,
                        Map.of()),
                List.of(new Merge(Duration.ZERO, Quality.GOOD), new RollBack(Duration.ofSeconds(479), true)),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(12)))));
    }

    /** It was settled after the deadline's rollback, and the person's word, which only the rule had heard, was lost. */
    @Test
    void a_revision_that_a_person_blames_while_the_store_is_silent_is_quarantined() {
        holds(new Life(
                "seed 1008114",
                new Setting(
                        1,
                        28,
                        Duration.ofSeconds(80),
                        Duration.ofSeconds(19),
                        Duration.ofSeconds(50),
                        false,
                        Duration.ofSeconds(144),
                        false,
                        Map.of()),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(
                        new Mishap.Failure(324, 3, Mishap.Trouble.NO_CONNECTION),
                        new Mishap.Between(323, Mishap.Comer.A_ROLLBACK),
                        new Mishap.WrongLastRevision(FleetName.A))));
    }

    /** A person released it, and one who took back its rollout, which was over, had it quarantined again. */
    @Test
    void what_a_person_released_may_come_although_its_rollout_is_taken_back_once_more() {
        holds(new Life(
                "seed 3000114",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.SLOW_ANSWERS),
                        new Scene.ReleaseQuarantine(Duration.ofMinutes(17)),
                        new RollBack(Duration.ofMinutes(18), true)),
                List.of()));
    }

    /** The rollback's write did not show yet, only its mark did; blue's end was recorded, the mark was not read any more, and blue went to sleep. */
    @Test
    void a_blue_that_is_taken_back_while_its_end_is_recorded_stays_although_the_rule_lags() {
        Life life = new Life(
                "seed 22147",
                Setting.plain(Map.of("GREENLIGHT_BLUE_LIFETIME", "PT15M25S")).withInstances(7),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(10))));
        int recorded = first(
                SIMULATION.calls(life),
                call -> call.invocation().contains("retire-blue")
                        && call.operation().equals("TransactWriteItems"));
        holds(life.withMishaps(
                List.of(life.mishaps().getFirst(), new Mishap.Between(recorded, Mishap.Comer.A_ROLLBACK))));
    }

    private static Mishap afterLastRuleWrite(Life life) {
        List<Call> calls = SIMULATION.calls(life);
        return new Mishap.Crash(last(calls, call -> call.operation().equals("ModifyRule")), Fault.Moment.AFTER);
    }

    private static void holds(Life life) {
        assertThat(SIMULATION.play(life).broken()).isEmpty();
    }
}
