package dev.greenlight.domain.rollout;

import static dev.greenlight.domain.Situation.BLUE;
import static dev.greenlight.domain.Situation.DRAIN;
import static dev.greenlight.domain.Situation.PACE;
import static dev.greenlight.domain.Situation.START;
import static dev.greenlight.domain.Situation.firstRelease;
import static dev.greenlight.domain.Situation.release;
import static dev.greenlight.domain.rollout.CareAssertions.assertRests;
import static dev.greenlight.domain.rollout.CareAssertions.assertScales;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a closed rollout still needs that was not taken back: rules 2, 7 and 11 of docs/rules.md. */
class AftercareTest {

    private static Situation drained(Situation situation) {
        return situation.after(DRAIN).strayRequests(0);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            mode = Mode.EXCLUDE,
            names = {"PROMOTED", "RETIRED", "ROLLED_BACK"})
    void an_open_rollout_gets_no_aftercare(Phase phase) {
        assertThatIllegalArgumentException().isThrownBy(() -> release(phase).care());
    }

    @Nested
    class While_blue_is_warm {

        private final Situation warm = release(Phase.PROMOTED);

        @Test
        void nothing_is_to_be_done() {
            assertThat(drained(warm).care()).isEqualTo(new Care.Rest("blue is warm"));
        }

        @Test
        void blue_follows_a_load_that_grows_even_while_it_drains() {
            assertThat(warm.running(FleetName.B, 6).care()).isEqualTo(new Care.FollowLoad(6));
        }

        @Test
        void blue_is_then_scaled_to_it() {
            drained(warm).running(FleetName.B, 6).record(r -> r.keepBlueAt(6));

            assertScales(warm.care(), FleetName.A, 6);
        }

        @Test
        void blue_follows_a_load_that_shrinks() {
            assertThat(drained(warm).running(FleetName.B, 3).care()).isEqualTo(new Care.FollowLoad(3));
        }

        @Test
        void blue_follows_a_shrinking_load_by_one_slice_at_a_time() {
            drained(warm.settledInto(r -> r.keepBlueAt(50))).running(FleetName.B, 5);

            assertThat(warm.care()).isEqualTo(new Care.FollowLoad(50 - Aftercare.SLICE));
        }

        @Test
        void the_next_slice_waits_until_the_last_one_has_left() {
            drained(warm.settledInto(r -> r.keepBlueAt(40)))
                    .running(FleetName.A, 47)
                    .running(FleetName.B, 5);

            assertRests(warm.care(), "blue is warm");
        }

        @Test
        void a_hand_that_raised_blue_is_undone_slice_by_slice() {
            drained(warm).sized(FleetName.A, 30);

            assertScales(warm.care(), FleetName.A, 30 - Aftercare.SLICE);
        }

        @Test
        void of_what_a_hand_raised_the_next_slice_waits_too_until_the_last_one_has_left() {
            drained(warm).sized(FleetName.A, 30).running(FleetName.A, 40);

            assertRests(warm.care(), "10 instances of fleet A are leaving");
        }

        @Test
        void blue_never_follows_green_down_to_nothing() {
            assertThat(drained(warm).running(FleetName.B, 0).care()).isInstanceOf(Care.Rest.class);
        }

        @Test
        void blue_does_not_shrink_while_requests_may_still_run_on_it() {
            warm.after(DRAIN.minusNanos(1)).running(FleetName.B, 3);

            assertRests(warm.care(), "requests on fleet A may run until");
        }

        @Test
        void blue_does_not_shrink_while_stray_requests_reach_it() {
            drained(warm).strayRequests(2).running(FleetName.B, 3);

            assertRests(warm.care(), "2 requests still reached fleet A lately");
        }

        @Test
        void a_blue_that_grew_during_the_rollout_keeps_its_instances_while_it_drains() {
            assertRests(warm.sized(FleetName.A, 7).care(), "requests on fleet A may run until");
        }

        @Test
        void blue_does_not_shrink_while_the_rule_routes_to_it() {
            drained(warm).rule(new Routing.Weighted(new Weights(1, 99))).running(FleetName.B, 3);

            assertRests(warm.care(), "the rule still routes to fleet A");
        }

        @Test
        void a_rule_that_is_not_greenlights_may_route_anywhere() {
            drained(warm).rule(new Routing.Foreign("redirect")).running(FleetName.B, 3);

            assertRests(warm.care(), "the rule still routes to fleet A");
        }

