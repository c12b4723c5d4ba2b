package dev.greenlight.sandbox.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.lambda.Function;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.TargetGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A stack of one fleet and one thing that a function answers for. */
class SimulatedStackTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP = "fleet";

    private final SandboxClock clock = SandboxClock.ticked(Instant.parse("2026-07-03T10:00:00Z"));
    private final Sandbox sandbox = Sandbox.empty(Account.example(), clock, Setup.modelled(clock));
    private final SimulatedStack stack = new SimulatedStack(new StackSettings(
            "demo",
            Account.example(),
            clock,
            sandbox.lambda(),
            SandboxKinds.of(sandbox, "demo"),
            new Paper(Account.example(), "demo", "1"),
            Map.of()));
    private final List<JsonNode> requests = new ArrayList<>();
    private Answerer answerer = request -> answer(request, "SUCCESS", "thing-1");

    private interface Answerer {
        JsonNode answer(JsonNode request);
    }

    SimulatedStackTest() {
        sandbox.lambda().register(Function.named("owner", Duration.ofMinutes(1)), () -> new Owner());
    }

    private final class Owner implements RequestStreamHandler {
        @Override
        public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
            JsonNode request = JSON.readTree(input);
            requests.add(request);
            JsonNode answer = answerer.answer(request);
            if (!answer.isEmpty()) {
                stack.answer(URI.create(request.path("ResponseURL").asText()), JSON.writeValueAsBytes(answer));
            }
        }
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void a_request_has_the_shape_that_CloudFormation_gives_it() {
        create();

        JsonNode request = requests.getFirst();
        assertThat(request.path("RequestType").asText()).isEqualTo("Create");
        assertThat(request.path("ResponseURL").asText())
                .startsWith(
                        "https://cloudformation-custom-resource-response-apnortheast2.s3.ap-northeast-2.amazonaws.com/");
        assertThat(request.path("StackId").asText())
                .startsWith("arn:aws:cloudformation:ap-northeast-2:123456789012:stack/demo/");
        assertThat(request.path("ResourceType").asText()).isEqualTo("Custom::Thing");
        assertThat(request.path("LogicalResourceId").asText()).isEqualTo("Thing");
        assertThat(request.has("PhysicalResourceId")).isFalse();
        assertThat(request.path("ResourceProperties").path("Number").isTextual())
                .isTrue();
        assertThat(stack.made("Thing")).contains(new Made("thing-1", Map.of("Colour", "blue")));
    }

    @Test
    void an_update_asks_only_for_what_changed_and_tells_what_it_was() {
        create();
        update(template(node -> {}));
        assertThat(requests).hasSize(1);

        update(template(node -> thing(node).put("Number", 4)));

        assertThat(requests).hasSize(2);
        assertThat(requests.getLast().path("PhysicalResourceId").asText()).isEqualTo("thing-1");
        assertThat(requests.getLast()
                        .path("OldResourceProperties")
                        .path("Number")
                        .asText())
                .isEqualTo("3");
        assertThat(stack.status()).contains(StackStatus.UPDATE_COMPLETE);
    }

    @Test
    void what_changes_its_id_has_its_old_self_deleted_after_everything_else() {
        create();
        answerer = request -> answer(
                request,
                "SUCCESS",
                request.path("RequestType").asText().equals("Update")
                        ? "thing-2"
                        : request.path("PhysicalResourceId").asText());

        update(template(node -> thing(node).put("Number", 4)));

        assertThat(requests.getLast().path("RequestType").asText()).isEqualTo("Delete");
        assertThat(requests.getLast().path("PhysicalResourceId").asText()).isEqualTo("thing-1");
        assertThat(stack.made("Thing").orElseThrow().ref()).isEqualTo("thing-2");
    }

    @Test
    void an_answer_that_is_not_its_own_fails_the_resource() {
        answerer = request -> ((ObjectNode) answer(request, "SUCCESS", "thing-1")).put("RequestId", "another");
        create();
        assertThat(stack.status()).contains(StackStatus.ROLLBACK_FAILED);
        assertThat(stack.events()).anyMatch(event -> event.reason().startsWith("Invalid response"));
    }

    @Test
    void an_answer_that_is_too_long_fails_the_resource() {
        answerer = request -> request.path("RequestType").asText().equals("Create")
                ? ((ObjectNode) answer(request, "SUCCESS", "thing-1")).put("Reason", "x".repeat(4096))
                : answer(request, "SUCCESS", "thing-1");
        create();
        assertThat(stack.status()).contains(StackStatus.ROLLBACK_COMPLETE);
        assertThat(stack.events()).anyMatch(event -> event.reason().startsWith("Invalid response"));
    }

    @Test
    void no_answer_within_the_resources_own_time_out_fails_it_and_a_late_one_says_nothing() {
        List<JsonNode> late = new ArrayList<>();
        answerer = request -> {
            late.add(request);
            return request.path("RequestType").asText().equals("Create")
                    ? JSON.createObjectNode()
                    : answer(
                            request,
                            "SUCCESS",
                            request.path("PhysicalResourceId").asText());
        };
        create();
        clock.advance(Duration.ofSeconds(119));
        assertThat(stack.status()).contains(StackStatus.CREATE_IN_PROGRESS);
        clock.advance(Duration.ofSeconds(1));

        stack.answer(
                URI.create(late.getFirst().path("ResponseURL").asText()),
                answer(late.getFirst(), "SUCCESS", "thing-1").toString().getBytes(StandardCharsets.UTF_8));

        assertThat(stack.status()).contains(StackStatus.ROLLBACK_COMPLETE);
        assertThat(requests.getLast().path("RequestType").asText()).isEqualTo("Delete");
        assertThat(requests.getLast().path("PhysicalResourceId").asText()).startsWith("demo-Thing-");
        assertThat(sandbox.world().autoScalingGroups()).isEmpty();
    }

    @Test
    void sizes_that_the_template_did_not_change_stay_as_they_live() {
        create();
        sandbox.world().capacity(GROUP, new Capacity(3, 5, 20));

        update(template(node -> group(node).put("HealthCheckType", "ELB")));
        assertThat(capacity()).isEqualTo(new Capacity(3, 5, 20));

        update(template(node -> group(node).put("HealthCheckType", "ELB").put("MaxSize", "30")));
        assertThat(capacity()).isEqualTo(new Capacity(3, 5, 30));
    }

    @Test
    void without_the_update_policy_an_update_brings_the_templates_sizes_back() {
        stack.create(template(node -> ((ObjectNode) node.path("Resources").path("Group")).remove("UpdatePolicy")));
        clock.advance(Duration.ZERO);
        sandbox.world().capacity(GROUP, new Capacity(3, 5, 20));

        update(template(node -> group(node).put("HealthCheckType", "ELB")));

        assertThat(capacity()).isEqualTo(new Capacity(0, 5, 24));
    }

    @Test
    void what_the_template_no_longer_has_is_deleted_last_and_what_is_to_be_kept_is_kept() {
        create();
        update(template(node -> {
            ObjectNode resources = (ObjectNode) node.path("Resources");
            resources.remove("Thing");
        }));
        assertThat(requests.getLast().path("RequestType").asText()).isEqualTo("Delete");

        stack.delete();
        clock.advance(Duration.ofMinutes(10));
        assertThat(stack.status()).contains(StackStatus.DELETE_COMPLETE);
        assertThat(sandbox.world().launchTemplates().all()).hasSize(1);
        assertThat(sandbox.world().targetGroups()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Targets, targets, Port", "Targets, targets, VpcId", "Group, fleet, AutoScalingGroupName"})
    void what_has_a_name_of_its_own_cannot_be_replaced_under_that_name(String resource, String name, String property) {
        create();
        List<TargetGroup> before = sandbox.world().targetGroups();
        boolean renamed = property.equals("AutoScalingGroupName");

        update(template(node -> properties(node, resource).put(property, "other")));

        assertThat(stack.status())
                .contains(renamed ? StackStatus.UPDATE_COMPLETE : StackStatus.UPDATE_ROLLBACK_COMPLETE);
        assertThat(stack.events().stream().map(StackEvent::reason))
                .filteredOn(reason -> reason.equals(
                        "CloudFormation cannot update a stack when a custom-named resource requires replacing."
                                + " Rename %s and update the stack again.".formatted(name)))
                .hasSize(renamed ? 0 : 1);
        assertThat(sandbox.world().targetGroups()).isEqualTo(before);
        assertThat(sandbox.world().autoScalingGroups())
                .singleElement()
                .extracting(AutoScalingGroup::name)
                .isEqualTo(renamed ? "other" : GROUP);
    }

    @ParameterizedTest
    @CsvSource({"Delete, 1", "Retain, 2"})
    void what_is_replaced_is_removed_at_the_end_unless_its_own_policy_keeps_it(String policy, int left) {
        Edit alone = node -> {
            group(node).remove("TargetGroupARNs");
            // What is said of its deletion says nothing of its replacement.
            ((ObjectNode) node.path("Resources").path("Targets"))
                    .put("UpdateReplacePolicy", policy)
                    .put("DeletionPolicy", policy.equals("Retain") ? "Delete" : "Retain");
        };
        stack.create(template(alone));
        clock.advance(Duration.ZERO);
        String before = stack.made("Targets").orElseThrow().ref();

        update(template(node -> {
            alone.to(node);
            properties(node, "Targets").put("Name", "others").put("Port", 8081);
        }));

        assertThat(stack.status()).contains(StackStatus.UPDATE_COMPLETE);
        assertThat(stack.made("Targets").orElseThrow().ref()).isNotEqualTo(before);
        assertThat(sandbox.world().targetGroups()).hasSize(left);
        assertThat(requests.getLast().path("ResourceProperties").path("For").asText())
                .isEqualTo(stack.made("Targets").orElseThrow().ref());
    }

    @Test
    void what_a_failed_update_replaced_stands_again_and_what_it_made_is_gone() {
        Edit alone = node -> {
            group(node).remove("TargetGroupARNs");
            ((ObjectNode) node.path("Resources").path("Targets")).put("UpdateReplacePolicy", "Retain");
        };
        stack.create(template(alone));
        clock.advance(Duration.ZERO);
        Made before = stack.made("Targets").orElseThrow();
        answerer = request -> answer(request, requests.size() == 2 ? "FAILED" : "SUCCESS", "thing-1");

        update(template(node -> {
            alone.to(node);
            properties(node, "Targets").put("Name", "others");
        }));

        assertThat(stack.status()).contains(StackStatus.UPDATE_ROLLBACK_COMPLETE);
        assertThat(stack.made("Targets")).contains(before);
        assertThat(sandbox.world().targetGroups())
                .singleElement()
                .extracting(TargetGroup::arn)
                .isEqualTo(before.ref());
    }

    @Test
    void a_deletion_that_is_refused_stops_only_what_the_resource_needs() {
        create();
        answerer = request -> answer(request, "FAILED", "thing-1");

        stack.delete();
        clock.advance(Duration.ofMinutes(10));

        assertThat(stack.status()).contains(StackStatus.DELETE_FAILED);
        assertThat(stack.events()).anyMatch(event -> event.reason().equals("because"));
        assertThat(sandbox.world().targetGroups()).as("the thing needs it").hasSize(1);
        assertThat(sandbox.world().autoScalingGroups()).as("nothing needs it").isEmpty();
    }

    private void create() {
        stack.create(template(node -> {}));
        clock.advance(Duration.ZERO);
    }

    private void update(Template wanted) {
        stack.update(wanted);
        clock.advance(Duration.ZERO);
    }

    private Capacity capacity() {
        return sandbox.world().autoScalingGroup(GROUP).orElseThrow().capacity();
    }

    private static ObjectNode properties(JsonNode template, String resource) {
        return (ObjectNode) template.path("Resources").path(resource).path("Properties");
    }

    private static ObjectNode thing(JsonNode template) {
        return (ObjectNode) template.path("Resources").path("Thing").path("Properties");
    }

    private static ObjectNode group(JsonNode template) {
        return (ObjectNode) template.path("Resources").path("Group").path("Properties");
    }

    private static JsonNode answer(JsonNode request, String status, String id) {
        ObjectNode answer = JSON.createObjectNode()
                .put("Status", status)
                .put("Reason", "because")
                .put("PhysicalResourceId", id)
                .put("StackId", request.path("StackId").asText())
                .put("RequestId", request.path("RequestId").asText())
                .put("LogicalResourceId", request.path("LogicalResourceId").asText());
        answer.putObject("Data").put("Colour", "blue");
        return answer;
    }

    private interface Edit {
        void to(JsonNode template);
    }

    private static Template template(Edit edit) {
        try {
            JsonNode root = JSON.readTree("""
                    {"Resources": {
                       "Balancer": {"Type": "AWS::ElasticLoadBalancingV2::LoadBalancer"},
                       "Targets": {"Type": "AWS::ElasticLoadBalancingV2::TargetGroup",
                                   "Properties": {"Name": "targets", "Port": 8080, "HealthCheckPath": "/"}},
                       "Launch": {"Type": "AWS::EC2::LaunchTemplate", "DeletionPolicy": "Retain",
                                  "Properties": {"LaunchTemplateData": {"ImageId": "ami-1"}}},
                       "Group": {"Type": "AWS::AutoScaling::AutoScalingGroup",
                                 "UpdatePolicy": {"AutoScalingScheduledAction": {"IgnoreUnmodifiedGroupSizeProperties": true}},
                                 "Properties": {"AutoScalingGroupName": "fleet", "MinSize": "0", "MaxSize": "24",
                                    "LaunchTemplate": {"LaunchTemplateId": {"Ref": "Launch"},
                                                       "Version": {"Fn::GetAtt": ["Launch", "LatestVersionNumber"]}},
                                    "TargetGroupARNs": [{"Ref": "Targets"}]}},
                       "Thing": {"Type": "Custom::Thing",
                                 "Properties": {"ServiceToken": "owner", "ServiceTimeout": "120", "Number": 3,
                                                "For": {"Ref": "Targets"}}}}}""");
            edit.to(root);
            return Template.of(root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
