package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WayBackTest {

    private static final Targets WELL = new Targets(4, 0, 0, 0, 0);
    private static final Targets DEAD = new Targets(0, 0, 4, 0, 0);
    private static final Routing ON_BLUE = Routing.full(FleetName.A);
    private static final Routing ON_GREEN = Routing.full(FleetName.B);

    private static WayBack back(Routing live, Targets blue, Targets green) {
        return WayBack.decide(Optional.of(FleetName.A), live, blue, green);
    }

    @Test
    void it_is_one_write_that_gives_blue_everything() {
        assertThat(back(ON_GREEN, WELL, WELL)).isEqualTo(new WayBack.Write(ON_BLUE));
    }

    @Test
    void it_overrides_what_is_not_greenlights() {
        assertThat(back(new Routing.Foreign("redirect"), WELL, WELL)).isEqualTo(new WayBack.Write(ON_BLUE));
    }

    @Test
    void it_opens_a_closed_rule_for_a_blue_that_can_serve() {
        assertThat(back(new Routing.Closed(), new Targets(1, 0, 3, 0, 0), WELL)).isEqualTo(new WayBack.Write(ON_BLUE));
        assertThat(back(new Routing.Closed(), DEAD, WELL)).isInstanceOf(WayBack.Refused.class);
    }

    @Test
    void there_is_nothing_to_write_when_blue_has_everything() {
        assertThat(back(ON_BLUE, DEAD, WELL)).isInstanceOf(WayBack.AlreadyThere.class);
    }

    @Test
    void stickiness_on_blue_is_switched_off_unless_blue_is_worse() {
        Routing sticky = new Routing.Weighted(Weights.full(FleetName.A), Optional.of(Duration.ofHours(1)));

        assertThat(back(sticky, WELL, WELL)).isEqualTo(new WayBack.Write(ON_BLUE));
        assertThat(back(sticky, DEAD, WELL)).isInstanceOf(WayBack.AlreadyThere.class);
    }

    @Test
    void it_never_moves_traffic_from_a_healthier_fleet_to_a_worse_one() {
        assertThat(back(ON_GREEN, DEAD, WELL))
                .isEqualTo(
                        new WayBack.Refused(
                                "fleet A (0 healthy, 4 unhealthy, 0 initial) is worse than fleet B (4 healthy, 0 unhealthy, 0 initial)"));
    }

    @Test
    void between_two_dead_fleets_traffic_stays_where_it_is() {
        assertThat(back(ON_GREEN, DEAD, DEAD)).isInstanceOf(WayBack.Refused.class);
    }

    @Test
    void without_a_blue_there_is_no_way_back() {
        assertThat(WayBack.decide(Optional.empty(), ON_GREEN, Targets.NONE, WELL))
                .isEqualTo(new WayBack.Refused("nothing is blue: there is no way back"));
    }

    @Test
    void without_a_blue_a_closed_rule_is_as_it_was() {
        assertThat(WayBack.decide(Optional.empty(), new Routing.Closed(), Targets.NONE, Targets.NONE))
                .isInstanceOf(WayBack.AlreadyThere.class);
    }
}
