package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fifth of the users tries green for a week; then both sides decide, or a person does within two days. */
class TrialsTest {

    private static final RolloutPolicy POLICY = new RolloutPolicy(Situation.PACE);
    private static final Duration RUNS = Duration.ofDays(7);
    private static final Duration WITHIN = Duration.ofDays(2);
    private static final Duration COUNTED = Duration.ofMinutes(4);
    private static final Verdict WELL = Verdict.pass("alarms", "quiet");
    private static final Verdict BETTER = Verdict.pass("green's errors", "fewer");
    private static final Verdict WORSE = Verdict.fail("green's errors", "more");
    private static final Verdict UNKNOWN = Verdict.inconclusive("green's errors", "none were counted");

    private final Instant began = Situation.START;
    private final Instant over = began.plus(RUNS);
    private Routing live = new Routing.Weighted(Weights.share(FleetName.B, 20), Optional.of(RUNS));
    private Situation situation;
    private Rollout rollout;

    /** Requests with a header are for green. */
    private void audience() {
        Trial trial = new Trial(Optional.empty(), Trial.End.PROMOTE, new Trial.Bar(0.01, 1.5, 1_000), Optional.empty());
        Step step =
                new Step(100, RUNS, Optional.of(new Step.Pause(WITHIN, Step.Otherwise.ROLL_BACK)), Optional.of(trial));
        situation = Situation.release(Phase.SHIFTING, new Strategy.AbTest(step).steps());
        rollout = situation.rollout().shiftingAskedAt(began);
        live = Routing.full(FleetName.A);
    }

    private void ending(Trial.End end, Step.Otherwise otherwise) {
        Trial trial = new Trial(Optional.of(RUNS), end, new Trial.Bar(0.01, 1.5, 1_000), Optional.empty());
        Step step = new Step(20, RUNS, Optional.of(new Step.Pause(WITHIN, otherwise)), Optional.of(trial));
        situation = Situation.release(Phase.SHIFTING, new Strategy.AbTest(step).steps());
        rollout = situation.rollout().shiftingAskedAt(began).stepSeen(1, began, "a fifth");
    }

    private Decision at(Instant now, Verdict... compared) {
        Observation seen = situation.seen();
        Observation there = new Observation(
                new Route(live, seen.route().tags()),
                seen.a(),
                seen.b(),
                seen.installation(),
                List.of(WELL),
                seen.launchTrouble(),
                seen.launching(),
                seen.requests(),
                seen.shadow(),
                List.of(compared));
        return POLICY.next(rollout, there, now);
    }

