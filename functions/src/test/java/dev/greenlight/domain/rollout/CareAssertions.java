package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;

/** What stories of aftercare ask of its answers. */
final class CareAssertions {

    private CareAssertions() {}

    static void assertRests(Care care, String reason) {
        assertThat(care)
                .isInstanceOfSatisfying(
                        Care.Rest.class, rest -> assertThat(rest.reason()).contains(reason));
    }

    static void assertScales(Care care, FleetName fleet, int desired) {
        assertThat(care).isInstanceOfSatisfying(Care.Scale.class, scale -> {
            assertThat(scale.fleet()).isEqualTo(fleet);
            assertThat(scale.plan().desired()).hasValue(desired);
        });
    }
}
