package dev.greenlight.adapter.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.TrafficRouter;
import dev.greenlight.port.TrafficRouterContract;
import dev.greenlight.sandbox.fault.Fault;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlbTrafficRouterTest extends TrafficRouterContract {

    private static final Routing GREEN_IS_NEXT = new Routing.Weighted(new Weights(0, 100));

    private final SandboxFleets world = SandboxFleets.serving(2);
    private final TrafficRouter router = adapters().router(world.rule());

    @Override
    protected Ground ground() {
        return world;
    }

    @Test
    void one_write_is_one_call() {
        router.route();
        router.write(GREEN_IS_NEXT);
        assertThat(world.calls("ModifyRule")).isEqualTo(1);
        assertThat(world.calls("DescribeRules")).isEqualTo(1);
    }

    /** It stood on what was read before it: two seconds later somebody may have taken the rollout back. */
    @Test
    void a_shift_that_fails_is_not_written_again() {
        world.sandbox().faults().failing(call -> call.operation().equals("ModifyRule"), 1, Fault.unavailable());
        assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> router.shift(GREEN_IS_NEXT));
        assertThat(world.calls("ModifyRule")).isEqualTo(1);
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void tags_are_written_in_one_call() {
        router.tag(RuleTags.begin(new RolloutId("r-1"), Optional.empty()));
        assertThat(world.calls("AddTags")).isEqualTo(1);
        assertThat(world.calls("RemoveTags")).isZero();
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
}
