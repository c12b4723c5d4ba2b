package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What fleets are launched from, as the templates have it. */
class LaunchTemplatesTest {

    static Stream<String> examples() {
        return Project.examples().stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_group_gets_the_launch_version_that_it_has(String example) {
        Synthesized made = Synthesized.example(example);
        Map<String, JsonNode> groups = made.resources("AWS::AutoScaling::AutoScalingGroup");
        groups.forEach((id, group) -> {
            JsonNode version = group.at("/Properties/LaunchTemplate/Version/Fn::GetAtt");
            assertThat(version.path(1).asText()).isEqualTo("Version");
            JsonNode asked = made.resources("Custom::GreenlightLaunchVersion")
                    .get(version.path(0).asText());
            JsonNode properties = asked.path("Properties");
            assertThat(properties.path("AutoScalingGroupName")).isEqualTo(group.at("/Properties/AutoScalingGroupName"));
            assertThat(properties.path("LaunchTemplateId"))
                    .isEqualTo(group.at("/Properties/LaunchTemplate/LaunchTemplateId"));
            assertThat(properties.at("/LatestVersion/Fn::GetAtt/1").asText()).isEqualTo("LatestVersionNumber");
            assertThat(properties.at("/DefaultVersion/Fn::GetAtt/1").asText()).isEqualTo("DefaultVersionNumber");
            assertThat(asked.path("DependsOn").toString()).contains("LaunchVersionKeeper");
        });
    }

    /** What CloudFormation would update the group for, it has to ask for first: it keeps what it was answered long ago. */
    @ParameterizedTest
    @MethodSource("examples")
    void whatever_changes_a_group_asks_for_its_launch_version_anew(String example) {
        Synthesized made = Synthesized.example(example);
        List<JsonNode> asked = made.properties("Custom::GreenlightLaunchVersion");
        assertThat(asked).hasSize(2);
        for (JsonNode group : made.properties("AWS::AutoScaling::AutoScalingGroup")) {
            ObjectNode expected = group.deepCopy();
            expected.remove("LaunchTemplate");
            assertThat(asked.stream()
                            .map(version -> version.path("Group"))
                            .map(LaunchTemplatesTest::namedAsInTemplates))
                    .contains(namedAsInTemplates(expected));
        }
    }

    /** Of a parameter that a stack has, the CDK CLI sends the value of before: a new default would never arrive. */
    @Test
    void another_image_is_another_parameter() throws IOException {
        String smallest = Files.readString(Project.example("smallest"));
        Set<String> one = images(Synthesized.example("smallest"));
        Set<String> other = images(Synthesized.text("own-image", smallest + "fleet: {image: /shop/images/tried}\n"));
        assertThat(one).hasSize(1);
        assertThat(other).hasSize(1).doesNotContainAnyElementsOf(one);
    }

    private static Set<String> images(Synthesized made) {
        Set<String> ids = new TreeSet<>();
        made.parameters().properties().forEach(parameter -> {
            if (parameter.getValue().path("Type").asText().contains("EC2::Image")) {
                ids.add(parameter.getKey());
            }
        });
        return ids;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void prepare_green_is_told_the_newest_versions_by_the_stack_and_nobody_else_is(String example) {
        Synthesized made = Synthesized.example(example);
        Set<String> templates = made.resources("AWS::EC2::LaunchTemplate").keySet();
        Set<String> told = new TreeSet<>();
        for (JsonNode function : made.properties("AWS::Lambda::Function")) {
            JsonNode variables = function.at("/Environment/Variables");
            boolean prepares = function.path("FunctionName").asText().endsWith("-prepare-green");
            for (String fleet : List.of("A", "B")) {
                JsonNode version = variables.path("GREENLIGHT_" + fleet + "_LAUNCH_VERSION");
                assertThat(version.isMissingNode()).isEqualTo(!prepares);
                if (prepares) {
                    assertThat(version.at("/Fn::GetAtt/1").asText()).isEqualTo("LatestVersionNumber");
                    assertThat(variables.at("/GREENLIGHT_" + fleet + "_LAUNCH_TEMPLATE/Ref"))
                            .isEqualTo(version.at("/Fn::GetAtt/0"));
                    told.add(version.at("/Fn::GetAtt/0").asText());
                }
            }
        }
        assertThat(told).isEqualTo(templates).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void what_an_older_launch_version_names_outlives_its_replacement(String example) {
        Synthesized made = Synthesized.example(example);
        for (String type : List.of("AWS::IAM::Role", "AWS::IAM::InstanceProfile", "AWS::EC2::SecurityGroup")) {
            assertThat(made.resources(type).entrySet())
                    .filteredOn(resource -> resource.getKey().startsWith("FleetsMachine"))
                    .singleElement()
                    .satisfies(resource -> assertThat(resource.getValue()
                                    .path("UpdateReplacePolicy")
                                    .asText())
                            .isEqualTo("Retain"));
        }
    }

    @Test
    void subnets_that_another_account_may_share_are_named_in_any_account() {
        assertThat(launchedIn("everything"))
                .isNotEmpty()
                .allMatch(subnet -> subnet.contains(":*:subnet/subnet-0bbbbbbbbbbbbbbb"));
        assertThat(launchedIn("smallest")).isNotEmpty().noneMatch(subnet -> subnet.contains(":*:"));
    }

    /** The subnets, as they stand in all roles that may check a launch. */
    private static List<String> launchedIn(String example) {
        return Synthesized.example(example).properties("AWS::IAM::Role").stream()
                .flatMap(role -> role.findValues("Statement").stream())
                .flatMap(JsonNode::valueStream)
                .filter(statement -> statement.path("Sid").asText().equals("CheckLaunch"))
                .flatMap(statement -> statement.path("Resource").valueStream())
                .map(JsonNode::toString)
                .filter(resource -> resource.contains(":subnet/"))
                .toList();
    }

    @Test
    void tags_reach_the_groups_and_with_them_the_question_for_their_launch_version() {
        Synthesized made = Synthesized.example("everything");
        assertThat(made.properties("AWS::AutoScaling::AutoScalingGroup"))
                .allSatisfy(group -> assertThat(group.path("Tags").toString())
                        .contains(
                                "\"Key\":\"team\",\"PropagateAtLaunch\":true,\"Value\":\"shop\"",
                                "greenlight-everything-"));
        assertThat(made.properties("AWS::S3::Bucket"))
                .allSatisfy(bucket -> assertThat(bucket.path("Tags").toString()).contains("4711"));
    }

    /** The same with the keys of objects within in one spelling: CDK writes those of tags and metrics in lower case. */
    private static JsonNode namedAsInTemplates(JsonNode properties) {
        String renamed = Pattern.compile("\"([a-z])(\\w+\":)")
                .matcher(properties.toString())
                .replaceAll(key -> "\"" + key.group(1).toUpperCase(Locale.ROOT) + key.group(2));
        try {
            return new ObjectMapper().readTree(renamed);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
