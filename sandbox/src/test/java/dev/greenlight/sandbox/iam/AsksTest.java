package dev.greenlight.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.sandbox.Story;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.autoscaling.model.DescribeAutoScalingGroupsRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.PutMetricAlarmRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;

class AsksTest {

    private static final String ACCOUNT = "ap-northeast-2:123456789012:";

    private final Story story = Story.serving(2);
    private final Asks asks = new Asks(story.world(), story.sandbox().deployments());

    @AfterEach
    void close() {
        story.close();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static TransactWriteItem.Builder part() {
        return TransactWriteItem.builder();
    }

    @Test
    void reads_without_a_resource_type_ask_for_everything() {
        assertThat(asks.of(DescribeAutoScalingGroupsRequest.builder().build()))
                .containsExactly(Ask.of("autoscaling:DescribeAutoScalingGroups", "*"));
        assertThat(asks.of(GetMetricDataRequest.builder().build()))
                .containsExactly(Ask.of("cloudwatch:GetMetricData", "*"));
    }

    @Test
    void a_group_is_asked_about_by_the_arn_with_its_id() {
        String group = story.a().autoScalingGroup();

        assertThat(asks.of(SuspendProcessesRequest.builder()
                        .autoScalingGroupName(group)
                        .build()))
                .containsExactly(
                        Ask.of("autoscaling:SuspendProcesses", story.a().autoScalingGroupArn()));
    }

    @Test
    void a_rule_brings_its_tags_along() {
        String rule = story.sandbox().site().productionRule();
        story.sandbox().elb().addTags(r -> r.resourceArns(rule).tags(tag("greenlight:service", "checkout")));

        assertThat(asks.of(ModifyRuleRequest.builder().ruleArn(rule).build()))
                .containsExactly(Ask.of("elasticloadbalancing:ModifyRule", rule)
                        .with("elasticloadbalancing:ResourceTag/greenlight:service", "checkout"));
    }

    @Test
    void a_new_rule_with_tags_asks_for_tagging_while_it_is_created() {
        String listener = story.sandbox().site().loadBalancer().listenerArn();

        assertThat(asks.of(CreateRuleRequest.builder()
                        .listenerArn(listener)
                        .tags(tag("k", "v"))
                        .build()))
                .containsExactly(
                        Ask.of("elasticloadbalancing:CreateRule", listener),
                        Ask.of("elasticloadbalancing:AddTags", NewRule.on(listener))
                                .with("elasticloadbalancing:CreateAction", "CreateRule"));
    }

    @Test
    void a_transaction_asks_for_each_of_its_parts_under_the_partition_key() {
        Map<String, AttributeValue> keys =
                Map.of("pk", AttributeValue.fromS("service#checkout"), "sk", AttributeValue.fromS("ledger"));
        String table = "arn:aws:dynamodb:" + ACCOUNT + "table/rollouts";

        assertThat(asks.of(TransactWriteItemsRequest.builder()
                        .transactItems(
                                part().conditionCheck(
                                                c -> c.tableName("rollouts").key(keys))
                                        .build(),
                                part().put(p -> p.tableName("rollouts").item(keys))
                                        .build(),
                                part().delete(d -> d.tableName("rollouts").key(keys))
                                        .build())
                        .build()))
                .containsExactly(
                        Ask.of("dynamodb:ConditionCheckItem", table).with("dynamodb:LeadingKeys", "service#checkout"),
                        Ask.of("dynamodb:PutItem", table).with("dynamodb:LeadingKeys", "service#checkout"),
                        Ask.of("dynamodb:DeleteItem", table).with("dynamodb:LeadingKeys", "service#checkout"));
    }

    @Test
    void a_schedule_passes_the_role_that_it_will_call_with() {
        String role = "arn:aws:iam::123456789012:role/appointments";

        assertThat(asks.of(CreateScheduleRequest.builder()
                        .groupName("greenlight-checkout")
                        .name("retire")
                        .target(t -> t.roleArn(role))
                        .build()))
                .containsExactly(
                        Ask.of(
                                "scheduler:CreateSchedule",
                                "arn:aws:scheduler:" + ACCOUNT + "schedule/greenlight-checkout/retire"),
                        Ask.of("iam:PassRole", role).with("iam:PassedToService", "scheduler.amazonaws.com"));
    }

    @Test
    void a_deployment_asks_for_its_group_its_configuration_and_its_revision() {
        assertThat(asks.of(CreateDeploymentRequest.builder()
                        .applicationName("checkout")
                        .deploymentGroupName("checkout-a")
                        .deploymentConfigName("CodeDeployDefault.AllAtOnce")
                        .build()))
                .containsExactly(
                        Ask.of(
                                "codedeploy:CreateDeployment",
                                "arn:aws:codedeploy:" + ACCOUNT + "deploymentgroup:checkout/checkout-a"),
                        Ask.of(
                                "codedeploy:GetDeploymentConfig",
                                "arn:aws:codedeploy:" + ACCOUNT + "deploymentconfig:CodeDeployDefault.AllAtOnce"),
                        Ask.of(
                                "codedeploy:GetApplicationRevision",
                                "arn:aws:codedeploy:" + ACCOUNT + "application:checkout"),
                        Ask.of(
                                "codedeploy:RegisterApplicationRevision",
                                "arn:aws:codedeploy:" + ACCOUNT + "application:checkout"));
    }

    @Test
    void a_deployment_is_asked_about_by_the_group_that_it_is_of() {
        String id = story.sandbox()
                .deployments()
                .listDeployments(r -> r.applicationName("checkout").deploymentGroupName("checkout-a"))
                .deployments()
                .getFirst();

        assertThat(asks.of(GetDeploymentRequest.builder().deploymentId(id).build()))
                .containsExactly(Ask.of(
                        "codedeploy:GetDeployment",
                        "arn:aws:codedeploy:" + ACCOUNT + "deploymentgroup:checkout/checkout-a"));
    }

    @Test
    void a_call_that_is_not_known_is_refused_by_name() {
        assertThatThrownBy(() -> asks.of(ScanRequest.builder().build())).hasMessageContaining("ScanRequest");
        assertThatThrownBy(() -> asks.of(PutMetricAlarmRequest.builder().build()))
                .hasMessageContaining("PutMetricAlarmRequest");
    }
}
