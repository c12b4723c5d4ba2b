package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Traffic that moves in more than one step: 10 %, then half, each watched for five minutes, then all. */
class SteppedShiftTest {

    private static final Duration BAKE = Duration.ofMinutes(5);
    private static final RolloutPolicy POLICY = new RolloutPolicy(
            List.of(new Step(10, BAKE), new Step(50, BAKE), new Step(100, Duration.ZERO)), Situation.PACE);

    private final Situation situation = Situation.release(Phase.SHIFTING);
    private final Instant asked = situation.now();
    private Rollout rollout = situation.rollout().shiftingAskedAt(asked);

    private static Routing share(int green) {
        return new Routing.Weighted(Weights.share(FleetName.B, green), false);
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
                        seen.requests()),
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
        rollout = rollout.stepSeen(asked, "10%");

        assertThat(decide(share(10), WELL, asked.plus(BAKE).minusSeconds(1)))
                .isInstanceOfSatisfying(
                        Decision.Hold.class, hold -> assertThat(hold.reason()).isEqualTo("baking at 10%"));
        assertThat(decide(share(10), WELL, asked.plus(BAKE)))
                .isInstanceOfSatisfying(
                        Decision.Shift.class, shift -> assertThat(shift.to()).isEqualTo(share(50)));
    }

    @Test
    void a_step_that_fails_takes_all_of_it_back() {
        rollout = rollout.stepSeen(asked, "10%").stepSeen(asked, "50%");

        assertThat(decide(share(50), Verdict.fail("error share", "8.00% of 450 failed"), asked.plusSeconds(60)))
                .isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
                    assertThat(back.cause()).isEqualTo(Cause.CHECK_FAILED);
                    assertThat(back.write()).contains(Situation.BLUE);
                });
    }

    @Test
    void a_step_without_a_verdict_holds_and_then_retreats() {
        rollout = rollout.stepSeen(asked, "10%");
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
        rollout = rollout.stepSeen(asked, "10%").stepSeen(asked, "50%").stepSeen(asked, "100%");

        assertThat(decide(share(100), WELL, asked)).isEqualTo(new Decision.Advance("3 of 3 steps are on the rule"));
    }
}
