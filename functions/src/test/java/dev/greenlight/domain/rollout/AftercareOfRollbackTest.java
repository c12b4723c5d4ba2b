package dev.greenlight.domain.rollout;

import static dev.greenlight.domain.Situation.BLUE;
import static dev.greenlight.domain.Situation.DRAIN;
import static dev.greenlight.domain.Situation.GREEN;
import static dev.greenlight.domain.Situation.START;
import static dev.greenlight.domain.Situation.firstRelease;
import static dev.greenlight.domain.Situation.release;
import static dev.greenlight.domain.Situation.takenBackIn;
import static dev.greenlight.domain.rollout.CareAssertions.assertRests;
import static dev.greenlight.domain.rollout.CareAssertions.assertScales;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a rollout that was taken back still needs: rules 2, 7 and 11 of docs/rules.md. */
class AftercareOfRollbackTest {

    private static Situation drained(Situation situation) {
        return situation.after(DRAIN).strayRequests(0);
    }

    @Nested
    class After_a_rollback {

        private final Situation back = takenBackIn(Phase.VERIFYING);

        @Test
        void green_sleeps_once_it_is_drained() {
            back.sized(FleetName.B, 4);

            assertRests(back.care(), "requests on fleet B may run until");
            assertScales(drained(back).care(), FleetName.B, 0);
        }

        /** Only the rule knows what a person said while the store was silent. */
        @Test
        void a_cause_on_the_rule_that_blames_the_revision_is_written_into_a_record_that_blames_nobody() {
            RuleTags blaming =
                    RuleTags.begin(Situation.ID, Optional.of(FleetName.A)).nowTakenBack(Cause.BY_HAND);
            Situation blameless = release(Phase.VERIFYING).settledInto(r -> r.takeBack(Cause.DEADLINE, START, "late"));

            assertThat(blameless.tags(blaming).care())
                    .isEqualTo(new Care.TakenBack(Cause.BY_HAND, "the rule says that it was rolled back for it"));
            assertThat(blameless.record(Rollout::blamed).care()).isInstanceOf(Care.Rest.class);
        }

        @Test
        void green_stays_while_stray_requests_reach_it() {
            assertRests(drained(back.sized(FleetName.B, 4)).strayRequests(3).care(), "3 requests still reached");
        }

        /** Metrics come up to three minutes late: right after a drain of half a minute, none of them is of the time since. */
        @Test
        void green_stays_until_a_minute_since_the_switch_was_counted_however_short_its_drain() {
            back.sized(FleetName.B, 4);
            Instant since = back.rollout().progress().phaseSince();

            assertRests(halfAMinute(new Requests(0, 0), since.plusSeconds(29)), "requests on fleet B may run until");
            assertRests(halfAMinute(new Requests(0, 0), since.plusSeconds(31)), "has been counted yet");
            assertScales(halfAMinute(new Requests(0, 200), since.plusSeconds(31)), FleetName.B, 0);
            assertRests(halfAMinute(new Requests(1, 200), since.plusSeconds(31)), "1 requests still reached");
        }

        @Test
        void green_sleeps_although_nothing_is_counted_at_all_once_that_is_no_longer_for_lateness() {
            back.sized(FleetName.B, 4);
            Instant since = back.rollout().progress().phaseSince();

            assertRests(
                    halfAMinute(new Requests(0, 0), since.plus(Drain.SILENCE).minusMillis(1)), "counted yet");
            assertScales(halfAMinute(new Requests(0, 0), since.plus(Drain.SILENCE)), FleetName.B, 0);
        }

        private Care halfAMinute(Requests requests, Instant now) {
            return new Aftercare(new Drain(Duration.ofSeconds(30)))
                    .next(back.rollout(), back.seen().with(requests), now);
        }

        @Test
        void a_stale_writer_who_gave_green_traffic_is_undone() {
            assertThat(back.sized(FleetName.B, 4).rule(GREEN).care())
                    .isEqualTo(new Care.Undo(BLUE, "fleet B had traffic after the rollback: A 0% B 100%"));
        }

