package dev.greenlight.domain.rollout;

import static dev.greenlight.domain.Situation.BLUE;
import static dev.greenlight.domain.Situation.START;
import static dev.greenlight.domain.Situation.release;
import static dev.greenlight.domain.Situation.takenBackIn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What still runs on the fleet that traffic has left: rule 2 of docs/rules.md. */
class DrainTest {

    private static final Drain HALF_A_MINUTE = new Drain(Duration.ofSeconds(30));

    /** The way back is gone, so that all traffic on it is no rollback any more. */
    @Test
    void users_that_a_hand_sends_to_what_is_left_of_it_are_strays_be_it_all_of_them() {
        Situation retired = release(Phase.RETIRED);
        retired.sized(FleetName.A, 4).rule(BLUE);
        Situation warm = release(Phase.PROMOTED).rule(BLUE);

        assertThat(HALF_A_MINUTE.strays(retired.rollout(), retired.seen())).isTrue();
        assertThat(HALF_A_MINUTE.strays(warm.rollout(), warm.seen())).isFalse();
    }

    @Test
    void the_next_release_waits_for_requests_that_reach_green_but_not_for_good() {
        Situation back = takenBackIn(Phase.VERIFYING);
        Observation reached = back.sized(FleetName.B, 4).seen().with(new Requests(1, 200));
        Instant drained = HALF_A_MINUTE.drained(back.rollout());

        assertThat(HALF_A_MINUTE.notToBeTaken(back.rollout(), reached, drained).orElseThrow())
                .contains("1 requests still reached");
        assertThat(HALF_A_MINUTE.notToBeTaken(back.rollout(), reached, drained.plus(Drain.STRAGGLERS)))
                .isEmpty();
    }

    /** An instance that had died stayed, and failed one release after the other. */
    @ParameterizedTest
    @EnumSource(
            value = Cause.class,
            names = {"PLATFORM", "DEADLINE", "ORPHANED"})
    void the_next_release_waits_for_a_fresh_fleet_where_the_revision_was_not_to_blame(Cause cause) {
        Situation failed = release(Phase.INSTALLING).settledInto(r -> r.takeBack(cause, START, "an agent is silent"));
        Observation there = failed.sized(FleetName.B, 1).seen();

        assertThat(HALF_A_MINUTE.notToBeTaken(failed.rollout(), there, START))
                .contains("fleet B is put to sleep first, for the revision was not to blame: an agent is silent");
        assertThat(HALF_A_MINUTE.notToBeTaken(failed.rollout(), there, START.plus(Drain.STRAGGLERS)))
                .isEmpty();
        assertThat(HALF_A_MINUTE.notToBeTaken(
                        failed.rollout(), failed.running(FleetName.B, 0).seen(), START))
                .isEmpty();
    }

    @Test
    void the_next_release_takes_at_once_what_a_person_or_a_check_rejected() {
        for (Cause cause : List.of(Cause.BY_HAND, Cause.CHECK_FAILED, Cause.INSTALL_FAILED, Cause.STAGE_ENDED)) {
            Situation rejected = release(Phase.INSTALLING).settledInto(r -> r.takeBack(cause, START, "no"));

            assertThat(HALF_A_MINUTE.notToBeTaken(
                            rejected.rollout(), rejected.sized(FleetName.B, 1).seen(), START))
                    .as(cause.name())
                    .isEmpty();
        }
    }
}