        @Test
        void greens_pins_come_off_first() {
            warm.scaling(
                    FleetName.B,
                    new Scaling(
                            4,
                            4,
                            8,
                            release(Phase.VERIFYING)
                                    .seen()
                                    .fleet(FleetName.B)
                                    .scaling()
                                    .suspended()));

            assertThat(warm.care())
                    .isEqualTo(new Care.Scale(
                            FleetName.B,
                            ScalingPlan.unpinned(new Scaling(2, 4, 12, Situation.ASLEEP.suspended())),
                            "as its role asks"));
        }

        @Test
        void all_traffic_on_blue_is_a_rollback_whoever_wrote_it() {
            assertThat(warm.rule(BLUE).care())
                    .isEqualTo(new Care.TakenBack(Cause.SEEN_ON_RULE, "all traffic is on fleet A again"));
        }

        @Test
        void the_tag_that_a_rollback_left_while_the_store_was_silent_is_believed() {
            warm.tags(warm.seen().route().tags().nowTakenBack(Cause.BY_HAND)).rule(BLUE);

            assertThat(warm.care())
                    .isEqualTo(new Care.TakenBack(Cause.BY_HAND, "the rule says that it was rolled back"));
        }
    }

    @Nested
    class When_blues_time_is_up {

        private final Situation warm = release(Phase.PROMOTED);

        @Test
        void it_is_kept_until_the_very_instant() {
            drained(warm).at(START.plus(PACE.blueLifetime()).minusNanos(1));

            assertRests(warm.care(), "blue is warm");
        }

        @Test
        void then_it_is_retired() {
            warm.at(START.plus(PACE.blueLifetime()));

            assertThat(warm.care())
                    .isEqualTo(new Care.Retire("fleet A was kept until " + START.plus(PACE.blueLifetime())));
        }

        @Test
        void but_not_while_the_rule_routes_to_it() {
            warm.at(START.plus(PACE.blueLifetime())).rule(new Routing.Weighted(new Weights(1, 99)));

            assertRests(warm.care(), "the rule still routes to fleet A");
        }

        @Test
        void nor_while_requests_reach_it() {
            warm.at(START.plus(PACE.blueLifetime())).strayRequests(1);

            assertRests(warm.care(), "1 requests still reached fleet A");
        }

        @Test
        void nor_before_it_is_drained_although_a_person_asked() {
            warm.record(r -> r.keepWarmUntil(START, "asked"));

            assertRests(warm.care(), "requests on fleet A may run until " + START.plus(DRAIN));
            assertThat(drained(warm).care()).isInstanceOf(Care.Retire.class);
        }
    }

    @Nested
    class Once_blue_is_retired {

        private final Situation retired = release(Phase.RETIRED);

        @Test
        void it_goes_to_sleep() {
            assertScales(retired.sized(FleetName.A, 4).care(), FleetName.A, 0);
        }

        /** With the tag still there and the store silent, a rollback would have gone to a fleet that was going to sleep. */
        @Test
        void the_rule_forgets_it_before_its_first_instance_goes() {
            RuleTags named = RuleTags.begin(Situation.ID, Optional.of(FleetName.A));

            assertThat(retired.sized(FleetName.A, 4).tags(named).care())
                    .isEqualTo(new Care.ForgetBlue(named.withoutBlue()));
        }

        @Test
        void what_a_hand_left_suspended_on_the_fleet_that_serves_is_resumed_whichever_it_is() {
            Scaling suspended = new Scaling(2, 4, 12, Set.of(ScalingProcess.ALARM_NOTIFICATION));

            assertThat(retired.scaling(FleetName.B, suspended).care())
                    .isInstanceOfSatisfying(Care.Scale.class, scale -> {
                        assertThat(scale.fleet()).isEqualTo(FleetName.B);
                        assertThat(scale.reason()).isEqualTo("as it was found");
                        assertThat(scale.plan().suspended()).isEmpty();
                    });
        }

        @Test
        void a_large_fleet_goes_in_slices() {
            assertScales(retired.sized(FleetName.A, 25).care(), FleetName.A, 15);
        }

        @Test
        void the_next_slice_waits_for_the_last() {
            retired.sized(FleetName.A, 15).running(FleetName.A, 25);

            assertRests(retired.care(), "10 instances of fleet A are leaving");
        }