        @Test
        void but_never_towards_a_blue_that_is_worse() {
            back.sized(FleetName.B, 4).rule(GREEN).targets(FleetName.A, new Targets(0, 0, 4, 0, 0));

            assertRests(back.care(), "is worse than");
        }

        @Test
        void a_maintenance_page_is_not_undone() {
            assertRests(back.rule(new Routing.Foreign("redirect")).care(), "the rule still routes to fleet B");
        }

        @Test
        void blue_gets_back_the_settings_that_were_found() {
            Scaling pinned = release(Phase.VERIFYING).seen().fleet(FleetName.A).scaling();

            assertThat(drained(back).scaling(FleetName.A, pinned).care())
                    .isEqualTo(new Care.Scale(FleetName.A, ScalingPlan.unpinned(Situation.SERVING), "as it was found"));
        }

        @Test
        void it_is_settled_when_nothing_is_left() {
            assertThat(drained(back).care()).isInstanceOf(Care.Settle.class);
        }

        @Test
        void a_rejected_first_release_sleeps_and_is_settled() {
            Situation rejected =
                    firstRelease(Phase.VALIDATING).settledInto(r -> r.takeBack(Cause.CHECK_FAILED, START, "500"));

            assertScales(drained(rejected.sized(FleetName.A, 2)).care(), FleetName.A, 0);
            assertThat(rejected.sized(FleetName.A, 0).care()).isInstanceOf(Care.Settle.class);
        }

        @Test
        void a_first_release_stays_that_a_late_writer_gave_all_users() {
            Situation late = firstRelease(Phase.SHIFTING)
                    .settledInto(r -> r.takeBack(Cause.BY_HAND, START, "not yet"))
                    .rule(BLUE)
                    .targets(FleetName.A, new Targets(2, 0, 0, 0, 0));

            assertThat(late.care())
                    .isEqualTo(new Care.Stay("all users are on fleet A, and there is nothing better for them"));
            assertThat(late.rollout().stay(START, "so").phase()).isEqualTo(Phase.PROMOTED);
        }

        /** Two rules are written, and whoever did so died between them; nobody came in time. */
        @Test
        void a_first_release_that_only_its_audience_was_given_is_given_to_all_for_they_have_nobody() {
            Situation half = firstRelease(Phase.SHIFTING)
                    .settledInto(r -> r.takeBack(Cause.DEADLINE, START, "time is up"))
                    .rule(new Routing.Audience(FleetName.A))
                    .targets(FleetName.A, new Targets(2, 0, 0, 0, 0));

            assertThat(half.care())
                    .isEqualTo(new Care.Undo(
                            Routing.full(FleetName.A),
                            "nothing is blue, and the rules show the audience on fleet A, nobody else"));
            assertRests(
                    half.targets(FleetName.A, new Targets(0, 0, 2, 0, 0)).care(), "the rule still routes to fleet A");
        }

        @Test
        void what_a_hand_makes_of_a_rejected_first_release_is_the_hands() {
            Situation odd = firstRelease(Phase.SHIFTING)
                    .settledInto(r -> r.takeBack(Cause.BY_HAND, START, "not yet"))
                    .rule(new Routing.Weighted(Weights.share(FleetName.A, 82)))
                    .targets(FleetName.A, new Targets(2, 0, 0, 0, 0));

            assertRests(odd.care(), "the rule still routes to fleet A");
        }

        @Test
        void but_not_while_it_cannot_serve_them() {
            Situation sick = firstRelease(Phase.SHIFTING)
                    .settledInto(r -> r.takeBack(Cause.BY_HAND, START, "not yet"))
                    .rule(BLUE)
                    .targets(FleetName.A, new Targets(0, 0, 2, 0, 0));

            assertRests(sick.care(), "the rule still routes to fleet A");
        }
    }
}
