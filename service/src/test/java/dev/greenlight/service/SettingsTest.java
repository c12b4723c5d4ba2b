package dev.greenlight.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void every_term_and_check_of_a_file_is_told_by_its_variable() throws IOException {
        assertThat(Settings.of(ConfigReader.read(Project.example("everything"))))
                .containsEntry("GREENLIGHT_SERVICE", "everything")
                .containsEntry("GREENLIGHT_PREVIEW_HOST", "everything.example.com")
                .containsEntry("GREENLIGHT_STRATEGY", "canary")
                .containsEntry(
                        "GREENLIGHT_STEPS",
                        "[{\"weight\":5,\"bake\":\"PT5M\"},"
                                + "{\"weight\":25,\"bake\":\"PT10M\",\"pause\":\"PT2H\",\"otherwise\":\"go-on\"}]")
                .containsEntry("GREENLIGHT_WHILE_BLUE_WARM", "refuse")
                .containsEntry("GREENLIGHT_COOLDOWN", "PT30M")
                .containsEntry("GREENLIGHT_FIRST_SIZE", "3")
                .containsEntry("GREENLIGHT_BLUE_LIFETIME", "PT168H")
                .containsEntry("GREENLIGHT_DRAIN", "PT2M")
                .containsEntry("GREENLIGHT_BAKE", "PT10M")
                .containsEntry("GREENLIGHT_APPROVAL", "PT8H")
                .containsEntry("GREENLIGHT_ALARMS", "everything-5xx,everything-orders-stopped")
                .containsEntry(
                        "GREENLIGHT_SMOKE_TESTS",
                        "[{\"path\":\"/shop/health\",\"status\":200,\"body\":\"ok\",\"version\":\"X-App-Version\",\"budget\":\"PT3S\",\"sameAsBlue\":true}]")
                .containsEntry(
                        "GREENLIGHT_ERROR_SHARE", "{\"tolerance\":0.005,\"minimumRequests\":500,\"window\":\"PT10M\"}")
                .containsEntry(
                        "GREENLIGHT_LATENCY",
                        "{\"ratio\":1.3,\"ceilingMillis\":1500,\"minimumRequests\":500,\"window\":\"PT10M\"}");
    }

    @Test
    void what_a_file_leaves_out_is_no_variable() throws IOException {
        assertThat(Settings.of(ConfigReader.read(Project.example("smallest"))))
                .containsEntry("GREENLIGHT_STRATEGY", "blue-green")
                .doesNotContainKeys(
                        "GREENLIGHT_STEPS",
                        "GREENLIGHT_STEP_WEIGHT",
                        "GREENLIGHT_STEP_INTERVAL",
                        "GREENLIGHT_APPROVAL",
                        "GREENLIGHT_COOLDOWN",
                        "GREENLIGHT_SMOKE_TESTS",
                        "GREENLIGHT_ALARMS",
                        "GREENLIGHT_ERROR_SHARE",
                        "GREENLIGHT_LATENCY");
    }

    @Test
    void a_wildcard_is_asked_by_a_name_that_it_covers() {
        String file = """
                service: hello
                region: eu-central-1
                network: {hosts: ["*.example.com"]}
                source: {github: {repository: example/hello}}
                """;
        assertThat(Settings.of(ConfigReader.read("f", file)))
                .containsEntry("GREENLIGHT_PREVIEW_HOST", "preview.example.com");
    }
}