    private static void assertHolds(Decision decision, String reason) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Hold.class, hold -> assertThat(hold.reason()).contains(reason));
    }

    private static void assertTakenBack(Decision decision, Cause cause, String reason) {
        assertThat(decision).isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
            assertThat(back.cause()).isEqualTo(cause);
            assertThat(back.reason()).contains(reason);
            assertThat(back.write()).contains(Routing.full(FleetName.A));
        });
    }

    private static void assertGoesToAll(Decision decision) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Shift.class, shift -> assertThat(shift.to()).isEqualTo(Routing.full(FleetName.B)));
    }

    @Test
    void it_runs_for_its_time_and_until_its_last_minute_is_counted() {
        ending(Trial.End.PROMOTE, Step.Otherwise.ROLL_BACK);
        assertHolds(at(over.minusSeconds(1)), "the test runs until");
        assertThat(Trials.toBeCompared(rollout, over.plus(COUNTED).minusSeconds(1)))
                .isEmpty();
        assertHolds(at(over.plusSeconds(1)), "its last minutes are being counted");
        assertThat(Trials.toBeCompared(rollout, over.plus(COUNTED))).isPresent();
    }

    @Test
    void the_minutes_in_which_it_began_and_ended_are_not_compared() {
        ending(Trial.End.PROMOTE, Step.Otherwise.ROLL_BACK);
        rollout = rollout.stepSeen(1, began.plusSeconds(90), "seen later");
        assertThat(Trials.toBeCompared(rollout, over.plus(Duration.ofHours(1))))
                .contains(new Trials.Window(began.plusSeconds(120), over.plusSeconds(60)));
    }

    @Test
    void what_is_no_worse_goes_to_all_and_the_figures_are_told() {
        ending(Trial.End.PROMOTE, Step.Otherwise.ROLL_BACK);
        Decision decision = at(over.plus(COUNTED), BETTER);
        assertGoesToAll(decision);
        assertThat(((Decision.Shift) decision).reason()).contains("green's errors fewer");
    }

    @Test
    void what_is_worse_is_taken_back_whatever_the_end_was_to_be() {
        for (Trial.End end : Trial.End.values()) {
            ending(end, Step.Otherwise.GO_ON);
            assertTakenBack(at(over.plus(COUNTED), BETTER, WORSE), Cause.CHECK_FAILED, "green's errors more");
        }
    }

    @Test
    void a_test_that_was_to_end_with_blue_blames_nobody() {
        ending(Trial.End.ROLL_BACK, Step.Otherwise.GO_ON);
        assertTakenBack(at(over.plus(COUNTED), BETTER), Cause.TEST_OVER, "green's errors fewer");
        assertThat(Cause.TEST_OVER.blamesRevision()).isFalse();
    }

    @Test
    void too_little_is_never_a_pass_and_waits_for_a_person() {
        for (Trial.End end : Trial.End.values()) {
            ending(end, Step.Otherwise.ROLL_BACK);
            assertHolds(at(over.plus(WITHIN).minusSeconds(1), BETTER, UNKNOWN), "says too little");
            assertTakenBack(at(over.plus(WITHIN), BETTER, UNKNOWN), Cause.DEADLINE, "nobody decided until");
        }
    }

    @Test
    void where_nobody_comes_it_goes_on_if_that_was_asked_for() {
        ending(Trial.End.WAIT, Step.Otherwise.GO_ON);
        assertHolds(at(over.plus(COUNTED), BETTER), "the test speaks for green, and a person decides until");
        assertGoesToAll(at(over.plus(WITHIN), BETTER));
    }

    @Test
    void a_person_lets_it_go_on() {
        ending(Trial.End.WAIT, Step.Otherwise.ROLL_BACK);
        rollout = rollout.resume(over, "they like it");
        assertGoesToAll(at(over.plus(COUNTED), UNKNOWN));
    }

    @Test
    void who_promotes_it_in_the_middle_asks_for_no_comparison() {
        ending(Trial.End.WAIT, Step.Otherwise.ROLL_BACK);
        rollout = rollout.promoteAtOnce(began.plusSeconds(60), "hurry");
        assertGoesToAll(at(began.plusSeconds(61)));
        assertThat(Trials.toBeCompared(rollout, over.plus(COUNTED))).isEmpty();
    }

    @Test
    void its_deadline_leaves_time_for_the_person() {
        ending(Trial.End.WAIT, Step.Otherwise.ROLL_BACK);
        assertThat(POLICY.deadline(rollout)).isEqualTo(over.plus(WITHIN).plus(Situation.PACE.shifting()));
    }

    @Test
    void an_audience_may_be_everybody_so_that_green_is_whole_before_it_comes() {
        audience();
        situation.targets(FleetName.B, new Targets(situation.rollout().sizing().green() - 1, 0, 0, 0, 0));
        assertHolds(at(began.plusSeconds(1)), "green needs");
        situation.targets(FleetName.B, new Targets(situation.rollout().sizing().green(), 0, 0, 0, 0));
        assertThat(at(began.plusSeconds(1)))
                .isInstanceOfSatisfying(
                        Decision.Shift.class,
                        shift -> assertThat(shift.to()).isEqualTo(new Routing.Audience(FleetName.B)));
    }

    @Test
    void a_call_that_died_between_the_two_rules_is_gone_on_with() {
        audience();
        live = new Routing.Audience(FleetName.B);
        assertThat(at(began.plusSeconds(1))).isInstanceOf(Decision.StepSeen.class);
        rollout = rollout.stepSeen(1, began, "the audience").promoteAtOnce(began.plusSeconds(2), "hurry");
        assertGoesToAll(at(began.plusSeconds(3)));
    }

    @Test
    void an_audience_is_taken_back_as_a_share_is() {
        audience();
        live = new Routing.Audience(FleetName.B);
        rollout = rollout.stepSeen(1, began, "the audience");
        assertTakenBack(at(over.plus(COUNTED), WORSE), Cause.CHECK_FAILED, "the test speaks against green");
        live = Routing.full(FleetName.A);
        assertThat(at(over.plus(COUNTED), BETTER))
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.cause()).isEqualTo(Cause.SEEN_ON_RULE));
    }

    @Test
    void the_audience_alone_on_the_way_to_all_is_half_a_write() {
        situation = Situation.release(Phase.SHIFTING, new Strategy.BlueGreen().steps());
        rollout = situation.rollout().shiftingAskedAt(began);
        live = new Routing.Audience(FleetName.B);
        assertGoesToAll(at(began.plusSeconds(1)));
        live = new Routing.Audience(FleetName.A);
        assertHolds(at(began.plusSeconds(1)), "the rule was changed by someone else");
    }

    @Test
    void nobody_sticks_to_a_side_once_green_has_everybody() {
        ending(Trial.End.PROMOTE, Step.Otherwise.ROLL_BACK);
        assertThat(rollout.routingOf(1))
                .isEqualTo(new Routing.Weighted(Weights.share(FleetName.B, 20), Optional.of(RUNS)));
        assertThat(rollout.routingOf(2)).isEqualTo(Routing.full(FleetName.B));
    }
}
