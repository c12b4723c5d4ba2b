package dev.greenlight.domain.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTest {

    private static final Routing STICKY =
            new Routing.Weighted(Weights.full(FleetName.A), Optional.of(Duration.ofHours(1)));
    private static final Routing FOREIGN = new Routing.Foreign("redirect");

    @ParameterizedTest
    @CsvSource({"-1, 101", "101, -1", "50, 49", "60, 60", "0, 0"})
    void weights_that_are_no_percentages_of_one_whole_are_refused(int a, int b) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Weights(a, b));
    }

    @Test
    void a_share_leaves_the_rest_to_the_other_fleet() {
        assertThat(Weights.share(FleetName.A, 10)).isEqualTo(new Weights(10, 90));
        assertThat(Weights.share(FleetName.B, 10)).isEqualTo(new Weights(90, 10));
        assertThat(Weights.full(FleetName.B).of(FleetName.A)).isZero();
    }

    /** What journals, answers and alarms say of a rule. */
    @Test
    void says_what_the_rule_does() {
        assertThat(new Routing.Closed()).hasToString("closed (503)");
        assertThat(FOREIGN).hasToString("not Greenlight's: redirect");
    }

    @Test
    void full_weight_is_full_weight_whether_clients_stick_or_not() {
        assertThat(STICKY.isFull(FleetName.A)).isTrue();
        assertThat(STICKY).isNotEqualTo(Routing.full(FleetName.A)).hasToString("A 100% B 0% (sticky)");
    }

    @Test
    void what_is_not_greenlights_may_send_everything_anywhere_but_nothing_is_known_of_it() {
        assertThat(FOREIGN.share(FleetName.A)).isEqualTo(100);
        assertThat(FOREIGN.share(FleetName.B)).isEqualTo(100);
        assertThat(FOREIGN.routesTo(FleetName.A)).isFalse();
        assertThat(FOREIGN.isFull(FleetName.A)).isFalse();
    }

    @Test
    void a_closed_rule_routes_to_nobody() {
        assertThat(new Routing.Closed().share(FleetName.A)).isZero();
        assertThat(new Routing.Closed().routesTo(FleetName.B)).isFalse();
    }

    @Test
    void one_percent_is_traffic() {
        assertThat(new Routing.Weighted(new Weights(99, 1)).routesTo(FleetName.B))
                .isTrue();
        assertThat(Routing.full(FleetName.A).routesTo(FleetName.B)).isFalse();
    }
}
