package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Health path and port are the target groups', and those change for both fleets when the stack is deployed: by no rollout. */
class SharedTargetsStories {

    private static final Set<String> BOTH = Set.of("/health", "/ready");

    @Test
    void another_port_is_refused_and_everything_serves_as_before() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);

            StackStatus status = deploy(festival, new EditedTemplate().port(9090));

            assertThat(status).isEqualTo(StackStatus.UPDATE_ROLLBACK_COMPLETE);
            assertThat(festival.service.stack().events().toString())
                    .contains("CloudFormation cannot update a stack when a custom-named resource requires replacing."
                            + " Rename gl-festival-a and update the stack again.");
            assertThat(festival.weights()).isEqualTo(Map.of("A", 100, "B", 0));
            festival.pass(Duration.ofMinutes(5));
            festival.release("v2");
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }

    @Test
    void a_health_path_that_the_live_revision_does_not_answer_costs_no_request_and_the_way_back() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.plane.healthPaths("v1", Set.of("/health"));

            assertThat(deploy(festival, new EditedTemplate().healthPath("/ready")))
                    .isEqualTo(StackStatus.UPDATE_COMPLETE);
            festival.pass(Duration.ofMinutes(1));
            festival.release("v2");

            JsonNode refused = festival.rollBack();
            assertThat(refused.path("outcome").asText()).isEqualTo("failed");
            assertThat(refused.path("message").asText())
                    .isEqualTo("fleet A (0 healthy, 2 unhealthy, 0 initial) is worse than"
                            + " fleet B (2 healthy, 0 unhealthy, 0 initial)");
            assertThat(festival.weights()).isEqualTo(Map.of("A", 0, "B", 100));
            // Where no target is healthy the load balancer asks them all.
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }

    /** As operations.md says it. */
    @Test
    void a_health_path_that_both_fleets_answer_already_costs_nothing() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.plane.healthPaths("v1", Set.of("/health"));
            festival.plane.healthPaths("v2", BOTH);
            festival.plane.healthPaths("v3", BOTH);
            festival.plane.healthPaths("v4", Set.of("/ready"));
            festival.release("v2");
            festival.release("v3");

            deploy(festival, new EditedTemplate().healthPath("/ready"));
            festival.pass(Duration.ofMinutes(1));
            festival.release("v4");

            assertThat(festival.rollBack().path("outcome").asText()).isEqualTo("done");
            assertThat(festival.weights()).isEqualTo(Map.of("A", 100, "B", 0));
            assertThat(festival.users("v1")).isPositive();
            for (String version : new String[] {"v1", "v2", "v3", "v4"}) {
                assertThat(festival.tally(version).failed()).as(version).isZero();
            }
        }
    }

    private static StackStatus deploy(Festival festival, EditedTemplate edited) {
        festival.service.stack().update(edited.template());
        festival.clock.advance(Duration.ZERO);
        return festival.service.stack().status().orElseThrow();
    }
}