        /** No launch succeeded: an instance ended and another one began without end, and the fleet counted as leaving for ever. */
        @Test
        void what_launches_and_ends_without_end_is_put_to_sleep_all_the_same() {
            Instance ends = new Instance("i-1", false, false, Optional.empty());
            Instance begins = new Instance("i-2", false, true, Optional.empty());
            retired.sized(FleetName.A, 1).running(FleetName.A, List.of(ends, begins));

            assertScales(retired.care(), FleetName.A, 0);
        }

        @Test
        void the_record_stays_open_until_the_last_instance_has_left() {
            assertRests(retired.sized(FleetName.A, 0).running(FleetName.A, 3).care(), "3 instances of fleet A");
        }

        @Test
        void its_processes_come_back_as_they_were_found() {
            Scaling pinned =
                    new Scaling(0, 0, 12, java.util.EnumSet.allOf(dev.greenlight.domain.fleet.ScalingProcess.class));

            assertThat(retired.scaling(FleetName.A, pinned).care())
                    .isEqualTo(new Care.Scale(
                            FleetName.A, ScalingPlan.unpinned(Situation.SERVING.asleep()), "as it was found"));
        }

        @Test
        void the_rule_forgets_blue_last() {
            assertThat(retired.after(Aftercare.AT_WORK).care())
                    .isEqualTo(new Care.Settle(RuleTags.begin(Situation.ID, Optional.empty())));
        }

        /** What read the record while it was promoted may pin blue once more. */
        @Test
        void nothing_is_settled_while_a_call_from_before_may_be_at_work() {
            assertRests(
                    retired.after(Aftercare.AT_WORK.minusNanos(1)).care(), "a call from before may be at work until");
        }

        @Test
        void it_is_left_alone_when_the_rule_routes_to_it_again() {
            Routing some = new Routing.Weighted(Weights.share(FleetName.A, 30));

            assertRests(retired.sized(FleetName.A, 4).rule(some).care(), "the rule routes to fleet A again");
        }

        /** A rollback came between the decision and its record, and died: nothing would ever have ended this. */
        @Test
        void all_traffic_on_it_while_it_stands_is_a_rollback() {
            assertThat(retired.sized(FleetName.A, 4).rule(BLUE).care())
                    .isEqualTo(new Care.TakenBack(Cause.SEEN_ON_RULE, "all traffic is on fleet A again"));
        }

        /** Its write did not show yet where the rule lags; its mark did, and was wiped off with blue's name. */
        @Test
        void the_rules_word_that_it_was_taken_back_is_heard_while_it_stands_whatever_the_weights_show() {
            RuleTags marked = RuleTags.begin(retired.rollout().id(), Optional.of(FleetName.A))
                    .nowTakenBack(Cause.BY_HAND);

            assertThat(retired.sized(FleetName.A, 4).tags(marked).care())
                    .isEqualTo(new Care.TakenBack(Cause.BY_HAND, "the rule says that it was rolled back"));
            assertScales(retired.tags(marked.withoutBlue()).care(), FleetName.A, 0);
        }

        @Test
        void all_traffic_on_it_while_it_sleeps_is_no_rollback() {
            assertRests(
                    retired.sized(FleetName.A, 0)
                            .targets(FleetName.A, Targets.NONE)
                            .rule(BLUE)
                            .care(),
                    "the rule routes to fleet A again");
        }

        @Test
        void it_drains_again_when_a_hand_gave_it_users_in_between() {
            retired.sized(FleetName.A, 4).record(rollout -> rollout.strayed(retired.now()));

            assertRests(retired.after(Situation.DRAIN).care(), "requests on fleet A may run until");
            assertScales(retired.after(Drain.LOOKS).care(), FleetName.A, 0);
        }
    }

    @Nested
    class A_first_release {

        @Test
        void is_settled_as_soon_as_it_is_promoted_and_unpinned_and_nobody_is_at_work_any_more() {
            Situation promoted = firstRelease(Phase.PROMOTED);

            assertRests(promoted.care(), "a call from before may be at work until");
            assertThat(promoted.after(Aftercare.AT_WORK).care())
                    .isEqualTo(new Care.Settle(RuleTags.begin(Situation.ID, Optional.empty())));
        }

        @Test
        void loses_its_pins_first() {
            Situation pinned = firstRelease(Phase.PROMOTED)
                    .scaling(
                            FleetName.A,
                            firstRelease(Phase.VERIFYING)
                                    .seen()
                                    .fleet(FleetName.A)
                                    .scaling());

            assertThat(pinned.care()).isInstanceOf(Care.Scale.class);
        }
    }
}
