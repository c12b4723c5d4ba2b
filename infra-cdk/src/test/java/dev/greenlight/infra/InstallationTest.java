package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.adapter.dynamodb.DynamoDbRolloutStore;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.assertions.Template;
import software.amazon.awscdk.services.s3.CfnBucket;

/** What stands in the template of an installation: its fleets, rules, pipeline, roles and secrets. */
class InstallationTest {

    private static final Pattern SECRET = Pattern.compile("\\{\"Ref\":\"(Preview[AB]Secret\\w+)\"}");

    static Stream<String> examples() {
        return Project.examples().stream();
    }

    /** In another process, because a map's order may be another there. */
    @Test
    void the_same_file_makes_the_same_template_byte_by_byte(@TempDir Path out) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path project = Project.cdkJson().getParent();
        ProcessBuilder app = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        GreenlightApp.class.getName(),
                        project.toString(),
                        Synthesized.zip(),
                        Project.example("everything").toString())
                .redirectErrorStream(true)
                .redirectOutput(out.resolve("log.txt").toFile());
        app.environment().put("CDK_OUTDIR", out.toString());
        assertThat(app.start().waitFor())
                .as(Files.readString(out.resolve("log.txt")))
                .isZero();
        assertThat(Files.readString(out.resolve("greenlight-everything.template.json")))
                .isEqualTo(Files.readString(Synthesized.written("everything")));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void cdk_nag_finds_nothing_that_is_not_accepted_beside_its_construct(String example) {
        Synthesized.example(example).assertNothingIsFound();
    }

    @Test
    void cdk_nag_would_find_a_bucket_that_nobody_thought_about() {
        App app = new App();
        Stack stack = new Stack(app, "careless");
        CfnBucket.Builder.create(stack, "Bucket").build();
        Aspects.of(app).add(new AwsSolutionsChecks());
        Template.fromStack(stack);
        assertThatThrownBy(
                        () -> Annotations.fromStack(stack).hasNoError("*", Match.stringLikeRegexp("AwsSolutions-.*")))
                .hasMessageContaining("AwsSolutions-S1");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void a_way_back_that_starts_something_and_comes_to_nothing_is_mailed(String example) {
        boolean mailed = Synthesized.example(example).properties("AWS::CloudWatch::Alarm").stream()
                .anyMatch(alarm -> alarm.path("Dimensions").toString().contains("not restored"));
        assertThat(mailed).isEqualTo(List.of("in-place", "recreate", "rolling").contains(example));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void stack_updates_resize_nothing_and_replace_nothing(String example) {
        Map<String, JsonNode> groups = Synthesized.example(example).resources("AWS::AutoScaling::AutoScalingGroup");
        assertThat(groups).hasSize(2);
        groups.values().forEach(group -> {
            assertThat(group.path("Properties").has("DesiredCapacity")).isFalse();
            assertThat(group.path("Properties").path("MinSize").asText()).isEqualTo("0");
            assertThat(group.path("Properties").path("HealthCheckType").asText())
                    .isEqualTo("EC2");
            JsonNode policy = group.path("UpdatePolicy");
            assertThat(policy.size()).isEqualTo(1);
            assertThat(policy.path("AutoScalingScheduledAction")
                            .path("IgnoreUnmodifiedGroupSizeProperties")
                            .asBoolean())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void codedeploy_installs_and_drains_only_where_a_release_rolls(String example) {
        boolean rolls = example.equals("rolling");
        List<JsonNode> groups = Synthesized.example(example).properties("AWS::CodeDeploy::DeploymentGroup");
        assertThat(groups).hasSize(2);
        groups.forEach(group -> {
            assertThat(group.path("DeploymentStyle").path("DeploymentType").asText())
                    .isEqualTo("IN_PLACE");
            assertThat(group.path("DeploymentStyle").path("DeploymentOption").asText())
                    .isEqualTo(rolls ? "WITH_TRAFFIC_CONTROL" : "WITHOUT_TRAFFIC_CONTROL");
            assertThat(group.path("AutoRollbackConfiguration").path("Enabled").asBoolean())
                    .isFalse();
            assertThat(group.has("LoadBalancerInfo")).isEqualTo(rolls);
        });
    }

    @ParameterizedTest
    @MethodSource("examples")
    void no_secret_is_in_the_template(String example) {
        Synthesized made = Synthesized.example(example);
        assertThat(made.properties("AWS::SecretsManager::Secret"))
                .hasSize(example.equals("shadow") ? 3 : 2)
                .allSatisfy(secret -> assertThat(secret.has("SecretString")).isFalse());
        made.properties("AWS::ElasticLoadBalancingV2::ListenerRule").stream()
                // What answers copies with a secret of before asks for none.
                .filter(rule -> !rule.toString().contains("[\"*\"]"))
                .forEach(rule -> assertThat(rule.toString()).contains("{{resolve:secretsmanager:"));
    }

    @Test
    void another_number_makes_other_secrets_and_every_holder_gets_them_in_the_same_update() throws IOException {
        Synthesized before = withSecrets(1);
        Synthesized after = withSecrets(2);

        assertThat(secrets(before)).hasSize(2).doesNotContainAnyElementsOf(secrets(after));
        assertThat(secrets(after)).hasSize(2);
        // An alias goes on to the new settings only with a new version.
        assertThat(after.resources("AWS::Lambda::Version").keySet())
                .isNotEmpty()
                .doesNotContainAnyElementsOf(
                        before.resources("AWS::Lambda::Version").keySet());
    }

    private static Synthesized withSecrets(int number) throws IOException {
        return Synthesized.text(
                "secrets-" + number,
                Files.readString(Project.example("everything"))
                        .replaceFirst("previewSecrets: \\d+", "previewSecrets: " + number));
    }

    /** The logical ids of the secrets, which are those that rules and functions name. */
    private static Set<String> secrets(Synthesized made) {
        Set<String> ids = made.resources("AWS::SecretsManager::Secret").keySet();
        Set<String> named = new HashSet<>();
        for (String type : List.of("AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::Lambda::Function")) {
            made.properties(type)
                    .forEach(holder ->
                            SECRET.matcher(holder.toString()).results().forEach(found -> named.add(found.group(1))));
        }
        assertThat(named).isEqualTo(ids);
        return ids;
    }

    /** DynamoDB deletes by the attribute that the table names; by another it would never delete. */
    @Test
    void the_table_forgets_rollouts_by_the_attribute_that_the_functions_write() {
        JsonNode table = Synthesized.example("smallest")
                .properties("AWS::DynamoDB::Table")
                .getFirst();
        assertThat(table.at("/TimeToLiveSpecification/AttributeName").asText())
                .isEqualTo(DynamoDbRolloutStore.TIME_TO_LIVE);
        assertThat(table.at("/TimeToLiveSpecification/Enabled").asBoolean()).isTrue();
    }

    /** A pipeline that polls as well as listens would start twice. */
    @Test
    void a_source_in_s3_starts_the_pipeline_by_its_event_and_by_nothing_else() throws IOException {
        Synthesized made = Synthesized.text(
                "s3",
                Files.readString(Project.example("smallest"))
                        .replaceFirst("(?s)  github:.*", "  s3: {bucket: builds, key: hello/app.zip}\n"));
        JsonNode source =
                made.properties("AWS::CodePipeline::Pipeline").getFirst().at("/Stages/0/Actions/0/Configuration");
        assertThat(source.path("PollForSourceChanges").asText()).isEqualTo("false");
        JsonNode rule = made.only(
                "AWS::Events::Rule",
                r -> r.at("/EventPattern/source/0").asText().equals("aws.s3"));
        assertThat(rule.at("/EventPattern/detail-type/0").asText()).isEqualTo("Object Created");
        assertThat(rule.at("/EventPattern/detail/bucket/name/0").asText()).isEqualTo("builds");
        assertThat(rule.at("/EventPattern/detail/object/key/0").asText()).isEqualTo("hello/app.zip");
        assertThat(rule.at("/Targets/0/Arn").toString()).contains("codepipeline:", ":greenlight-hello\"");
        assertThat(rule.at("/Targets/0").has("RoleArn")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void weights_stand_in_no_listener_rule_of_the_template(String example) {
        Synthesized made = Synthesized.example(example);
        assertThat(made.properties("AWS::ElasticLoadBalancingV2::ListenerRule"))
                .hasSize(example.equals("shadow") ? 4 : 2)
                .noneMatch(rule -> rule.toString().contains("Weight"));
        assertThat(made.properties("Custom::GreenlightTrafficRule")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void no_role_has_a_managed_policy(String example) {
        assertThat(Synthesized.example(example).properties("AWS::IAM::Role"))
                .isNotEmpty()
                .noneMatch(role -> role.has("ManagedPolicyArns"));
        assertThat(Synthesized.example(example).properties("AWS::IAM::Policy")).isEmpty();
    }

    @Test
    void the_rollout_stage_calls_the_five_hooks_in_their_order() {
        assertThat(rollout("festival"))
                .containsExactly(
                        "1 PrepareGreen greenlight-festival-prepare-green {\"rollout\":\"#{codepipeline.PipelineExecutionId}\",\"revision\":\"#{Merge.CommitId}\",\"digest\":\"#{Build.Digest}\"}",
                        "2 InstallRevision greenlight-festival-install-revision {\"rollout\":\"#{codepipeline.PipelineExecutionId}\"}",
                        "3 BeforeAllowTraffic greenlight-festival-before-allow-traffic {\"rollout\":\"#{codepipeline.PipelineExecutionId}\"}",
                        "4 AllowTraffic greenlight-festival-allow-traffic {\"rollout\":\"#{codepipeline.PipelineExecutionId}\"}",
                        "5 AfterAllowTraffic greenlight-festival-after-allow-traffic {\"rollout\":\"#{codepipeline.PipelineExecutionId}\"}");
    }

    @Test
    void an_approval_stands_between_validation_and_users() {
        assertThat(rollout("everything").get(3)).startsWith("4 Approve");
        assertThat(rollout("everything").get(4)).startsWith("5 AllowTraffic");
    }

    private static List<String> rollout(String example) {
        JsonNode pipeline = Synthesized.example(example)
                .properties("AWS::CodePipeline::Pipeline")
                .getFirst();
        assertThat(pipeline.path("PipelineType").asText()).isEqualTo("V2");
        JsonNode stage = pipeline.path("Stages").get(2);
        assertThat(stage.has("OnFailure")).isFalse();
        List<String> actions = new ArrayList<>();
        stage.path("Actions")
                .forEach(action -> actions.add("%s %s %s %s"
                        .formatted(
                                action.path("RunOrder").asText(),
                                action.path("Name").asText(),
                                action.path("Configuration")
                                        .path("FunctionName")
                                        .asText(),
                                action.path("Configuration")
                                        .path("UserParameters")
                                        .asText())));
        return actions;
    }

    @Test
    void the_keyless_role_is_for_one_branch_and_two_calls() {
        JsonNode role = Synthesized.example("everything")
                .only("AWS::IAM::Role", r -> r.toString().contains("AssumeRoleWithWebIdentity"));
        assertThat(role.toString())
                .contains("repo:example/everything:ref:refs/heads/release/prod", "sts.amazonaws.com");
        List<String> actions = new ArrayList<>();
        role.path("Policies")
                .get(0)
                .path("PolicyDocument")
                .path("Statement")
                .forEach(s -> actions.add(s.path("Action").asText()));
        assertThat(actions).containsExactly("codepipeline:StartPipelineExecution", "lambda:InvokeFunction");
    }

    @Test
    void instances_read_their_revisions_and_nothing_else_unless_their_scripts_may_ask() {
        assertThat(instancesMay("smallest")).containsExactly("ReadRevisions");
        assertThat(instancesMay("everything")).containsExactly("ReadRevisions", "AskHook", "SeeOwnDeployment");
        assertThat(Synthesized.example("smallest").template().toString())
                .doesNotContain("OnInstanceHookOutput", "validate-instance", "ValidateInstance");
        assertThat(Synthesized.example("everything")
                        .template()
                        .at("/Outputs/OnInstanceHookOutput")
                        .toString())
                .contains("function:greenlight-everything-validate-instance:live\"");
    }

    private static List<String> instancesMay(String example) {
        JsonNode role = Synthesized.example(example)
                .only(
                        "AWS::IAM::Role",
                        r -> r.path("AssumeRolePolicyDocument").toString().contains("ec2.amazonaws.com"));
        List<String> sids = new ArrayList<>();
        role.path("Policies")
                .get(0)
                .path("PolicyDocument")
                .path("Statement")
                .forEach(s -> sids.add(s.path("Sid").asText()));
        return sids;
    }

    /** CloudFormation refuses to give a named target group another port; until it has, the old one must stay open. */
    @ParameterizedTest
    @MethodSource("examples")
    void a_port_is_opened_only_after_both_target_groups_took_it(String example) {
        Synthesized made = Synthesized.example(example);
        List<String> groups = new ArrayList<>();
        made.resources("AWS::ElasticLoadBalancingV2::TargetGroup").forEach((id, group) -> {
            assertThat(group.path("Properties").has("Name")).isTrue();
            groups.add(id);
        });
        List<String> waitsFor = new ArrayList<>();
        made.resources("AWS::EC2::SecurityGroup").forEach((id, group) -> {
            if (id.startsWith("FleetsMachine")) {
                group.path("DependsOn").forEach(on -> waitsFor.add(on.asText()));
            }
        });
        assertThat(groups).hasSize(2);
        assertThat(waitsFor).containsExactlyInAnyOrderElementsOf(groups);
    }

    @Test
    void nothing_that_fleets_run_expires() {
        JsonNode bucket =
                Synthesized.example("smallest").properties("AWS::S3::Bucket").getFirst();
        assertThat(bucket.toString()).doesNotContain("Expiration");
        assertThat(bucket.path("VersioningConfiguration").path("Status").asText())
                .isEqualTo("Enabled");
    }

    @Test
    void the_agent_comes_last_at_first_boot() {
        String data = Synthesized.example("festival")
                .properties("AWS::EC2::LaunchTemplate")
                .getFirst()
                .path("LaunchTemplateData")
                .path("UserData")
                .toString();
        assertThat(data.indexOf("java-21-amazon-corretto-headless"))
                .isPositive()
                .isLessThan(data.indexOf("./install auto"));
    }
}
