package dev.greenlight.cli.installed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.cloudformation.TemplateFault;
import dev.greenlight.sandbox.world.Account;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The festival's template, changed in one place: what could not run is refused by its name. */
class BlueprintTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_festivals_template_can_be_installed() {
        assertThatCode(Blueprint::festival).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lambda.RollBackHandler"  | lambda.TakeBackHandler" | function greenlight-festival-roll-back: there is no handler dev.greenlight.adapter.lambda.TakeBackHandler
            lambda.RollBackHandler"  | lambda.Hooks"           | function greenlight-festival-roll-back: there is no handler dev.greenlight.adapter.lambda.Hooks
            :\\"#{Merge.CommitId}   | :\\"#{Merge.Nonsense}  | action PrepareGreen of the pipeline: nothing before it makes the variable #{Merge.Nonsense}
            :\\"#{Build.Digest}     | :\\"#{AllowTraffic.Digest} | action PrepareGreen of the pipeline: nothing before it makes the variable #{AllowTraffic.Digest}
            "Namespace": "Merge"     | "Namespace": "Mrege"    | nothing before it makes the variable #{Merge.CommitId}
            "GREENLIGHT_BAKE"        | "GREENLIGHT_BAEK"       | GREENLIGHT_BAEK: no such setting
            "GREENLIGHT_RULE"        | "GREENLIGHT_RULES"      | GREENLIGHT_RULE: missing
            "PT5M"                   | "five minutes"          | not a duration such as PT15M: 'five minutes'
            "FunctionName": "greenlight-festival-allow-traffic" | "FunctionName": "greenlight-festival-allow-more" | there is no function greenlight-festival-allow-traffic
            :function:greenlight-festival-answer-lost-job | :function:greenlight-festival-answer-lost-jobs | there is no function greenlight-festival-answer-lost-jobs
            :function:greenlight-festival-sweep:live      | :function:greenlight-festival-sweep:life       | there is no function greenlight-festival-sweep:life
            :function:greenlight-festival-roll-back:live  | :function:greenlight-festival-roll-back:lives  | there is no function greenlight-festival-roll-back:lives
            "Name": "Revision"       | "Name": "Revisions"     | action PrepareGreen of the pipeline: nothing before it makes the artifact Revision
            "ExecutionMode": "SUPERSEDED" | "ExecutionMode": "PARALLEL" | the sandbox knows no execution mode PARALLEL
            "Provider": "Lambda"     | "Provider": "Lamdba"    | the sandbox knows no provider Lamdba
            """)
    void what_could_not_run_is_refused_by_its_name(String said, String instead, String refusal) {
        String text = Blueprint.festivalText();
        assertThat(text).as("the template still says so").contains(said);
        int at = text.indexOf(said);
        // A function's name stands in policies and on the dashboard before it stands where it is called.
        boolean first = !said.contains(":function:");
        assertRefused(
                first
                        ? text.substring(0, at) + instead + text.substring(at + said.length())
                        : text.replace(said + "\"", instead + "\""),
                refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TakingBackAlarmFiredMayCall   | Action        | lambda:GetFunction
            TakingBackAlarmFiredMayCall   | Principal     | s3.amazonaws.com
            TakingBackAlarmFiredMayCall   | SourceArn     | arn:aws:events:ap-northeast-2:123456789012:rule/another
            TakingBackAlarmFiredMayCall   | FunctionName  | greenlight-festival-roll-back
            """)
    void a_rule_that_its_function_does_not_let_in_is_refused(String id, String property, String value) {
        assertRefused(
                edited(id, permission -> permission.put(property, value)),
                "TakingBackAlarmFiredD8928894: no permission lets this rule call greenlight-festival-roll-back:live");
    }

    @Test
    void a_schedule_whose_role_does_not_let_it_call_its_function_is_refused() {
        assertRefused(
                edited("AppointmentsRole", role -> role.putArray("Policies")),
                "AppointmentsSweepD2CA45D8: its role does not let it call greenlight-festival-sweep:live");
        assertRefused(
                edited("AppointmentsSweep", schedule -> ((ObjectNode) schedule.path("Target")).remove("RoleArn")),
                "AppointmentsSweepD2CA45D8: its role does not let it call greenlight-festival-sweep:live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BeforeEntry", "OnFailure", "OnSuccess"})
    void what_a_stage_would_do_by_itself_is_refused(String condition) {
        assertRefused(
                edited(
                        "ReleasePipeline",
                        pipeline -> pipeline.path("Stages").forEach(stage -> {
                            if (stage.path("Name").asText().equals("Rollout")) {
                                ((ObjectNode) stage).putObject(condition).put("Result", "ROLLBACK");
                            }
                        })),
                "stage Rollout of the pipeline: the sandbox knows no " + condition);
    }

    /** The festival's template with other properties of the one resource whose id begins so. */
    private static String edited(String id, Consumer<ObjectNode> edit) {
        try {
            JsonNode root = JSON.readTree(Blueprint.festivalText());
            List<JsonNode> found = root.path("Resources").properties().stream()
                    .filter(resource -> resource.getKey().matches(id + "[0-9A-F]{8}"))
                    .map(Map.Entry::getValue)
                    .toList();
            assertThat(found).as(id).hasSize(1);
            edit.accept((ObjectNode) found.getFirst().path("Properties"));
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void every_fault_is_in_one_message() {
        assertThatThrownBy(() -> Blueprint.of(
                        Template.read(Blueprint.festivalText()
                                .replace("lambda.RollBackHandler", "lambda.TakeBackHandler")
                                .replace("#{Merge.CommitId}", "#{Merge.Nonsense}")
                                .replace("GREENLIGHT_BAKE", "GREENLIGHT_BAEK")
                                .replace("roll-back:live", "roll-back:lives")),
                        Account.example()))
                .isInstanceOf(TemplateFault.class)
                .hasMessageContaining("the template cannot be installed:\n  ")
                .hasMessageContaining("TakeBackHandler")
                .hasMessageContaining("#{Merge.Nonsense}")
                .hasMessageContaining("function greenlight-festival-promote: 1 setting is wrong: GREENLIGHT_BAEK")
                .hasMessageContaining("function greenlight-festival-prepare-green: 1 setting is wrong: GREENLIGHT_BAEK")
                .hasMessageContaining("greenlight-festival-roll-back:lives");
    }

    @Test
    void a_value_that_nothing_stands_behind_is_refused_with_where_it_is() {
        assertRefused(
                Blueprint.festivalText()
                        .replaceFirst(
                                "\"GREENLIGHT_TABLE\": \\{\\s*\"Ref\": \"StoreTable\\w+\"",
                                "\"GREENLIGHT_TABLE\": {\"Ref\": \"Nobody\""),
                "(AWS::Lambda::Function): Ref Nobody: no such resource or parameter");
    }

    private static void assertRefused(String text, String refusal) {
        assertThatThrownBy(() -> Blueprint.of(Template.read(text), Account.example()))
                .isInstanceOf(TemplateFault.class)
                .hasMessageContaining(refusal);
    }
}
