package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Death;
import dev.greenlight.cli.simulate.Scene.Hand;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Promote;
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

/** Lives that the simulator found and that broke a rule, as short as it made them. */
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

    /** Twelve minutes after it had been taken back for an alarm the next one had its users, on the same fleet; the check asked for blue's. */
    @Test
    void what_comes_after_an_alarm_had_taken_a_release_back_may_have_users() {
        holds(new Life(
                "seed 20055583",
                new Setting(
                        3,
                        15,
                        Duration.ofSeconds(36),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(22),
                        true,
                        Duration.ofSeconds(152),
                        true,
                        Map.of("GREENLIGHT_DRAIN", "PT1M41S")),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(8), Quality.GOOD),
                        new Scene.Alarm(Duration.ofSeconds(703), Duration.ofSeconds(781))),
                List.of(
                        new Mishap.Failure(866, 1, Mishap.Trouble.ANSWER_LOST),
                        new Mishap.Crash(97, Fault.Moment.BEFORE))));
    }

    /** The store was silent, and all that the rule could say stood there already: the check asked for what nobody could remember. */
    @Test
    void users_that_a_hand_gave_to_what_was_taken_back_are_forgotten_where_they_go_while_the_store_is_silent() {
        holds(new Life(
                "seed 31500338",
                Setting.plain(Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC),
                        new Hand(Duration.ofSeconds(946), 0, true, Duration.ofSeconds(154)),
                        new RollBack(Duration.ofMinutes(16), true)),
                List.of(new Mishap.Away("dynamodb", Duration.ofSeconds(934), Duration.ofSeconds(49)))));
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

    /** A person promoted it, another one took it back at once, and only then the pipeline asked: its job fails, and rightly. */
    @Test
    void a_release_that_was_taken_back_before_its_last_job_asked_fails_that_job() {
        Life life = Tale.GOOD.undisturbed(ANY);
        List<Call> calls = SIMULATION.calls(life);
        int shifted = last(calls, call -> call.operation().equals("ModifyRule"));
        Duration baking =
                Duration.between(Place.OPENING, calls.get(shifted - 1).at()).plusSeconds(100);
        holds(life.withScenes(
                List.of(new Merge(Duration.ZERO, Quality.GOOD), new Promote(baking), new RollBack(baking, true))));
    }

    /** Blue's new instance had just failed its first check, which nobody could see yet. */
    @Test
    void a_rollback_takes_blue_for_what_the_api_shows_of_it() {
        Setting setting = new Setting(
                3,
                35,
                Duration.ofSeconds(35),
                Duration.ofSeconds(24),
                Duration.ofSeconds(11),
                false,
                Duration.ofSeconds(155),
                false,
                Map.of("GREENLIGHT_BAKE", "PT6M46S"));
        holds(new Life(
                "seed 2001175",
                setting,
                List.of(
                        new Merge(Duration.ZERO, Quality.SLOW_TO_BOOT),
                        new Death(Duration.ofMinutes(12), FleetName.A),
                        new RollBack(Duration.ofSeconds(868), true)),
                List.of(new Mishap.StaleReads("DescribeTargetHealth", Duration.ofSeconds(7)))));
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

    /** Behind a reading that lags, nobody can know of a hand that wrote a second ago. */
    @Test
    void a_hand_that_no_reading_can_show_yet_is_nobodys_fault() {
        Setting setting = new Setting(
                3,
                11,
                Duration.ofSeconds(106),
                Duration.ofSeconds(5),
                Duration.ofSeconds(47),
                false,
                Duration.ofSeconds(120),
                false,
                Map.of(
                        "GREENLIGHT_BAKE",
                        "PT3M12S",
                        "GREENLIGHT_BLUE_LIFETIME",
                        "PT11M41S",
                        "GREENLIGHT_DRAIN",
                        "PT4M2S"));
        holds(new Life(
                "seed 10357",
                setting,
                List.of(
                        new Merge(Duration.ofSeconds(6), Quality.GOOD),
                        new Hand(Duration.ofSeconds(100), 10, false, Duration.ofSeconds(52)),
                        new Hand(Duration.ofSeconds(237), 50, false, Duration.ofSeconds(234))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(4)))));
    }

    /** One gave back what the other had written, to a fleet that slept, when nobody looked any more. */
    @Test
    void two_hands_leave_the_rule_as_the_first_one_found_it() {
        holds(new Life(
                "seed 10371",
                Setting.plain(Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofSeconds(49), 90, true, Duration.ofSeconds(118)),
                        new Hand(Duration.ofSeconds(218), 0, false, Duration.ofSeconds(133)),
                        new Hand(Duration.ofSeconds(263), 90, true, Duration.ofSeconds(327))),
                List.of()));
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

    /** Its second execution was refused while blue was warm, and the users of the first one counted as that one's. */
    @Test
    void a_version_that_is_merged_twice_has_the_users_of_either_rollout() {
        holds(new Life(
                "seed 5000852",
                Setting.plain(Map.of("GREENLIGHT_WHILE_BLUE_WARM", "refuse")).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC),
                        new Merge(Duration.ofMinutes(9), Quality.GOOD),
                        new Scene.ReleaseQuarantine(Duration.ofMinutes(29))),
                List.of()));
    }

    /** The first one was kept, as there was no way back; errors under traffic are compared with blue's. */
    @Test
    void what_fails_no_more_than_a_first_release_that_was_kept_may_follow_it() {
        holds(new Life(
                "seed 1006093",
                Setting.plain(Map.of()).withInstances(0),
                List.of(
                        new Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC),
                        new Merge(Duration.ofMinutes(30), Quality.FAILS_UNDER_TRAFFIC)),
                List.of()));
    }

    /** A lagging rule had not shown the shift yet, and a hand put everything back: for Greenlight, a write that came to nothing. */
    @Test
    void a_hand_that_puts_back_what_no_reading_had_shown_yet_is_nobodys_fault() {
        Setting setting = new Setting(
                7,
                7,
                Duration.ofSeconds(99),
                Duration.ofSeconds(10),
                Duration.ofSeconds(52),
                false,
                Duration.ofSeconds(121),
                false,
                Map.of(
                        "GREENLIGHT_BAKE",
                        "PT7M8S",
                        "GREENLIGHT_BLUE_LIFETIME",
                        "PT8M4S",
                        "GREENLIGHT_DRAIN",
                        "PT3M52S"));
        holds(new Life(
                "seed 1005019",
                setting,
                List.of(
                        new Merge(Duration.ofSeconds(12), Quality.GOOD),
                        new Hand(Duration.ofSeconds(663), 100, false, Duration.ofSeconds(154))),
                List.of(
                        new Mishap.Crash(155, Fault.Moment.BEFORE),
                        new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(7)))));
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

    /** Blue's only instance died, and its errors were those that green's were compared with. */
    @Test
    void what_fails_less_than_a_blue_that_dies_may_be_promoted() {
        holds(new Life(
                "seed 1007503",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC),
                        new Death(Duration.ofMinutes(4), FleetName.A)),
                List.of()));
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

    /** The rule did not show the hand's write yet when Sweep settled: the fleet that had served was left running, and rightly. */
    @Test
    void a_hand_that_writes_while_sweep_settles_is_nobodys_fault_where_the_rule_lags() {
        holds(new Life(
                "seed 1011333",
                new Setting(
                        2,
                        11,
                        Duration.ofSeconds(118),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        false,
                        Duration.ofSeconds(178),
                        false,
                        Map.of(
                                "GREENLIGHT_BAKE",
                                "PT3M58S",
                                "GREENLIGHT_BLUE_LIFETIME",
                                "PT17M15S",
                                "GREENLIGHT_DRAIN",
                                "PT3M9S")),
                List.of(
                        new Merge(Duration.ofSeconds(42), Quality.GOOD),
                        new Merge(Duration.ofMinutes(11), Quality.GOOD),
                        new Hand(Duration.ofSeconds(2456), 0, false, Duration.ofSeconds(208))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(8)))));
    }

    /** Who asks green by the preview rule is no user, and what it does to them is not Greenlight's. */
    @Test
    void who_asks_a_rejected_release_past_the_production_rule_is_no_user() {
        holds(new Life(
                "seed 3000713",
                Setting.plain(Map.of()).withInstances(0),
                List.of(
                        new Merge(Duration.ZERO, Quality.SLOW_ANSWERS),
                        new Strays(Duration.ofMinutes(8), Duration.ofMinutes(10))),
                List.of()));
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

    /** A person blamed it, a late write gave it all users, and it stays: it was bad all the same, and is refused when it comes again. */
    @Test
    void a_first_release_that_was_blamed_and_stays_is_not_merged_again() {
        holds(new Life(
                "seed 6000264",
                Setting.plain(Map.of()).withInstances(0),
                List.of(new Merge(Duration.ZERO, Quality.FLAKY), new MergeAgain(Duration.ofMinutes(9))),
                List.of(new Mishap.InTheWindow(1, Mishap.Comer.A_ROLLBACK))));
    }

    /** The check blamed Greenlight for an instance that the world ended: the shrink took the older one, which alone was healthy. */
    @Test
    void a_green_that_somebody_lets_grow_and_shrink_again_may_be_taken_back() {
        holds(new Life(
                "seed 7001323",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ofMinutes(9), Quality.GOOD),
                        new Resize(Duration.ofSeconds(1069), 1),
                        new Resize(Duration.ofMinutes(19), -2)),
                List.of()));
    }

    /** It was given its users in the window, and stays: that was counted as a window that nobody closed, when the next release came. */
    @Test
    void a_first_release_that_stays_is_no_window_that_stays_open() {
        holds(new Life(
                "seed 20005035",
                Setting.plain(Map.of()).withInstances(0),
                List.of(new Merge(Duration.ZERO, Quality.GOOD), new Merge(Duration.ofMinutes(26), Quality.GOOD)),
                List.of(new Mishap.InTheWindow(1, Mishap.Comer.A_ROLLBACK))));
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

    /** The check knew growth by a hand only, and blamed Greenlight when a hand took back what the policy had let grow. */
    @Test
    void a_green_whose_policys_growth_somebody_takes_back_may_be_taken_back() {
        holds(new Life(
                "seed 20001225",
                new Setting(
                        3,
                        21,
                        Duration.ofSeconds(45),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(34),
                        true,
                        Duration.ofSeconds(172),
                        true,
                        Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Scene.Crowd(Duration.ofMinutes(8), 139),
                        new Resize(Duration.ofSeconds(682), -3)),
                List.of()));
    }

    /** The store was silent over the deadline, so that Sweep ended what its driver would have ended: the check allowed the driver only. */
    @Test
    void a_release_that_a_death_holds_past_its_deadline_may_be_ended_by_sweep() {
        holds(new Life(
                "seed 20009428",
                new Setting(
                        2,
                        9,
                        Duration.ofSeconds(89),
                        Duration.ofSeconds(16),
                        Duration.ofSeconds(56),
                        false,
                        Duration.ofSeconds(167),
                        false,
                        Map.of()),
                List.of(new Merge(Duration.ofSeconds(29), Quality.GOOD), new Death(Duration.ofMinutes(8), FleetName.B)),
                List.of(new Mishap.Away("dynamodb", Duration.ofSeconds(1406), Duration.ofSeconds(247)))));
    }

    /** A hand sent its users to a fleet that sleeps, just as its rollout was settled: the check wanted it asleep, and it is all that there is. */
    @Test
    void a_first_release_runs_on_although_a_hand_sends_its_users_away() {
        holds(new Life(
                "seed 30000144",
                new Setting(
                        0,
                        18,
                        Duration.ofSeconds(76),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(37),
                        true,
                        Duration.ofSeconds(178),
                        true,
                        Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(17), 0, true, Duration.ofSeconds(198))),
                List.of()));
    }

    /** Taken back, blamed, and given all users by a write on its way; the person, whose call died, was told that there is no way back. */
    @Test
    void a_first_release_that_stays_is_quarantined_although_the_call_that_blamed_it_died() {
        Life life = new Life(
                "seed 30001456",
                Setting.plain(Map.of()).withInstances(0),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(new Mishap.InTheWindow(1, Mishap.Comer.A_ROLLBACK)));
        List<Call> calls = SIMULATION.calls(life);
        int recorded = last(
                calls,
                call -> call.invocation().contains("roll-back")
                        && call.operation().equals("TransactWriteItems"));
        holds(life.withMishaps(List.of(life.mishaps().getFirst(), new Mishap.Crash(recorded, Fault.Moment.AFTER))));
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
