package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.ShadowRoute;
import dev.greenlight.domain.traffic.Weights;
import org.junit.jupiter.api.Test;

/** What every rule for copies does, whatever stands behind it. */
public abstract class ShadowRuleContract extends GroundContract {

    private ShadowRule shadow() {
        return adapters().shadow(ground().closedRule());
    }

    @Test
    void an_open_shadow_leads_to_the_fleet_that_it_was_opened_to() {
        for (FleetName fleet : FleetName.values()) {
            shadow().open(fleet);
            assertThat(shadow().route()).isEqualTo(new ShadowRoute.To(fleet));
        }
    }

    @Test
    void a_closed_shadow_leads_nowhere_and_may_be_closed_again() {
        shadow().open(FleetName.B);
        shadow().close();
        assertThat(shadow().route()).isEqualTo(new ShadowRoute.Closed());
        shadow().close();
        assertThat(shadow().route()).isEqualTo(new ShadowRoute.Closed());
    }

    @Test
    void what_somebody_else_made_of_it_is_seen() {
        assertThat(shadow().route()).as("it answers 503").isInstanceOf(ShadowRoute.Foreign.class);
        adapters().router(ground().closedRule()).write(new Routing.Weighted(new Weights(90, 10)));
        assertThat(shadow().route()).as("both fleets").isInstanceOf(ShadowRoute.Foreign.class);
        shadow().close();
        assertThat(shadow().route().isClosed()).isTrue();
    }

    @Test
    void one_that_is_gone_is_closed_and_can_be_opened_no_more() {
        String gone = ground().closedRule();
        adapters().rules().delete(gone);
        assertThat(adapters().shadow(gone).route().isClosed()).isTrue();
        adapters().shadow(gone).close();
        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> adapters().shadow(gone).open(FleetName.B))
                .extracting(CallFailed::kind)
                .isEqualTo(CallFailed.Kind.INVALID);
    }
}
