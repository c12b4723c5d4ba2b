package dev.greenlight.adapter.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.TrafficRouter;
import dev.greenlight.port.TrafficRouterContract;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Action.Share;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlbTrafficRouterTest extends TrafficRouterContract {

    private static final Routing GREEN_IS_NEXT = new Routing.Weighted(new Weights(0, 100), false);

    private final SandboxFleets world = SandboxFleets.serving(2);
    private final AlbTrafficRouter router = router(world);

    @Override
    protected TrafficRouter serving() {
        return router;
    }

    @Override
    protected TrafficRouter beforeFirstRelease() {
        return router(SandboxFleets.beforeFirstRelease());
    }

    private static AlbTrafficRouter router(SandboxFleets world) {
        return new AlbTrafficRouter(
                world.sandbox().elb(), world.aws(), world.site().productionRule(), world.a(), world.b());
    }

    @Test
    void one_write_is_one_call() {
        router.route();
        router.write(GREEN_IS_NEXT);
        assertThat(world.calls("ModifyRule")).isEqualTo(1);
        assertThat(world.calls("DescribeRules")).isEqualTo(1);
    }

    @Test
    void tags_are_written_in_one_call() {
        router.tag(RuleTags.begin(new RolloutId("r-1"), Optional.empty()));
        assertThat(world.calls("AddTags")).isEqualTo(1);
        assertThat(world.calls("RemoveTags")).isZero();
    }

    @Test
    void a_write_switches_group_stickiness_off() {
        writtenByHand(forward(50, 50, Optional.of(Duration.ofHours(1))));
        assertThat(router.route().routing()).isEqualTo(new Routing.Weighted(new Weights(50, 50), true));
        router.write(Routing.full(FleetName.A));
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void weights_that_scale_to_percentages_are_percentages() {
        writtenByHand(forward(1, 3, Optional.empty()));
        assertThat(router.route().routing()).isEqualTo(new Routing.Weighted(new Weights(25, 75), false));
        writtenByHand(forward(0, 999, Optional.empty()));
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void weights_that_do_not_are_not_greenlights() {
        writtenByHand(forward(1, 2, Optional.empty()));
        assertThat(router.route().routing())
                .isEqualTo(new Routing.Foreign("weights A 1, B 2 are no whole percentages"));
    }

    @Test
    void all_weights_zero_are_not_greenlights() {
        writtenByHand(forward(0, 0, Optional.empty()));
        assertThat(router.route().routing()).isEqualTo(new Routing.Foreign("all weights are zero"));
    }

    @Test
    void a_forward_to_one_of_the_fleets_alone_gives_it_everything() {
        writtenByHand(new Action.Forward(List.of(new Share(world.b().targetGroup(), 7)), Optional.empty()));
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.B));
    }

    @Test
    void a_rule_that_answers_something_else_by_itself_is_not_greenlights() {
        writtenByHand(new Action.Fixed(200, "text/plain", "maintenance"));
        assertThat(router.route().routing()).isEqualTo(new Routing.Foreign("it answers 200 by itself"));
    }

    @Test
    void a_throttled_write_is_tried_again() {
        world.sandbox()
                .faults()
                .failing(c -> c.operation().equals("ModifyRule"), 2, Fault.refused("Throttling", 400, "Rate exceeded"));
        router.write(GREEN_IS_NEXT);
        assertThat(router.route().routing()).isEqualTo(GREEN_IS_NEXT);
        assertThat(world.calls("ModifyRule")).isEqualTo(3);
    }

    @Test
    void a_write_whose_answer_was_lost_may_arrive_twice() {
        world.sandbox().faults().failing(c -> c.operation().equals("ModifyRule"), 1, Fault.lostAnswer());
        router.write(GREEN_IS_NEXT);
        assertThat(router.route().routing()).isEqualTo(GREEN_IS_NEXT);
    }

    @Test
    void a_denied_write_says_which_permission_is_missing() {
        world.sandbox().faults().failing(c -> c.operation().equals("ModifyRule"), Fault.denied());
        assertThatThrownBy(() -> router.write(GREEN_IS_NEXT))
                .isInstanceOf(CallFailed.class)
                .hasMessageStartingWith("elasticloadbalancing:ModifyRule: AccessDenied")
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.DENIED);
    }

    @Test
    void a_rule_that_is_gone_is_a_fault_of_the_settings() {
        AlbTrafficRouter lost = new AlbTrafficRouter(
                world.sandbox().elb(), world.aws(), world.site().productionRule() + "x", world.a(), world.b());
        assertThatThrownBy(lost::route).extracting(e -> ((CallFailed) e).kind()).isEqualTo(CallFailed.Kind.INVALID);
    }

    @Test
    void one_instances_health_is_its_own_and_only_in_its_own_fleet() {
        String instance = world.sandbox()
                .world()
                .instances(world.a().autoScalingGroup())
                .getFirst()
                .id();
        assertThat(router.targets(FleetName.A, instance)).isEqualTo(new Targets(1, 0, 0, 0, 0));
        assertThat(router.targets(FleetName.B, instance)).isEqualTo(Targets.NONE);
    }

    private Action forward(int a, int b, Optional<Duration> stickiness) {
        return new Action.Forward(
                List.of(
                        new Share(world.a().targetGroup(), a),
                        new Share(world.b().targetGroup(), b)),
                stickiness);
    }

    private void writtenByHand(Action action) {
        world.sandbox().world().writeAction(world.site().productionRule(), action);
    }
}
