package dev.greenlight.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.adapter.dynamodb.DynamoDbRolloutStore;
import dev.greenlight.config.Environment;
import dev.greenlight.config.Settings;
import dev.greenlight.domain.rollout.Pace;
import dev.greenlight.infra.hook.HookName;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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

class InstallationTest {

    private static final Pattern SECRET = Pattern.compile("\\{\"Ref\":\"(Preview[AB]Secret\\w+)\"}");
    private static final String ELB = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:";

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
    void every_handler_is_a_class_that_lambda_can_make(String example) {
        List<JsonNode> functions = Synthesized.example(example).properties("AWS::Lambda::Function");
        int unasked = List.of("festival", "everything").contains(example) ? 0 : 1;
        assertThat(functions).hasSize(HookName.values().length - unasked);
        for (JsonNode function : functions) {
            String handler = function.path("Handler").asText();
            assertThatCode(() -> Class.forName(handler).getConstructor())
                    .as(handler)
                    .doesNotThrowAnyException();
            assertThat(function.path("Runtime").asText()).isEqualTo("java25");
            assertThat(function.path("Architectures").get(0).asText()).isEqualTo("arm64");
            assertThat(function.has("ReservedConcurrentExecutions")).isFalse();
        }
    }

    /** Lambda puts a version with a snapshot to sleep that nobody called for 14 days, and refuses its next call. */
    @ParameterizedTest
    @MethodSource("examples")
    void only_what_is_called_every_minute_starts_from_a_snapshot(String example) {
        assertThat(Synthesized.example(example).properties("AWS::Lambda::Function").stream()
                        .filter(function -> function.has("SnapStart"))
                        .map(function -> function.path("FunctionName").asText()))
                .singleElement()
                .asString()
                .endsWith("-sweep");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_function_understands_its_own_settings(String example) {
        for (JsonNode function : Synthesized.example(example).properties("AWS::Lambda::Function")) {
            if (function.has("Environment")) {
                assertThatCode(() -> settings(function))
                        .as(function.path("FunctionName").asText())
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void settings_say_what_the_file_says() {
        JsonNode function = Synthesized.example("everything")
                .only(
                        "AWS::Lambda::Function",
                        f -> f.path("FunctionName").asText().endsWith("-sweep"));
        Settings settings = settings(function);
        assertThat(settings.service()).isEqualTo("everything");
        assertThat(settings.terms().replaceWarm()).isFalse();
        assertThat(settings.terms().firstSize()).isEqualTo(3);
        assertThat(settings.terms().alarms()).containsExactly("everything-5xx", "everything-orders-stopped");
        assertThat(settings.terms().pace().blueLifetime()).isEqualTo(Duration.ofDays(7));
        assertThat(settings.terms().pace().bake()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.terms().drain()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.terms().underTraffic()).hasSize(4);
    }

    @Test
    void no_user_comes_before_all_instances_have_warmed_up_and_validation_has_the_time_for_it() {
        Synthesized everything = Synthesized.example("everything");
        Pace pace = settings(everything.only(
                        "AWS::Lambda::Function",
                        f -> f.path("FunctionName").asText().endsWith("-before-allow-traffic")))
                .terms()
                .pace();

        assertThat(everything.properties("AWS::ElasticLoadBalancingV2::TargetGroup"))
                .allSatisfy(
                        group -> assertThat(group.path("TargetGroupAttributes").findValuesAsText("Key"))
                                .contains("slow_start.duration_seconds"));
        assertThat(pace.readSpacing().multipliedBy(pace.steadyReads() - 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(pace.validating()).isEqualTo(Duration.ofMinutes(16));
    }

    @Test
    void smoke_tests_that_the_reader_just_lets_pass_are_just_understood() throws IOException {
        Synthesized made = Synthesized.text(
                "slow",
                Files.readString(Project.example("smallest"))
                        + "checks: {smoke: [{path: /1}, {path: /2}, {path: /3}, {path: /4, budget: PT1S}]}\n");
        JsonNode function = made.only(
                "AWS::Lambda::Function", f -> f.path("FunctionName").asText().endsWith("-sweep"));
        Map<String, String> variables = variables(function);
        assertThatCode(() -> Environment.read(variables)).doesNotThrowAnyException();

        variables.compute("GREENLIGHT_SMOKE_TESTS", (name, tests) -> tests.replace("PT1S", "PT1.001S"));
        assertThatThrownBy(() -> Environment.read(variables)).hasMessageContaining("one after the other");
    }

    private static Settings settings(JsonNode function) {
        return Environment.read(variables(function));
    }

    private static Map<String, String> variables(JsonNode function) {
        Map<String, String> variables = new HashMap<>(Map.of("AWS_REGION", "eu-central-1"));
        function.path("Environment")
                .path("Variables")
                .properties()
                .forEach(v -> variables.put(
                        v.getKey(), v.getValue().isTextual() ? v.getValue().asText() : deployed(v.getKey())));
        return variables;
    }

    /** What a reference would have become. */
    private static String deployed(String variable) {
        return switch (variable) {
            case "GREENLIGHT_RULE", "GREENLIGHT_AUDIENCE_RULE", "GREENLIGHT_SHADOW_RULE" ->
                ELB + "listener-rule/app/x/1/2/3";
            case "GREENLIGHT_LOAD_BALANCER" -> ELB + "loadbalancer/app/x/1";
            case "GREENLIGHT_A_TARGET_GROUP" -> ELB + "targetgroup/x-a/1";
            case "GREENLIGHT_B_TARGET_GROUP" -> ELB + "targetgroup/x-b/2";
            case "GREENLIGHT_SCHEDULE_ROLE" -> "arn:aws:iam::123456789012:role/x";
            case "GREENLIGHT_RETIRE_FUNCTION", "GREENLIGHT_SELF" ->
                "arn:aws:lambda:eu-central-1:123456789012:function:x:live";
            case "GREENLIGHT_A_LAUNCH_VERSION", "GREENLIGHT_B_LAUNCH_VERSION" -> "7";
            case "GREENLIGHT_PREVIEW_URL" -> "https://x.elb.amazonaws.com";
            default -> variable.toLowerCase(java.util.Locale.ROOT);
        };
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

    @ParameterizedTest
    @MethodSource("examples")
    void what_dies_with_a_job_is_handed_to_a_function(String example) {
        List<JsonNode> configs = Synthesized.example(example).properties("AWS::Lambda::EventInvokeConfig");
        assertThat(configs)
                .hasSize(5)
                .allSatisfy(config -> assertThat(config.path("DestinationConfig")
                                .path("OnFailure")
                                .toString())
                        .contains("answer-lost-job"));
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
    void only_the_probing_functions_join_the_vpc_and_only_for_an_internal_load_balancer() {
        assertThat(Synthesized.example("festival").properties("AWS::Lambda::Function"))
                .noneMatch(f -> f.has("VpcConfig"));
        assertThat(Synthesized.example("everything").properties("AWS::Lambda::Function").stream()
                        .filter(f -> f.has("VpcConfig"))
                        .map(f -> f.path("FunctionName").asText()))
                .containsExactlyInAnyOrder(
                        "greenlight-everything-before-allow-traffic", "greenlight-everything-validate-instance");
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
