package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.world.Behaviour;
import org.junit.jupiter.api.Test;

/** What was taken back for what it did stays out, by its content, until a person lets it in again. */
class QuarantineStories {

    @Test
    void the_same_content_under_another_name_is_refused_and_other_content_passes() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String bad = festival.merge("v2", Behaviour.failing(1));
            festival.passUntilPipelineEnds(bad);

            byte[] sameContent = SampleBundle.zip("v2", dev.greenlight.sandbox.app.Behaviour.good());
            String again = festival.service.merge("v2-once-more", sameContent);
            festival.passUntilPipelineEnds(again);

            assertThat(festival.failure(again, "PrepareGreen"))
                    .contains("revision v2 is quarantined since", "rollout " + bad + " was taken back", "smoke");
            assertThat(festival.store.ledger().holder()).isEmpty();
            festival.release("v3");
        }
    }

    @Test
    void a_person_releases_it() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            String first = festival.merge("v2", Behaviour.failing(1));
            festival.passUntilPipelineEnds(first);
            String digest = festival.rollout(first).revision().digest();

            JsonNode answer = festival.service.call(
                    Functions.RELEASE_QUARANTINE, "{\"revision\":\"v2\",\"digest\":\"%s\"}".formatted(digest));

            assertThat(answer.path("message").asText()).isEqualTo("revision v2 may be released again");
            festival.release("v2");
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }

    @Test
    void a_person_who_mistypes_the_digest_is_told() {
        try (Festival festival = Festival.serving(2)) {
            JsonNode answer = festival.service.call(
                    Functions.RELEASE_QUARANTINE, "{\"revision\":\"v2\",\"digest\":\"sha256:typo\"}");

            assertThat(answer.path("outcome").asText()).isEqualTo("failed");
            assertThat(answer.path("message").asText()).isEqualTo("nothing is quarantined under digest sha256:typo");
        }
    }

    @Test
    void a_person_takes_back_without_blame() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");

            String said = festival.rollBack("{\"reason\":\"the headliner cancelled\",\"quarantine\":false}")
                    .path("message")
                    .asText();

            assertThat(said).contains("all traffic is back on blue").doesNotContain("quarantined");
            festival.release("v2");
        }
    }

    @Test
    void a_missing_permission_is_no_verdict_on_a_revision() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            Faults.Armed denied = festival.sandbox
                    .faults()
                    .failing(call -> call.operation().equals("CreateDeployment"), Fault.denied());
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "InstallRevision")).contains("codedeploy:CreateDeployment");
            assertThat(festival.service
                            .execution(execution)
                            .action("InstallRevision")
                            .orElseThrow()
                            .failureType())
                    .contains("PermissionError");
            festival.passUntil(execution, Phase.ROLLED_BACK);
            assertThat(festival.store.quarantine(
                            festival.rollout(execution).revision().digest()))
                    .isEmpty();

            denied.cancel();
            festival.release("v2");
        }
    }
}
