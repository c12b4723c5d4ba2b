package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.counterpart.Reads;
import dev.greenlight.counterpart.RuleHand;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every traffic router does, whatever stands behind it. */
public abstract class TrafficRouterContract extends GroundContract {

    private static final Optional<Duration> NOT_STICKY = Optional.empty();

    private TrafficRouter serving() {
        return adapters().router(ground().rule());
    }

    private TrafficRouter beforeFirstRelease() {
        return adapters().router(ground().closedRule());
    }

    private RuleHand somebody() {
        return new RuleHand(ground());
    }

    private Routing routing() {
        return serving().route().routing();
    }

    @Reads
    @Test
    void rule_tags_and_health_can_be_read() {
        Route route = serving().route();
        assertThat(route.routing()).isNotInstanceOf(Routing.Foreign.class);
        assertThat(serving().route()).isEqualTo(route);
        for (FleetName fleet : FleetName.values()) {
            assertThat(serving().targets(fleet).healthy()).isNotNegative();
        }
    }

    @Test
    void a_rule_that_answers_503_is_closed() {
        assertThat(beforeFirstRelease().route().routing()).isEqualTo(new Routing.Closed());
    }

    @Test
    void the_weights_that_were_written_are_read_back() {
        TrafficRouter router = serving();
        router.write(new Routing.Weighted(new Weights(90, 10)));
        assertThat(router.route().routing()).isEqualTo(new Routing.Weighted(new Weights(90, 10)));
    }

    @Test
    void all_traffic_can_be_moved_in_one_write() {
        TrafficRouter router = serving();
        assertThat(router.route().routing().isFull(FleetName.A)).isTrue();
        router.shift(Routing.full(FleetName.B));
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void a_closed_rule_can_be_opened() {
        TrafficRouter router = beforeFirstRelease();
        router.write(Routing.full(FleetName.A));
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void a_rule_that_forwards_can_be_closed_and_opened_again() {
        TrafficRouter router = serving();
        router.shift(new Routing.Closed());
        assertThat(router.route().routing()).isEqualTo(new Routing.Closed());
        router.write(Routing.full(FleetName.B));
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.B));
        router.write(new Routing.Closed());
        assertThat(router.route().routing()).isEqualTo(new Routing.Closed());
    }

