package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What every role may do is a file of the repository: whoever widens it has to change the file too, and be seen. */
class AllowedActionsTest {

    @Test
    void the_roles_of_everything_allow_what_the_file_says() throws IOException {
        Path file = Project.testResource("allowed-actions.txt");
        String allowed = allowed(Synthesized.example("everything"));
        if (Boolean.getBoolean("greenlight.write-allowed-actions")) {
            Files.writeString(file, allowed);
        }
        assertThat(allowed)
                .as("if this is meant, run with -Dgreenlight.write-allowed-actions=true and commit the file")
                .isEqualTo(Files.readString(file));
    }

    @Test
    void what_may_be_done_everywhere_has_no_resource_type() {
        for (String example : Project.examples()) {
            for (JsonNode role : Synthesized.example(example).properties("AWS::IAM::Role")) {
                role.path("Policies")
                        .forEach(policy -> policy.path("PolicyDocument")
                                .path("Statement")
                                .forEach(statement -> {
                                    if (statement.path("Resource").asText().equals("*")) {
                                        assertThat(texts(statement.path("Action")))
                                                .allMatch(AllowedActionsTest::hasNoResourceType);
                                    }
                                    assertThat(texts(statement.path("Action"))).noneMatch(a -> a.contains("*"));
                                }));
            }
        }
    }

    /** Service Authorization Reference, read in September 2026. */
    private static boolean hasNoResourceType(String action) {
        return action.matches(String.join(
                "|",
                "elasticloadbalancing:Describe\\w+",
                "autoscaling:Describe\\w+",
                "ec2:Describe\\w+",
                "tag:GetResources",
                "cloudwatch:(GetMetricData|DescribeAlarms)",
                "codepipeline:PutJob(Success|Failure)Result",
                "codedeploy:(StopDeployment|PutLifecycleEventHookExecutionStatus)",
                "codedeploy:(BatchGet|List)DeploymentTargets",
                // Before an interface has an id there is nothing else to name: Lambda's own execution role page.
                "ec2:(Create|Delete)NetworkInterface",
                "ec2:(Una|A)ssignPrivateIpAddresses"));
    }

    private static String allowed(Synthesized made) {
        Map<String, String> roles = new TreeMap<>();
        made.resources("AWS::IAM::Role").forEach((id, role) -> {
            StringBuilder text = new StringBuilder();
            role.path("Properties")
                    .path("Policies")
                    .forEach(policy -> policy.path("PolicyDocument")
                            .path("Statement")
                            .forEach(statement -> write(statement, text)));
            // The hash behind a logical id says nothing to a reader.
            roles.put(id.substring(0, id.length() - 8), text.toString());
        });
        StringBuilder all = new StringBuilder();
        roles.forEach((id, text) -> all.append(id).append('\n').append(text).append('\n'));
        return all.toString();
    }

    private static void write(JsonNode statement, StringBuilder text) {
        text.append("  ").append(statement.path("Sid").asText()).append('\n');
        texts(statement.path("Action"))
                .forEach(a -> text.append("    ").append(a).append('\n'));
        texts(statement.path("Resource"))
                .forEach(r -> text.append("      on ").append(r).append('\n'));
        if (statement.has("Condition")) {
            text.append("      when ").append(statement.path("Condition")).append('\n');
        }
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (node.isArray()) {
            StreamSupport.stream(node.spliterator(), false).forEach(n -> texts.addAll(texts(n)));
        } else {
            texts.add(node.isTextual() ? node.asText() : plain(node));
        }
        return texts;
    }

    /** A reference in one line: what is joined stands side by side, what is referred to in braces. */
    private static String plain(JsonNode node) {
        if (node.isTextual()) {
            return node.asText();
        }
        if (node.has("Ref")) {
            return "{" + node.path("Ref").asText() + "}";
        }
        if (node.has("Fn::GetAtt")) {
            return "{" + node.path("Fn::GetAtt").get(0).asText() + "."
                    + node.path("Fn::GetAtt").get(1).asText() + "}";
        }
        if (node.has("Fn::Join") && node.path("Fn::Join").get(1).isArray()) {
            List<String> parts = new ArrayList<>();
            node.path("Fn::Join").get(1).forEach(part -> parts.add(plain(part)));
            return String.join(node.path("Fn::Join").get(0).asText(), parts);
        }
        return node.toString();
    }
}
