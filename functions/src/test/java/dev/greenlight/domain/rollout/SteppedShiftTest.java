package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traffic that moves in more than one step: 10 %, then half, each watched for five minutes, then all. */
class SteppedShiftTest {

    private static final Duration BAKE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofHours(4);
    private static final RolloutPolicy POLICY = new RolloutPolicy(Situation.PACE);
    private static final Step TENTH = new Step(10, BAKE, Optional.empty());
    private static final Step HALF = new Step(50, BAKE, Optional.empty());

    private final Instant asked = Situation.START;
    private Situation situation;
    private Rollout rollout;

    @BeforeEach
    void traffic_may_move() {
        by(List.of(TENTH, HALF));
    }

    private void by(List<Step> shares) {
        situation = Situation.release(Phase.SHIFTING, new Strategy.Canary(shares).steps());
        rollout = situation.rollout().shiftingAskedAt(asked);
    }

    /** The first step waits for a person after its bake. */
    private void pausing(Step.Otherwise otherwise) {
        by(List.of(new Step(10, BAKE, Optional.of(new Step.Pause(PATIENCE, otherwise))), HALF));
        rollout = rollout.stepSeen(1, asked, "10%");
    }

    private static Routing share(int green) {
        return new Routing.Weighted(Weights.share(FleetName.B, green));
    }

    private Decision decide(Routing live, Verdict verdict, Instant now) {
        Observation seen = situation.seen().with(List.of(verdict));
        Route route = new Route(live, seen.route().tags());
        return POLICY.next(
                rollout,
                new Observation(
                        route,
                        seen.a(),
                        seen.b(),
                        seen.installation(),
                        seen.verdicts(),
                        seen.launchTrouble(),
                        seen.launching(),
                        seen.requests(),
                        seen.shadow(),
                        seen.compared()),
                now);
    }

    private static final Verdict WELL = Verdict.pass("error share", "0.00% of 900 failed");

    @Test
    void the_first_step_is_a_tenth() {
        assertThat(decide(share(0), WELL, asked))
                .isInstanceOfSatisfying(
                        Decision.Shift.class, shift -> assertThat(shift.to()).isEqualTo(share(10)));
    }

