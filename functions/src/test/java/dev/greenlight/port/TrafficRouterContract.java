package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every traffic router does, whatever stands behind it. Fleet A has two healthy targets, fleet B none. */
public abstract class TrafficRouterContract {

    /** A router whose rule gives fleet A everything and has no tags. */
    protected abstract TrafficRouter serving();

    /** A router whose rule answers 503 by itself. */
    protected abstract TrafficRouter beforeFirstRelease();

    @Test
    void a_rule_that_answers_503_is_closed() {
        assertThat(beforeFirstRelease().route().routing()).isEqualTo(new Routing.Closed());
    }

    @Test
    void the_weights_that_were_written_are_read_back() {
        TrafficRouter router = serving();
        router.write(new Routing.Weighted(new Weights(90, 10), false));
        assertThat(router.route().routing()).isEqualTo(new Routing.Weighted(new Weights(90, 10), false));
    }

    @Test
    void all_traffic_can_be_moved_in_one_write() {
        TrafficRouter router = serving();
        assertThat(router.route().routing().isFull(FleetName.A)).isTrue();
        router.write(Routing.full(FleetName.B));
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void a_closed_rule_can_be_opened() {
        TrafficRouter router = beforeFirstRelease();
        router.write(Routing.full(FleetName.A));
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void nothing_but_weights_is_written() {
        TrafficRouter router = serving();
        assertThatThrownBy(() -> router.write(new Routing.Closed())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> router.write(new Routing.Foreign("anything")))
                .isInstanceOf(IllegalArgumentException.class);
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
    void the_health_of_each_fleet_is_counted() {
        TrafficRouter router = serving();
        assertThat(router.targets(FleetName.A).healthy()).isEqualTo(2);
        assertThat(router.targets(FleetName.B).healthy()).isZero();
    }

    @Test
    void an_instance_that_is_not_registered_has_no_targets() {
        assertThat(serving().targets(FleetName.A, "i-0123456789abcdef0")).isEqualTo(Targets.NONE);
    }
}
