package dev.greenlight.cli.simulate;

import static dev.greenlight.cli.simulate.CallNumbers.first;
import static dev.greenlight.cli.simulate.CallNumbers.last;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Death;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Promote;
import dev.greenlight.cli.simulate.Scene.RollBack;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lives that the simulator found and in which all is well: a check had asked for what no rule promises. */
class WronglyBlamedTest {

    private static final Service ANY = Service.ofAllKinds();
    private static final Simulation SIMULATION = new Simulation(ANY);

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

    /** Its checks ask for more requests than the stories had: each of them was taken back for want of figures. */
    @ParameterizedTest
    @EnumSource(Tale.class)
    void the_stories_of_a_service_whose_checks_need_many_requests_have_them(Tale tale) {
        Service demanding = Examples.service("everything");

        assertThat(new Simulation(demanding).play(tale.undisturbed(demanding)).broken())
                .isEmpty();
    }

    /** CodePipeline took no answer in five tries of two functions, and the sixth died (seed 97308543 of recreate.yaml). */
    @Test
    void who_dies_when_codepipeline_has_refused_all_other_tries_could_answer_nothing() {
        Life deaf = new Life(
                "seed 97308543",
                Setting.plain(Map.of()),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(new Mishap.Away("codepipeline", Duration.ofMinutes(3), Duration.ofMinutes(5))));
        int lastTry = first(
                SIMULATION.calls(deaf),
                call -> call.invocation().contains("answer-lost-job")
                        && call.invocation().endsWith("#3"));
        Played played = SIMULATION.play(deaf.withMishaps(
                Stream.concat(deaf.mishaps().stream(), Stream.of(new Mishap.Crash(lastTry, Fault.Moment.AFTER)))
                        .toList()));

        assertThat(played.end()).contains("Failed ROLLED_BACK");
        assertThat(played.broken()).isEmpty();
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

    /** A person blamed it, a late write gave it all users, and it stays: it was bad all the same, and is refused when it comes again. */
    @Test
    void a_first_release_that_was_blamed_and_stays_is_not_merged_again() {
        holds(new Life(
                "seed 6000264",
                Setting.plain(Map.of()).withInstances(0),
                List.of(new Merge(Duration.ZERO, Quality.FLAKY), new MergeAgain(Duration.ofMinutes(9))),
                List.of(new Mishap.InTheWindow(1, Mishap.Comer.A_ROLLBACK))));
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

    /** Only the rule heard of it, and the rollout's first call, which had read the rule before, wrote its own tags there: nobody can know. */
    @Test
    void a_rollback_that_only_the_rule_heard_of_may_be_written_over_by_the_rollouts_own_tags() {
        Setting setting = Setting.plain(Map.of()).withInstances(1);
        Mishap silence = new Mishap.Failure(26, 3, Mishap.Trouble.THROTTLED);
        for (int call = 18; call <= 19; call++) {
            holds(new Life(
                    "seed 55061",
                    setting,
                    List.of(new Merge(Duration.ZERO, Quality.NEVER_HEALTHY)),
                    List.of(silence, new Mishap.Between(call, Mishap.Comer.A_ROLLBACK))));
        }
        holds(new Life(
                "seed 48706",
                setting,
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(
                        new Mishap.Crash(18, Fault.Moment.BEFORE),
                        new Mishap.WrongLastRevision(FleetName.A),
                        new Mishap.Failure(42, 3, Mishap.Trouble.ANSWER_LOST),
                        new Mishap.Between(33, Mishap.Comer.A_ROLLBACK))));
    }

    /** A check had failed and said so on the rule, which lagged; a person stopped the pipeline before the record could say it, too. */
    @Test
    void what_a_check_took_back_is_quarantined_although_the_stage_was_stopped_before_the_record_said_so() {
        holds(new Life(
                "seed 56839",
                new Setting(
                        1,
                        24,
                        Duration.ofSeconds(56),
                        Duration.ofSeconds(19),
                        Duration.ofSeconds(44),
                        false,
                        Duration.ofSeconds(164),
                        true,
                        Map.of()),
                List.of(
                        new Merge(Duration.ofMinutes(15), Quality.GOOD),
                        new Merge(Duration.ofMinutes(29), Quality.FAILS_UNDER_TRAFFIC),
                        new Scene.Stop(Duration.ofSeconds(2267), true)),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(4)))));
    }

    /** Its first hook died on all of Lambda's tries before anything was begun, and its job failed, as it is promised. */
    @Test
    void a_release_whose_first_hook_dies_on_every_try_is_refused() {
        Life life = new Life(
                "seed 66388",
                Setting.plain(Map.of()).withInstances(1),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of());
        holds(dyingAt(life, 9, 18, 24));
    }

    /** Two deaths of three are a delay, and nothing else. */
    @Test
    void a_release_whose_first_hook_dies_on_all_tries_but_the_last_is_promoted() {
        Life life = new Life(
                "seed 66388",
                Setting.plain(Map.of()).withInstances(1),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of());
        holds(dyingAt(life, 9, 18));
    }

    private static Life dyingAt(Life life, int... calls) {
        return life.withMishaps(Arrays.stream(calls)
                .mapToObj(call -> (Mishap) new Mishap.Crash(call, Fault.Moment.BEFORE))
                .toList());
    }

    /** Blue's only instance was dead when the alarm was looked at, and so green was kept; four minutes later blue had a new one. */
    @Test
    void what_was_kept_because_blue_was_dead_is_not_taken_back_when_blue_is_well_again() {
        holds(new Life(
                "seed 60012814",
                Setting.plain(Map.of("GREENLIGHT_BAKE", "PT6M56S")).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Death(Duration.ofMinutes(10), FleetName.A),
                        new Scene.Alarm(Duration.ofSeconds(636), Duration.ofSeconds(672))),
                List.of(new Mishap.Delivery(Mishap.Carrier.EVENTS, Mishap.Disorder.LOST, Duration.ZERO))));
    }

    /** The call that blamed nobody was heard and died before it could say so; what it was told next was about the next release. */
    @Test
    void who_blames_nobody_in_a_call_without_an_answer_has_blamed_nobody() {
        Life life = new Life(
                "seed 1355 of shadow.yaml",
                Setting.plain(Map.of()).withInstances(2),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(2), Quality.GOOD),
                        new RollBack(Duration.ofSeconds(275), false)),
                List.of());
        holds(life.withMishaps(List.of(new Mishap.Crash(closingOfRollBack(life), Fault.Moment.AFTER))));
    }

    private static int closingOfRollBack(Life life) {
        return last(
                SIMULATION.calls(life),
                call -> call.invocation().contains("roll-back")
                        && call.operation().equals("TransactWriteItems"));
    }

    private static void holds(Life life) {
        assertThat(SIMULATION.play(life).broken()).isEmpty();
    }
}