    @Reads
    @Test
    void what_only_others_write_is_not_written() {
        TrafficRouter router = serving();
        assertThatThrownBy(() -> router.write(new Routing.Foreign("anything")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_write_switches_group_stickiness_off() {
        somebody().forwards(50, 50, Optional.of(Duration.ofHours(1)));
        assertThat(routing()).isEqualTo(new Routing.Weighted(new Weights(50, 50), Optional.of(Duration.ofHours(1))));
        serving().write(Routing.full(FleetName.A));
        assertThat(routing()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void a_share_of_users_sticks_to_its_side_for_as_long_as_it_is_told() {
        Routing fifth = new Routing.Weighted(new Weights(80, 20), Optional.of(Duration.ofDays(7)));
        serving().shift(fifth);
        assertThat(routing()).isEqualTo(fifth);
        serving().shift(Routing.full(FleetName.B));
        assertThat(routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void weights_that_scale_to_percentages_are_percentages() {
        somebody().forwards(1, 3, NOT_STICKY);
        assertThat(routing()).isEqualTo(new Routing.Weighted(new Weights(25, 75)));
        somebody().forwards(0, 999, NOT_STICKY);
        assertThat(routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void weights_that_do_not_are_not_greenlights() {
        somebody().forwards(1, 2, NOT_STICKY);
        assertThat(routing()).isEqualTo(new Routing.Foreign("weights A 1, B 2 are no whole percentages"));
    }

    @Test
    void all_weights_zero_are_not_greenlights() {
        somebody().forwards(0, 0, NOT_STICKY);
        assertThat(routing()).isEqualTo(new Routing.Foreign("all weights are zero"));
    }

    @Test
    void a_forward_to_one_of_the_fleets_alone_gives_it_everything() {
        somebody().forwardsTo(FleetName.B);
        assertThat(routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void a_rule_that_answers_something_else_by_itself_is_not_greenlights() {
        somebody().answers("200");
        assertThat(routing()).isEqualTo(new Routing.Foreign("it answers 200 by itself"));
    }

    @Reads
    @Test
    void a_rule_that_is_gone_is_a_fault_of_the_settings() {
        String gone = ground().rule().replaceAll("[0-9a-f]{16}$", "0123456789abcdef");
        TrafficRouter lost = adapters().router(gone);
        assertThatThrownBy(lost::route).extracting(e -> ((CallFailed) e).kind()).isEqualTo(CallFailed.Kind.INVALID);
    }

    @Test
    void a_rule_that_is_gone_is_neither_written_nor_tagged() {
        String rule = ground().closedRule();
        TrafficRouter lost = adapters().router(rule);
        lost.route();
        adapters().rules().delete(rule);
        assertThatThrownBy(() -> lost.write(Routing.full(FleetName.A)))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
        assertThatThrownBy(() -> lost.tag(RuleTags.NONE))
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }

    @Test
    void a_rule_without_tags_remembers_nothing() {
        assertThat(serving().route().tags()).isEqualTo(RuleTags.NONE);
    }

    @Test
    void the_rule_remembers_the_rollout_and_its_blue() {
        TrafficRouter router = serving();
        RuleTags tags = RuleTags.begin(new RolloutId("r-1"), Optional.of(FleetName.A));
        router.tag(tags);
        assertThat(router.route().tags()).isEqualTo(tags);
    }

    @Test
    void new_tags_replace_all_of_the_old() {
        TrafficRouter router = serving();
        router.tag(
                RuleTags.begin(new RolloutId("r-1"), Optional.of(FleetName.B)).nowTakenBack(Cause.DEADLINE));
        assertThat(router.route().tags().takenBack()).contains(Cause.DEADLINE);
        RuleTags next = RuleTags.begin(new RolloutId("r-2"), Optional.empty());
        router.tag(next);
        assertThat(router.route().tags()).isEqualTo(next);
        router.tag(RuleTags.NONE);
        assertThat(router.route().tags()).isEqualTo(RuleTags.NONE);
    }

    @Test
    void weights_leave_the_tags_alone_and_tags_the_weights() {
        TrafficRouter router = serving();
        RuleTags tags = RuleTags.begin(new RolloutId("r-1"), Optional.of(FleetName.A));
        router.tag(tags);
        router.write(Routing.full(FleetName.B));
        assertThat(router.route()).isEqualTo(new Route(Routing.full(FleetName.B), tags));
    }

    @Test
    void the_health_of_each_fleet_is_counted() {
        TrafficRouter router = serving();
        assertThat(router.targets(FleetName.A)).isEqualTo(new Targets(2, 0, 0, 0, 0));
        assertThat(router.targets(FleetName.B)).isEqualTo(Targets.NONE);
    }

    @Test
    void instances_that_a_fleet_has_lost_are_no_targets_of_it() {
        resize(FleetName.B, 1);
        resize(FleetName.B, 0);
        assertThat(serving().targets(FleetName.B)).isEqualTo(Targets.NONE);
    }

    private void resize(FleetName fleet, int size) {
        Fleets fleets = adapters().fleets();
        fleets.apply(
                fleet,
                new ScalingPlan(size, OptionalInt.of(size), 10, Set.of()),
                fleets.groups().get(fleet).scaling());
        ground().settle();
    }

    @Test
    void one_instances_health_is_its_own_and_only_in_its_own_fleet() {
        String instance = adapters()
                .fleets()
                .groups()
                .get(FleetName.A)
                .instances()
                .getFirst()
                .id();
        assertThat(serving().targets(FleetName.A, instance)).isEqualTo(new Targets(1, 0, 0, 0, 0));
        assertThat(serving().targets(FleetName.B, instance)).isEqualTo(Targets.NONE);
    }

    @Reads
    @Test
    void an_instance_that_is_not_registered_has_no_targets() {
        assertThat(serving().targets(FleetName.A, "i-0123456789abcdef0")).isEqualTo(Targets.NONE);
    }
}
