package dev.greenlight.port;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.counterpart.GroundContract;
import dev.greenlight.counterpart.Reads;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What everything that knows what groups launch from does. */
public abstract class LaunchSourcesContract extends GroundContract {

    private Optional<LaunchSource> ofA() {
        return adapters().launchSources().of(ground().a().autoScalingGroup());
    }

    @Reads
    @Test
    void a_group_launches_from_a_numbered_version_of_a_template() {
        assertThat(ofA()).get().isInstanceOfSatisfying(LaunchSource.Template.class, template -> {
            assertThat(template.id()).startsWith("lt-");
            assertThat(template.isNumbered()).isTrue();
        });
    }

    @Reads
    @Test
    void it_is_what_the_fleets_say() {
        assertThat(ofA()).contains(adapters().fleets().groups().get(FleetName.A).source());
    }

    @Reads
    @Test
    void a_group_that_is_not_there_launches_from_nothing() {
        assertThat(adapters().launchSources().of("no-such-group")).isEmpty();
    }

    @Test
    void a_group_that_was_given_another_version_launches_from_that_one() {
        LaunchSource.Template first = (LaunchSource.Template) ofA().orElseThrow();
        LaunchSource.Template second = ground().revised(first);
        adapters().fleets().launchFrom(FleetName.A, second);
        assertThat(ofA()).contains(second);
    }
}
