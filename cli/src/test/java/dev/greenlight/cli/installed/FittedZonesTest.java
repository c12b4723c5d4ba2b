package dev.greenlight.cli.installed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.service.ZoneConfiguration;
import org.junit.jupiter.api.Test;

/** What the file makes of a release from zone to zone, and what the functions take it for. */
class FittedZonesTest {

    @Test
    void codedeploy_waits_for_as_long_as_the_functions_take_it_to() {
        assertThat(ZoneConfiguration.GATE).isEqualTo(Rolling.GATE);
    }
}
