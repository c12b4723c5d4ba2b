package dev.greenlight.adapter.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.ShadowRuleContract;
import dev.greenlight.sandbox.fault.Fault;
import org.junit.jupiter.api.Test;

class AlbShadowRuleTest extends ShadowRuleContract {

    private final SandboxFleets world = SandboxFleets.serving(2);
    private final ShadowRule shadow = adapters().shadow(world.closedRule());

    @Override
    protected Ground ground() {
        return world;
    }

    private void throttleWrites(int times) {
        world.sandbox()
                .faults()
                .failing(
                        c -> c.operation().equals("ModifyRule"),
                        times,
                        Fault.refused("Throttling", 400, "Rate exceeded"));
    }

    @Test
    void closing_is_tried_again_and_opening_is_not() {
        throttleWrites(2);
        shadow.close();
        assertThat(world.calls("ModifyRule")).isEqualTo(3);
        throttleWrites(1);
        assertThatExceptionOfType(CallFailed.class).isThrownBy(() -> shadow.open(FleetName.B));
        assertThat(shadow.route().isClosed()).isTrue();
    }

    @Test
    void an_installation_without_the_rule_copies_nothing() {
        ShadowRule none = new NoShadowRule();
        none.close();
        assertThat(none.route().isClosed()).isTrue();
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> none.open(FleetName.A))
                .withMessageContaining("GREENLIGHT_SHADOW_RULE");
    }
}
