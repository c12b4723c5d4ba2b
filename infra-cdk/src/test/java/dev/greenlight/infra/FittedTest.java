package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigReader;
import dev.greenlight.service.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the simulator plays of a file is what CDK makes of it, wherever a rollout could tell the difference. */
class FittedTest {

    static Stream<String> examples() {
        return Project.examples().stream();
    }

    private static Config config(String example) throws IOException {
        return ConfigReader.read(Project.example(example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void it_can_be_installed(String example) throws IOException {
        Config config = config(example);
        assertThatCode(() -> Fitted.to(config)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void its_functions_are_told_the_same_of_the_file(String example) throws IOException {
        Set<String> names = Settings.everything(config(example)).keySet();
        Map<String, Map<String, String>> synthesized =
                told(Synthesized.example(example).template(), names);
        Map<String, Map<String, String>> fitted = told(Fitted.template(config(example)), names);
        // Nobody calls it where the file does not let instances ask.
        fitted.keySet().retainAll(synthesized.keySet());

        assertThat(synthesized).isNotEmpty();
        assertThat(fitted).isEqualTo(synthesized);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void its_fleets_are_the_same(String example) throws IOException {
        for (String path : List.of(
                "/HealthCheckPath",
                "/HealthCheckIntervalSeconds",
                "/HealthyThresholdCount",
                "/UnhealthyThresholdCount",
                "/Port",
                "/TargetGroupAttributes")) {
            assertSame(example, "AWS::ElasticLoadBalancingV2::TargetGroup", path);
        }
        assertSame(example, "AWS::AutoScaling::AutoScalingGroup", "/MaxSize");
        assertSame(example, "AWS::AutoScaling::AutoScalingGroup", "/AutoScalingGroupName");
        assertSame(example, "Custom::GreenlightLaunchVersion", "/Group/MaxSize");
        assertSame(example, "AWS::AutoScaling::ScalingPolicy", "/TargetTrackingConfiguration");
        assertSame(example, "AWS::CodeDeploy::DeploymentGroup", "/DeploymentGroupName");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void its_rules_ask_for_the_same_hosts(String example) throws IOException {
        assertSame(example, "Custom::GreenlightTrafficRule", "/Hosts");
        assertSame(example, "Custom::GreenlightTrafficRule", "/Service");
        assertSame(example, "AWS::ElasticLoadBalancingV2::ListenerRule", "/Conditions/1/HostHeaderConfig/Values");
    }

    /** The whole resource, under its name: roles and settings refer to that. */
    @Test
    void an_audiences_rule_is_the_same() throws IOException {
        assertThat(audience(Fitted.template(config("a-b"))))
                .isEqualTo(audience(Synthesized.example("a-b").template()));
    }

    private static Map<String, String> audience(JsonNode template) {
        Map<String, String> rules = new TreeMap<>();
        template.path("Resources").properties().forEach(resource -> {
            boolean isOne = resource.getValue().path("Type").asText().equals("Custom::GreenlightAudienceRule");
            if (isOne) {
                Map<String, String> properties = new TreeMap<>();
                resource.getValue()
                        .path("Properties")
                        .properties()
                        .forEach(property -> properties.put(
                                property.getKey(), property.getValue().toString()));
                properties.keySet().removeAll(List.of("ServiceToken", "ListenerArn"));
                rules.put(resource.getKey(), properties.toString());
            }
            resource.getValue()
                    .at("/Properties/Policies/0/PolicyDocument/Statement")
                    .forEach(statement -> {
                        if (statement.path("Sid").asText().equals("WriteAudienceRule")) {
                            rules.put(
                                    resource.getKey(), statement.path("Action") + " on " + statement.path("Resource"));
                        }
                    });
        });
        return rules;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void its_pipeline_does_the_same_in_the_same_order(String example) throws IOException {
        assertSame(example, "AWS::CodePipeline::Pipeline", "/Name");
        assertSame(example, "AWS::CodePipeline::Pipeline", "/ExecutionMode");
        assertThat(rollout(Fitted.template(config(example))))
                .isEqualTo(rollout(Synthesized.example(example).template()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void the_same_events_call_roll_back(String example) throws IOException {
        assertSame(example, "AWS::Events::Rule", "/EventPattern/detail");
    }

    /** Other settings make no other roles, but where the fleet that serves is installed on. */
    @ParameterizedTest
    @MethodSource("examples")
    void its_functions_may_ask_the_same_of_codedeploy(String example) throws IOException {
        assertThat(deploying(Fitted.template(config(example))))
                .isNotEmpty()
                .containsAllEntriesOf(deploying(Synthesized.example(example).template()));
    }

    /** What each role may do with CodeDeploy, by the name of its policy's statement. */
    private static Map<String, String> deploying(JsonNode template) {
        Map<String, String> allowed = new TreeMap<>();
        template.path("Resources")
                .properties()
                .forEach(role -> role.getValue()
                        .at("/Properties/Policies/0/PolicyDocument/Statement")
                        .forEach(statement -> {
                            if (statement.path("Action").toString().contains("codedeploy:")) {
                                allowed.put(
                                        role.getKey() + " "
                                                + statement.path("Sid").asText(),
                                        statement.path("Action").toString());
                            }
                        }));
        return allowed;
    }

    /** Of all resources of a type, whatever their order. */
    private static void assertSame(String example, String type, String path) throws IOException {
        assertThat(values(Fitted.template(config(example)), type, path))
                .as("%s of %s in %s", path, type, example)
                .isNotEmpty()
                .isEqualTo(values(Synthesized.example(example).template(), type, path));
    }

    private static List<String> values(JsonNode template, String type, String path) {
        List<String> values = new ArrayList<>();
        template.path("Resources").forEach(resource -> {
            if (resource.path("Type").asText().equals(type)) {
                values.add(resource.path("Properties").at(path).toString());
            }
        });
        return values.stream().sorted().toList();
    }

    private static Map<String, Map<String, String>> told(JsonNode template, Set<String> names) {
        Map<String, Map<String, String>> told = new TreeMap<>();
        template.path("Resources").forEach(resource -> {
            JsonNode variables = resource.at("/Properties/Environment/Variables");
            if (resource.path("Type").asText().equals("AWS::Lambda::Function") && variables.has("GREENLIGHT_SERVICE")) {
                Map<String, String> ofTheFile = new TreeMap<>();
                variables
                        .properties()
                        .forEach(e -> ofTheFile.put(e.getKey(), e.getValue().asText()));
                ofTheFile.keySet().retainAll(names);
                told.put(resource.at("/Properties/FunctionName").asText(), ofTheFile);
            }
        });
        return told;
    }

    private static Set<String> rollout(JsonNode template) {
        Set<String> actions = new TreeSet<>();
        template.path("Resources")
                .forEach(resource -> resource.at("/Properties/Stages").forEach(stage -> {
                    if (stage.path("Name").asText().equals("Rollout")) {
                        stage.path("Actions")
                                .forEach(action -> actions.add("%d %s %s %s %s"
                                        .formatted(
                                                action.path("RunOrder").asInt(),
                                                action.path("Name").asText(),
                                                action.at("/ActionTypeId/Provider")
                                                        .asText(),
                                                action.at("/Configuration/FunctionName")
                                                        .asText(),
                                                action.path("TimeoutInMinutes").asText())));
                    }
                }));
        return actions;
    }
}