    @Test
    void each_step_is_watched_before_the_next() {
        rollout = rollout.stepSeen(1, asked, "10%");

        assertThat(decide(share(10), WELL, asked.plus(BAKE).minusSeconds(1)))
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.reason()).isEqualTo("baking at 10% until 2026-03-02T09:05:00Z"));
        assertThat(decide(share(10), WELL, asked.plus(BAKE)))
                .isInstanceOfSatisfying(
                        Decision.Shift.class, shift -> assertThat(shift.to()).isEqualTo(share(50)));
    }

    @Test
    void a_step_that_fails_takes_all_of_it_back() {
        rollout = rollout.stepSeen(1, asked, "10%").stepSeen(2, asked, "50%");

        assertThat(decide(share(50), Verdict.fail("error share", "8.00% of 450 failed"), asked.plusSeconds(60)))
                .isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
                    assertThat(back.cause()).isEqualTo(Cause.CHECK_FAILED);
                    assertThat(back.write()).contains(Situation.BLUE);
                });
    }

    @Test
    void a_step_without_a_verdict_holds_and_then_retreats() {
        rollout = rollout.stepSeen(1, asked, "10%");
        Verdict unsure = Verdict.inconclusive("error share", "12 of 200 requests seen");
        Instant deadline = POLICY.deadline(rollout);

        assertThat(decide(share(10), unsure, deadline.minusSeconds(1))).isInstanceOf(Decision.Hold.class);
        assertThat(decide(share(10), unsure, deadline))
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.cause()).isEqualTo(Cause.DEADLINE));
    }

    @Test
    void after_the_last_step_traffic_is_verified() {
        rollout = rollout.stepSeen(1, asked, "10%").stepSeen(2, asked, "50%").stepSeen(3, asked, "100%");

        assertThat(decide(share(100), WELL, asked)).isEqualTo(new Decision.Advance("3 of 3 steps are on the rule"));
    }

    @Test
    void a_step_that_another_call_wrote_is_seen_as_that_step() {
        assertThat(decide(share(10), WELL, asked)).isEqualTo(new Decision.StepSeen(1, "the rule shows A 90% B 10%"));
    }

    @Test
    void a_step_that_was_skipped_is_somebody_elses() {
        assertThat(decide(share(50), WELL, asked))
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.reason())
                                .startsWith("the rule was changed by someone else: A 50% B 50%"));
    }

    @Test
    void a_pause_begins_when_the_bake_is_over_and_says_what_comes_of_it() {
        pausing(Step.Otherwise.ROLL_BACK);

        assertThat(decide(share(10), WELL, asked.plus(BAKE)))
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.reason())
                                .isEqualTo("paused at 10%: a person lets it go on, "
                                        + "or at 2026-03-02T13:05:00Z it is taken back"));
    }

    @Test
    void what_fails_during_a_pause_is_taken_back_all_the_same() {
        pausing(Step.Otherwise.GO_ON);

        assertThat(decide(
                        share(10),
                        Verdict.fail("alarms", "firing: orders"),
                        asked.plus(BAKE).plusSeconds(60)))
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.cause()).isEqualTo(Cause.CHECK_FAILED));
    }

    @Test
    void nobody_comes_and_it_is_taken_back_without_blame() {
        pausing(Step.Otherwise.ROLL_BACK);

        assertThat(decide(share(10), WELL, asked.plus(BAKE).plus(PATIENCE)))
                .isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
                    assertThat(back.cause()).isEqualTo(Cause.DEADLINE);
                    assertThat(back.reason()).isEqualTo("nobody let it go on from 10% until 2026-03-02T13:05:00Z");
                });
    }

    @Test
    void nobody_comes_and_it_goes_on() {
        pausing(Step.Otherwise.GO_ON);

        assertThat(decide(share(10), WELL, asked.plus(BAKE).plus(PATIENCE)))
                .isInstanceOfSatisfying(
                        Decision.Shift.class, shift -> assertThat(shift.to()).isEqualTo(share(50)));
    }

    @Test
    void a_person_ends_a_pause_before_it_has_begun() {
        pausing(Step.Otherwise.ROLL_BACK);
        rollout = rollout.resume(asked, "it looks well");

        assertThat(decide(share(10), WELL, asked.plus(BAKE).minusSeconds(1))).isInstanceOf(Decision.Hold.class);
        assertThat(decide(share(10), WELL, asked.plus(BAKE)))
                .isInstanceOfSatisfying(
                        Decision.Shift.class, shift -> assertThat(shift.to()).isEqualTo(share(50)));
    }

    @Test
    void who_lets_one_step_go_on_says_nothing_of_the_next() {
        Optional<Step.Pause> pause = Optional.of(new Step.Pause(PATIENCE, Step.Otherwise.ROLL_BACK));
        by(List.of(new Step(10, BAKE, pause), new Step(50, BAKE, pause)));
        rollout = rollout.stepSeen(1, asked, "10%").resume(asked, "well").stepSeen(2, asked, "50%");

        assertThat(decide(share(50), WELL, asked.plus(BAKE)))
                .isInstanceOfSatisfying(
                        Decision.Hold.class, hold -> assertThat(hold.reason()).startsWith("paused at 50%"));
    }

    @Test
    void who_promotes_it_skips_every_step_that_is_left() {
        rollout = rollout.stepSeen(1, asked, "10%").promoteAtOnce(asked, "an urgent fix");

        assertThat(decide(share(10), WELL, asked)).isInstanceOfSatisfying(Decision.Shift.class, shift -> {
            assertThat(shift.to()).isEqualTo(share(100));
            assertThat(shift.step()).isEqualTo(3);
        });
    }

    @Test
    void who_promotes_it_while_the_next_step_is_being_written_is_heard_after_it() {
        rollout = rollout.stepSeen(1, asked, "10%").promoteAtOnce(asked, "an urgent fix");

        assertThat(decide(share(50), WELL, asked)).isEqualTo(new Decision.StepSeen(2, "the rule shows A 50% B 50%"));
    }

    @Test
    void who_promotes_what_fails_gets_it_taken_back() {
        rollout = rollout.stepSeen(1, asked, "10%").promoteAtOnce(asked, "an urgent fix");

        assertThat(decide(share(10), Verdict.fail("alarms", "firing: orders"), asked))
                .isInstanceOf(Decision.TakeBack.class);
    }

    @Test
    void a_step_needs_as_many_healthy_instances_as_its_share_is_of_blue() {
        situation.targets(FleetName.B, new Targets(2, 2, 0, 0, 0));

        assertThat(decide(share(0), WELL, asked)).isInstanceOf(Decision.Shift.class);
        rollout = rollout.stepSeen(1, asked, "10%").stepSeen(2, asked, "50%");
        assertThat(decide(share(50), WELL, asked.plus(BAKE)))
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.reason()).startsWith("green needs 4 healthy targets"));
    }

    private static final Targets ILL = new Targets(2, 0, 2, 0, 0);

    @Test
    void what_fails_while_blue_is_the_worse_one_waits_for_blue() {
        rollout = rollout.stepSeen(1, asked, "10%");
        situation.targets(FleetName.A, ILL);
        Verdict bad = Verdict.fail("error share", "8.00% of 450 failed");

        assertThat(decide(share(10), bad, asked.plusSeconds(60)))
                .isInstanceOfSatisfying(
                        Decision.Hold.class,
                        hold -> assertThat(hold.reason())
                                .contains("8.00% of 450 failed; not taken back, because fleet A", "is worse"));
        situation.targets(FleetName.A, new Targets(4, 0, 0, 0, 0));
        assertThat(decide(share(10), bad, asked.plusSeconds(120))).isInstanceOf(Decision.TakeBack.class);
    }

    @Test
    void where_blue_stays_the_worse_one_green_gets_everybody_in_the_end() {
        rollout = rollout.stepSeen(1, asked, "10%");
        situation.targets(FleetName.A, ILL);
        Verdict bad = Verdict.fail("error share", "8.00% of 450 failed");
        Instant deadline = POLICY.deadline(rollout);

        assertThat(decide(share(10), bad, deadline.minusSeconds(1))).isInstanceOf(Decision.Hold.class);
        assertThat(decide(share(10), bad, deadline))
                .isInstanceOfSatisfying(
                        Decision.Shift.class, shift -> assertThat(shift.to()).isEqualTo(share(100)));
    }

    @Test
    void nobody_writes_over_a_hands_weights_to_end_it() {
        rollout = rollout.stepSeen(1, asked, "10%");
        situation.targets(FleetName.A, ILL);

        assertThat(decide(share(30), WELL, POLICY.deadline(rollout))).isInstanceOf(Decision.Keep.class);
    }

    @Test
    void two_fleets_that_are_ill_keep_the_users_that_they_have() {
        rollout = rollout.stepSeen(1, asked, "10%");
        situation.targets(FleetName.A, new Targets(1, 0, 3, 0, 0)).targets(FleetName.B, ILL);

        assertThat(decide(share(10), Verdict.fail("target health", "2 of 4"), POLICY.deadline(rollout)))
                .isInstanceOf(Decision.Hold.class);
    }

    @Test
    void who_took_it_back_is_not_overruled_where_blue_cannot_take_it_yet() {
        rollout = rollout.stepSeen(1, asked, "10%");
        situation.targets(FleetName.A, ILL).tags(situation.seen().route().tags().nowTakenBack(Cause.BY_HAND));

        assertThat(decide(share(10), WELL, POLICY.deadline(rollout))).isInstanceOf(Decision.Hold.class);
    }
}
