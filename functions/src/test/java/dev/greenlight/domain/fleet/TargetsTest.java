package dev.greenlight.domain.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

    private static Targets targets(int healthy, int unhealthy) {
        return new Targets(healthy, 0, unhealthy, 0, 0);
    }

    @ParameterizedTest(name = "{0} healthy and {1} unhealthy for {2} needed: {3}")
    @CsvSource({
        "4, 0, 4, true",
        "5, 0, 4, true",
        "3, 0, 4, false",
        "4, 1, 4, false",
        "9, 1, 1, false",
        "0, 0, 0, false",
        "1, 0, 0, true"
    })
    void forward_traffic_asks_for_enough_healthy_targets_and_no_unhealthy_one(
            int healthy, int unhealthy, int needed, boolean can) {
        assertThat(targets(healthy, unhealthy).canTake(needed)).isEqualTo(can);
    }

    @ParameterizedTest(name = "{0}/{1} instead of {2}/{3} (healthy/unhealthy): {4}")
    @CsvSource({
        "4, 0, 4, 0, true",
        "1, 0, 6, 0, true",
        "3, 1, 4, 0, false",
        "3, 1, 3, 1, true",
        "1, 3, 3, 1, false",
        "1, 9, 0, 4, true",
        "0, 4, 0, 4, false",
        "0, 0, 4, 0, false",
        "1, 1, 2, 2, true",
        "2, 1, 5, 2, false"
    })
    void the_way_back_goes_to_a_fleet_with_no_larger_share_of_unhealthy_targets(
            int healthy, int unhealthy, int otherHealthy, int otherUnhealthy, boolean may) {
        assertThat(targets(healthy, unhealthy).noWorseThan(targets(otherHealthy, otherUnhealthy)))
                .isEqualTo(may);
    }

    @Test
    void targets_that_nobody_has_judged_make_no_fleet_worse() {
        assertThat(new Targets(1, 5, 0, 5, 5).noWorseThan(targets(6, 0))).isTrue();
    }

    @Test
    void large_fleets_do_not_overflow_the_comparison() {
        assertThat(targets(100_000, 1).noWorseThan(targets(1, 100_000))).isTrue();
    }
}
