package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Death;
import dev.greenlight.cli.simulate.Scene.Hand;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Resize;
import dev.greenlight.cli.simulate.Scene.RollBack;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lives that the simulator found and in which Greenlight broke a rule, as short as it made them. */
class FoundLivesTest {

    /** A rollback that comes between makes about as many, which count like the others. */
    private static final int ROLLBACKS_CALLS = 16;

    private static final Service ANY = Service.ofAllKinds();
    private static final Simulation SIMULATION = new Simulation(ANY);

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

    /** The drain was counted from the rollback, long over, and not from the moment at which Sweep took the users away again. */
    @Test
    void a_fleet_whose_users_a_sweep_takes_away_again_drains_before_it_shrinks() {
        holds(new Life(
                "seed 24",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofSeconds(1025), 100, false, Duration.ofSeconds(303))),
                List.of()));
    }

    /** PrepareGreen pinned blue after the rollback, and after Sweep had settled it: the next rollout took that for how blue was found. */
    @Test
    void what_is_pinned_after_all_was_released_is_not_what_the_next_rollout_finds() {
        holds(new Life(
                "seed 20003122",
                Setting.plain(Map.of()).withInstances(1),
                List.of(new Merge(Duration.ZERO, Quality.GOOD), new Merge(Duration.ofMinutes(22), Quality.GOOD)),
                List.of(new Mishap.Between(19, Mishap.Comer.A_ROLLBACK), new Mishap.Between(39, Mishap.Comer.SWEEP))));
    }

    /** The same, and no rollout came after it. */
    @Test
    void processes_that_are_suspended_after_all_was_released_are_resumed() {
        holds(new Life(
                "seed 20024098",
                Setting.plain(Map.of()).withInstances(1),
                List.of(new Merge(Duration.ZERO, Quality.NEVER_HEALTHY)),
                List.of(new Mishap.Between(26, Mishap.Comer.SWEEP), new Mishap.Between(27, Mishap.Comer.A_ROLLBACK))));
    }

    /** The same with green's size: an instance ran on for nobody, for ever. */
    @Test
    void an_instance_that_is_launched_after_all_was_released_goes_to_sleep() {
        holds(new Life(
                "seed 20005699",
                Setting.plain(Map.of()).withInstances(3),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(new Mishap.Between(34, Mishap.Comer.A_ROLLBACK), new Mishap.Between(49, Mishap.Comer.SWEEP))));
    }

    /** A hand had put the users there; the call that took them away read an old rule, and the next one thought that none had ever come. */
    @Test
    void a_rejected_fleet_to_which_a_hand_sent_users_drains_before_it_shrinks() {
        holds(new Life(
                "seed 361",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(33), Quality.GOOD),
                        new Hand(Duration.ofSeconds(2092), 10, false, Duration.ofSeconds(373)),
                        new Hand(Duration.ofMinutes(41), 90, false, Duration.ofSeconds(222))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(10)))));
    }

    /** Its second call saw all users on blue and told of a release that nobody had met; a minute later its instances were gone. */
    @Test
    void users_that_a_rollback_takes_away_which_cannot_see_its_write_have_their_drain() {
        holds(new Life(
                "seed 20048826",
                Setting.plain(Map.of()),
                List.of(
                        new Merge(Duration.ofSeconds(22), Quality.GOOD),
                        new Hand(Duration.ofSeconds(381), 90, false, Duration.ofSeconds(286)),
                        new RollBack(Duration.ofSeconds(409), false)),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(6)))));
    }

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

    /** For blue it took a fleet without instances, to which a hand had just sent everybody, and had no way back for ever. */
    @Test
    void a_release_that_finds_everybody_sent_to_a_sleeping_fleet_does_not_begin() {
        holds(new Life(
                "seed 61 of everything.yaml",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ofSeconds(40), Quality.GOOD),
                        new Hand(Duration.ofMinutes(2), 0, false, Duration.ofSeconds(48))),
                List.of()));
    }

    /** The same, and somebody gave that fleet instances, on which nothing was installed: no instance of it ever served. */
    @Test
    void a_release_that_finds_everybody_sent_to_a_fleet_that_was_woken_and_cannot_serve_does_not_begin() {
        holds(new Life(
                "seed 57902",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(1), 0, false, Duration.ofSeconds(298)),
                        new Resize(Duration.ofMinutes(3), 3)),
                List.of(new Mishap.Away("elasticloadbalancing", Duration.ofSeconds(26), Duration.ofSeconds(154)))));
    }

    /** Refused because of a hand, its job's event came again when the hand was gone, and began a rollout for a stage that had ended. */
    @Test
    void a_job_that_was_refused_and_comes_again_ends_as_its_stage_did() {
        holds(new Life(
                "seed 2002356",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(1), 100, true, Duration.ofSeconds(136))),
                List.of(new Mishap.Delivery(
                        Mishap.Carrier.INVOCATIONS, Mishap.Disorder.TWICE, Duration.ofSeconds(134)))));
    }

    /** No launch succeeded, so the group ended one instance and began another without end: it counted as one that leaves, for ever. */
    @Test
    void a_fleet_whose_launches_never_succeed_is_put_to_sleep_all_the_same() {
        holds(new Life(
                "seed 11705",
                Setting.plain(Map.of()).withInstances(0),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(new Mishap.WrongLastRevision(FleetName.A))));
    }

    /** A second after the hand had given the weights back, the revision was installed over the requests that still ran. */
    @Test
    void a_green_to_which_a_hand_sent_users_drains_before_it_is_installed_on() {
        Setting setting = new Setting(
                8,
                19,
                Duration.ofSeconds(82),
                Duration.ofSeconds(11),
                Duration.ofSeconds(10),
                true,
                Duration.ofSeconds(95),
                false,
                Map.of(
                        "GREENLIGHT_BAKE",
                        "PT4M22S",
                        "GREENLIGHT_BLUE_LIFETIME",
                        "PT17M53S",
                        "GREENLIGHT_DRAIN",
                        "PT3M48S"));
        holds(new Life(
                "seed 2480",
                setting,
                List.of(
                        new Merge(Duration.ofSeconds(26), Quality.FAILS_SMOKE),
                        new Merge(Duration.ofSeconds(597), Quality.GOOD),
                        new Hand(Duration.ofSeconds(810), 50, true, Duration.ofSeconds(139))),
                List.of(new Mishap.Delivery(Mishap.Carrier.EVENTS, Mishap.Disorder.LOST, Duration.ZERO))));
    }

    /** CodePipeline was down while the second release waited for the drain: when it was back, that was told to start again. */
    @Test
    void a_release_that_waits_is_not_refused_because_the_pipeline_was_down() {
        Setting setting = new Setting(
                3,
                26,
                Duration.ofSeconds(98),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                false,
                Duration.ofSeconds(116),
                true,
                Map.of(
                        "GREENLIGHT_BAKE",
                        "PT5M59S",
                        "GREENLIGHT_BLUE_LIFETIME",
                        "PT6M9S",
                        "GREENLIGHT_DRAIN",
                        "PT4M49S"));
        Life life = new Life(
                "seed 2379",
                setting,
                List.of(
                        new Merge(Duration.ofSeconds(28), Quality.GOOD),
                        new Merge(Duration.ofSeconds(284), Quality.GOOD)),
                List.of(new Mishap.Away("codepipeline", Duration.ofSeconds(1007), Duration.ofSeconds(204))));
        holds(life);
        assertThat(SIMULATION.play(life).rollouts()).isEqualTo(2);
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

    /** Counts came three minutes late and the clock was ahead: no minute that Sweep looked at had been published, so nobody seemed to come. */
    @Test
    void blue_is_not_retired_while_it_is_asked_however_late_counts_come() {
        holds(new Life(
                "seed 3021200",
                new Setting(
                        1,
                        24,
                        Duration.ofSeconds(32),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(44),
                        true,
                        Duration.ofSeconds(176),
                        false,
                        Map.of("GREENLIGHT_BLUE_LIFETIME", "PT6M7S")),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(1), Quality.GOOD),
                        new Strays(Duration.ofMinutes(10), Duration.ofSeconds(1321))),
                List.of(
                        new Mishap.Delivery(Mishap.Carrier.SCHEDULES, Mishap.Disorder.LATE, Duration.ofSeconds(230)),
                        new Mishap.Between(31, Mishap.Comer.A_ROLLBACK),
                        new Mishap.Skew(Duration.ofSeconds(10)))));
    }

    /** Sweep had just put it to sleep: its group ended the only instance in service, and the revision was being installed on that. */
    @Test
    void a_fleet_that_was_put_to_sleep_a_moment_ago_keeps_what_the_next_release_is_installed_on() {
        holds(new Life(
                "seed 20004056",
                new Setting(
                        2,
                        6,
                        Duration.ofSeconds(93),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(44),
                        false,
                        Duration.ofSeconds(95),
                        false,
                        Map.of()),
                List.of(
                        new Merge(Duration.ofSeconds(7), Quality.GOOD),
                        new Merge(Duration.ofSeconds(54), Quality.GOOD),
                        new RollBack(Duration.ofSeconds(356), false)),
                List.of()));
    }

    /** One of two instances had been launched with the same revision before: its own deployment was older than the rollout's, and not looked for. */
    @Test
    void what_comes_again_is_proven_on_an_instance_that_was_launched_with_it_before() {
        holds(new Life(
                "seed 20007388",
                new Setting(
                        2,
                        26,
                        Duration.ofSeconds(96),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(14),
                        true,
                        Duration.ofSeconds(175),
                        false,
                        Map.of()),
                List.of(
                        new Merge(Duration.ofSeconds(53), Quality.GOOD),
                        new MergeAgain(Duration.ofSeconds(319)),
                        new RollBack(Duration.ofSeconds(381), false)),
                List.of()));
    }

    /** The instance that had died was in service for ever, and three releases in a row were installed on it. */
    @Test
    void a_dead_instance_does_not_fail_one_release_after_the_other() {
        holds(new Life(
                "seed 20047435",
                new Setting(
                        2,
                        19,
                        Duration.ofSeconds(112),
                        Duration.ofSeconds(29),
                        Duration.ofSeconds(26),
                        false,
                        Duration.ofSeconds(84),
                        false,
                        Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new MergeAgain(Duration.ofMinutes(2)),
                        new Death(Duration.ofMinutes(5), FleetName.B),
                        new Merge(Duration.ofMinutes(27), Quality.GOOD),
                        new Merge(Duration.ofMinutes(31), Quality.NEVER_HEALTHY)),
                List.of()));
    }

    /** The only instance died while it booted, and each release waited for it until its time was up. */
    @Test
    void a_first_instance_that_dies_while_it_boots_does_not_fail_one_release_after_the_other() {
        holds(new Life(
                "seed 20028211",
                Setting.plain(Map.of()).withInstances(0),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(1), Quality.SLOW_TO_BOOT),
                        new Death(Duration.ofMinutes(2), FleetName.A),
                        new Merge(Duration.ofSeconds(922), Quality.GOOD)),
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

    /** Jobs came late, and nobody saw its users leave three minutes after they had last been seen: their drain was counted from then. */
    @Test
    void a_fleet_whose_users_leave_while_nobody_looks_drains_before_it_is_installed_on() {
        holds(new Life(
                "seed 46334",
                new Setting(
                        2,
                        5,
                        Duration.ofSeconds(112),
                        Duration.ofSeconds(26),
                        Duration.ofSeconds(49),
                        true,
                        Duration.ofSeconds(134),
                        false,
                        Map.of("GREENLIGHT_BAKE", "PT4M35S")),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(30), Quality.FAILS_UNDER_TRAFFIC),
                        new Hand(Duration.ofMinutes(36), 50, false, Duration.ofSeconds(364))),
                List.of(new Mishap.Delivery(
                        Mishap.Carrier.INVOCATIONS, Mishap.Disorder.SWAPPED, Duration.ofSeconds(179)))));
    }

    private static Mishap afterLastRuleWrite(Life life) {
        List<Call> calls = SIMULATION.calls(life);
        return new Mishap.Crash(last(calls, call -> call.operation().equals("ModifyRule")), Fault.Moment.AFTER);
    }

    private static int first(List<Call> calls, Predicate<Call> such) {
        return IntStream.rangeClosed(1, calls.size())
                .filter(n -> such.test(calls.get(n - 1)))
                .findFirst()
                .orElseThrow();
    }

    private static int last(List<Call> calls, Predicate<Call> such) {
        return IntStream.rangeClosed(1, calls.size())
                .filter(n -> such.test(calls.get(n - 1)))
                .max()
                .orElseThrow();
    }

    private static void holds(Life life) {
        assertThat(SIMULATION.play(life).broken()).isEmpty();
    }
}
