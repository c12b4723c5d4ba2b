package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.world.Behaviour;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Wrong settings and calls that cannot be read: each is told in full, and nothing is touched. */
class SettingsStories {

    @Test
    void every_fault_of_the_settings_is_in_the_jobs_failure() {
        Map<String, String> settings = new HashMap<>();
        settings.put("GREENLIGHT_RULE", null);
        settings.put("GREENLIGHT_A_ASG", null);
        settings.put("GREENLIGHT_BAKE", "five minutes");
        settings.put("GREENLIGHT_STRATEGY", "canary-by-moonlight");
        settings.put("GREENLIGHT_BAEK", "PT5M");
        try (Festival festival = Festival.serving(2, settings)) {
            String execution = festival.merge("v2", Behaviour.good());

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "PrepareGreen"))
                    .contains(
                            "GREENLIGHT_RULE",
                            "GREENLIGHT_A_ASG",
                            "GREENLIGHT_BAKE",
                            "GREENLIGHT_STRATEGY",
                            "blue-green",
                            "GREENLIGHT_BAEK");
            assertThat(festival.service
                            .execution(execution)
                            .action("PrepareGreen")
                            .orElseThrow()
                            .failureType())
                    .contains("ConfigurationError");
            assertThat(festival.ruleWrites()).isZero();
        }
    }

    @Test
    void a_call_that_cannot_be_read_is_told_why_and_reaches_nothing() {
        try (Festival festival = Festival.serving(2)) {
            for (Functions function : Functions.values()) {
                int calls = festival.sandbox.calls().size();
                JsonNode broken = festival.service.call(function, "{\"rollout\":");
                JsonNode strange = festival.service.call(function, "{\"rolout\":\"x\",\"quarantine\":\"perhaps\"}");

                assertThat(broken.path("outcome").asText()).as("%s", function).isEqualTo("failed");
                assertThat(strange.path("message").asText())
                        .as("%s", function)
                        .contains("this call cannot be read", "rolout", "quarantine");
                assertThat(festival.sandbox.calls().size()).as("%s", function).isEqualTo(calls);
            }
        }
    }

    @Test
    void a_version_that_breaks_the_jobs_parameters_fails_its_job_and_touches_nothing() {
        try (Festival festival = Festival.serving(2)) {
            byte[] source = SampleBundle.zip("v2", dev.greenlight.sandbox.app.Behaviour.good());
            String execution = festival.service.merge("v2\" of the night", source);

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "PrepareGreen"))
                    .contains("this call cannot be read", "UserParameters");
            assertThat(festival.store.ledger().latest()).isEmpty();
            assertThat(festival.instances("B")).isZero();
            festival.visitors(20);
            festival.release("v3");
        }
    }
}
