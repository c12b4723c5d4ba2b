package dev.greenlight.sandbox.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.greenlight.sandbox.Story;
import dev.greenlight.sandbox.world.HealthCheck;
import dev.greenlight.sandbox.world.TargetGroup;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.PriorityInUseException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.QueryStringKeyValuePair;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupTuple;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthStateEnum;

class SimulatedLoadBalancingTest {

    private final Story story = Story.serving(2);
    private final ElasticLoadBalancingV2Client elb = story.sandbox().elb();

    @AfterEach
    void close() {
        story.close();
    }

    @Test
    void rules_come_in_order_with_conditions_weights_and_arns_that_look_like_aws() {
        List<Rule> rules = elb.describeRules(request -> request.listenerArn(
                        story.sandbox().site().loadBalancer().listenerArn()))
                .rules();
        assertThat(rules).extracting(Rule::priority).containsExactly("10", "20", "100", "default");
        Rule production = rules.get(2);
        assertThat(production.ruleArn())
                .isEqualTo(story.sandbox().site().productionRule())
                .matches("arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:"
                        + "listener-rule/app/checkout/[0-9a-f]{16}/[0-9a-f]{16}/[0-9a-f]{16}");
        assertThat(production.conditions().get(0).hostHeaderConfig().values()).containsExactly("checkout.example.com");
        assertThat(production.actions().get(0).forwardConfig().targetGroups())
                .extracting(TargetGroupTuple::weight)
                .containsExactly(100, 0);
        assertThat(rules.get(0).conditions().get(1).httpHeaderConfig().httpHeaderName())
                .isEqualTo("X-Greenlight-Preview");
    }

    @Test
    void a_rule_is_made_at_a_free_priority_changed_in_part_and_deleted() {
        String listener = story.sandbox().site().loadBalancer().listenerArn();
        Rule made = elb.createRule(request -> request.listenerArn(listener)
                        .priority(101)
                        .conditions(host("new.example.com"))
                        .actions(production().actions())
                        .tags(Tag.builder().key("made").value("here").build()))
                .rules()
                .get(0);
        elb.modifyRule(request -> request.ruleArn(made.ruleArn()).conditions(host("other.example.com")));
        Rule changed = elb.describeRules(request -> request.ruleArns(made.ruleArn()))
                .rules()
                .get(0);
        assertThat(changed.conditions().get(0).hostHeaderConfig().values()).containsExactly("other.example.com");
        assertThat(changed.actions()).isEqualTo(production().actions());
        assertThat(elb.describeTags(request -> request.resourceArns(made.ruleArn()))
                        .tagDescriptions()
                        .get(0)
                        .tags())
                .extracting(Tag::key)
                .containsExactly("made");
        elb.deleteRule(request -> request.ruleArn(made.ruleArn()));
        assertThatThrownBy(() -> elb.describeRules(request -> request.ruleArns(made.ruleArn())))
                .isInstanceOf(RuleNotFoundException.class);
    }

    @Test
    void a_priority_belongs_to_one_rule() {
        assertThatThrownBy(() -> elb.createRule(request -> request.listenerArn(
                                story.sandbox().site().loadBalancer().listenerArn())
                        .priority(100)
                        .conditions(host("new.example.com"))
                        .actions(production().actions())))
                .isInstanceOf(PriorityInUseException.class);
    }

    private static RuleCondition host(String name) {
        return RuleCondition.builder()
                .field("host-header")
                .hostHeaderConfig(config -> config.values(name))
                .build();
    }

    private void with(RuleCondition... conditions) {
        elb.createRule(request -> request.listenerArn(
                        story.sandbox().site().loadBalancer().listenerArn())
                .priority(101)
                .conditions(conditions)
                .actions(production().actions()));
    }

    private static RuleCondition header(String name, String... values) {
        return RuleCondition.builder()
                .field("http-header")
                .httpHeaderConfig(config -> config.httpHeaderName(name).values(values))
                .build();
    }

    private static RuleCondition addresses(String... blocks) {
        return RuleCondition.builder()
                .field("source-ip")
                .sourceIpConfig(config -> config.values(blocks))
                .build();
    }

    @Test
    void conditions_by_query_and_address_are_read_as_they_were_written() {
        RuleCondition query = RuleCondition.builder()
                .field("query-string")
                .queryStringConfig(config -> config.values(
                        QueryStringKeyValuePair.builder()
                                .key("beta")
                                .value("yes")
                                .build(),
                        QueryStringKeyValuePair.builder().value("on").build()))
                .build();
        with(host("new.example.com"), query, addresses("198.51.100.0/24", "2001:db8::/32"));
        Rule made = elb
                .describeRules(request -> request.listenerArn(
                        story.sandbox().site().loadBalancer().listenerArn()))
                .rules()
                .stream()
                .filter(rule -> rule.priority().equals("101"))
                .findFirst()
                .orElseThrow();
        assertThat(made.conditions()).contains(query, addresses("198.51.100.0/24", "2001:db8::/32"));
    }

    /** "Condition types for listener rules" and "Quotas for your Application Load Balancers". */
    @Test
    void more_than_a_rule_takes_is_refused() {
        assertThatThrownBy(() -> with(header("X-Beta", "a", "b", "c", "d"))).hasMessageContaining("at most 3 values");
        assertThatThrownBy(() -> with(header("X-Beta", "*a*", "*b*", "*c*")))
                .hasMessageContaining("at most 5 wildcards");
        assertThatThrownBy(() -> with(header("X-Beta", "a", "b", "c"), header("X-Other", "a", "b", "c")))
                .hasMessageContaining("at most 5 condition values");
        assertThatThrownBy(() -> with(header("X-Beta", "a".repeat(129)))).hasMessageContaining("128 characters");
        assertThatThrownBy(() -> with(header("X".repeat(41), "a"))).hasMessageContaining("cannot be a condition");
        assertThatThrownBy(() -> with(header("Host", "a"))).hasMessageContaining("cannot be a condition");
        assertThatThrownBy(() -> with(addresses("255.255.255.255/32"))).hasMessageContaining("CIDR");
        assertThatThrownBy(() -> with(addresses("10.0.0.0/8"), addresses("172.16.0.0/12")))
                .hasMessageContaining("at most one condition source-ip");
    }

    @Test
    void what_is_read_can_be_written_back() {
        Rule before = production();
        elb.modifyRule(request -> request.ruleArn(before.ruleArn()).actions(before.actions()));
        assertThat(production()).isEqualTo(before);
    }

    @Test
    void a_write_replaces_the_whole_list() {
        elb.modifyRule(request ->
                request.ruleArn(story.sandbox().site().productionRule()).actions(forward(new int[] {7}, false, null)));
        assertThat(production().actions().get(0).forwardConfig().targetGroups()).hasSize(1);
        assertThat(production().actions().get(0).targetGroupArn())
                .isEqualTo(story.a().targetGroupArn());
    }

    @Test
    void weights_beyond_999_are_refused_and_change_nothing() {
        Rule before = production();
        for (int weight : new int[] {-1, 1000}) {
            assertRefused("ValidationError", () -> modify(forward(new int[] {1, weight}, false, null)));
        }
        assertThat(production()).isEqualTo(before);
    }

    @Test
    void group_stickiness_needs_a_duration_of_1_second_to_7_days() {
        modify(forward(new int[] {1, 1}, true, 604_800));
        assertThat(production()
                        .actions()
                        .get(0)
                        .forwardConfig()
                        .targetGroupStickinessConfig()
                        .enabled())
                .isTrue();
        assertRefused("ValidationError", () -> modify(forward(new int[] {1, 1}, true, null)));
        assertRefused("ValidationError", () -> modify(forward(new int[] {1, 1}, true, 604_801)));
    }

    @Test
    void a_sticky_target_group_makes_group_stickiness_mandatory_when_it_is_weighed_against_another() {
        TargetGroup sticky =
                story.world().createTargetGroup("sticky", HealthCheck.onHealth(), Duration.ofSeconds(60), true);
        TargetGroupTuple one = TargetGroupTuple.builder()
                .targetGroupArn(sticky.arn())
                .weight(1)
                .build();
        TargetGroupTuple other = TargetGroupTuple.builder()
                .targetGroupArn(story.a().targetGroupArn())
                .weight(1)
                .build();
        Action loose = Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(config -> config.targetGroups(one, other))
                .build();
        assertRefused("ValidationError", () -> modify(loose));
        modify(Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(config -> config.targetGroups(one, other)
                        .targetGroupStickinessConfig(
                                stickiness -> stickiness.enabled(true).durationSeconds(60)))
                .build());
    }

    @Test
    void a_forward_to_more_than_five_groups_is_refused() {
        TargetGroupTuple one = TargetGroupTuple.builder()
                .targetGroupArn(story.a().targetGroupArn())
                .build();
        assertRefused(
                "ValidationError",
                () -> modify(Action.builder()
                        .type(ActionTypeEnum.FORWARD)
                        .forwardConfig(config -> config.targetGroups(one, one, one, one, one, one))
                        .build()));
    }

    @Test
    void a_fixed_response_can_be_written_in_place_of_the_weights() {
        modify(Action.builder()
                .type(ActionTypeEnum.FIXED_RESPONSE)
                .fixedResponseConfig(config -> config.statusCode("503").contentType("text/plain"))
                .build());
        story.seconds(1);
        assertThat(story.split(1)).containsOnlyKeys("503");
    }

    @Test
    void what_does_not_exist_is_refused_with_its_own_exception() {
        assertThatThrownBy(() -> elb.describeRules(request -> request.ruleArns("arn:none")))
                .isInstanceOf(RuleNotFoundException.class);
        assertThatThrownBy(() -> elb.describeTargetHealth(request -> request.targetGroupArn("arn:none")))
                .isInstanceOfSatisfying(TargetGroupNotFoundException.class, error -> {
                    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("TargetGroupNotFound");
                    assertThat(error.statusCode()).isEqualTo(400);
                });
        assertRefused("ListenerNotFound", () -> elb.describeRules(request -> request.listenerArn("arn:none")));
        assertRefused("LoadBalancerNotFound", () -> elb.describeLoadBalancers(request -> request.names("none")));
    }

    @Test
    void target_health_names_states_and_reasons_and_what_is_not_registered() {
        var answer = elb.describeTargetHealth(request -> request.targetGroupArn(
                        story.a().targetGroupArn())
                .targets(
                        TargetDescription.builder()
                                .id(story.instances(story.a()).get(0).id())
                                .build(),
                        TargetDescription.builder().id("i-unknown").build()));
        assertThat(answer.targetHealthDescriptions())
                .extracting(
                        target -> target.targetHealth().state(),
                        target -> target.targetHealth().reasonAsString())
                .containsExactly(
                        tuple(TargetHealthStateEnum.HEALTHY, null),
                        tuple(TargetHealthStateEnum.UNUSED, "Target.NotRegistered"));
    }

    @Test
    void targets_are_registered_and_deregistered_by_hand_and_dead_ones_are_refused() {
        TargetDescription target = TargetDescription.builder()
                .id(story.instances(story.a()).get(0).id())
                .build();
        elb.registerTargets(
                request -> request.targetGroupArn(story.b().targetGroupArn()).targets(target));
        assertThat(story.states(story.b())).hasSize(1);
        elb.deregisterTargets(
                request -> request.targetGroupArn(story.b().targetGroupArn()).targets(target));
        elb.deregisterTargets(request -> request.targetGroupArn(story.b().targetGroupArn())
                .targets(TargetDescription.builder().id("i-unknown").build()));
        story.seconds(60);
        assertThat(story.states(story.b())).isEmpty();
        story.world().kill(target.id());
        assertRefused(
                "InvalidTarget",
                () -> elb.registerTargets(request ->
                        request.targetGroupArn(story.b().targetGroupArn()).targets(target)));
    }

    @Test
    void tags_of_a_rule_are_added_replaced_and_removed() {
        String rule = story.sandbox().site().productionRule();
        elb.addTags(request -> request.resourceArns(rule)
                .tags(Tag.builder().key("greenlight:blue").value("a").build()));
        elb.addTags(request -> request.resourceArns(rule)
                .tags(Tag.builder().key("greenlight:blue").value("b").build()));
        assertThat(elb.describeTags(request -> request.resourceArns(rule))
                        .tagDescriptions()
                        .get(0)
                        .tags())
                .containsExactly(Tag.builder().key("greenlight:blue").value("b").build());
        elb.removeTags(request -> request.resourceArns(rule).tagKeys("greenlight:blue"));
        assertThat(elb.describeTags(request -> request.resourceArns(rule))
                        .tagDescriptions()
                        .get(0)
                        .tags())
                .isEmpty();
    }

    @Test
    void groups_attributes_listeners_and_load_balancers_are_described() {
        var site = story.sandbox().site();
        assertThat(elb.describeTargetGroups(request -> request.names("checkout-b"))
                        .targetGroups())
                .singleElement()
                .satisfies(group -> {
                    assertThat(group.targetGroupArn()).isEqualTo(site.b().targetGroupArn());
                    assertThat(group.loadBalancerArns())
                            .containsExactly(site.loadBalancer().arn());
                });
        assertThat(elb.describeTargetGroupAttributes(
                                request -> request.targetGroupArn(site.a().targetGroupArn()))
                        .attributes())
                .anySatisfy(attribute -> {
                    assertThat(attribute.key()).isEqualTo("deregistration_delay.timeout_seconds");
                    assertThat(attribute.value()).isEqualTo("60");
                });
        assertThat(elb.describeListeners(request ->
                                request.loadBalancerArn(site.loadBalancer().arn()))
                        .listeners())
                .singleElement()
                .satisfies(listener -> assertThat(listener.listenerArn())
                        .isEqualTo(site.loadBalancer().listenerArn()));
        assertThat(elb.describeLoadBalancers().loadBalancers()).hasSize(1);
    }

    private Rule production() {
        return elb.describeRules(
                        request -> request.ruleArns(story.sandbox().site().productionRule()))
                .rules()
                .get(0);
    }

    private void modify(Action action) {
        elb.modifyRule(request ->
                request.ruleArn(story.sandbox().site().productionRule()).actions(action));
    }

    private Action forward(int[] weights, boolean sticky, Integer seconds) {
        List<String> arns = List.of(story.a().targetGroupArn(), story.b().targetGroupArn());
        TargetGroupTuple[] groups = new TargetGroupTuple[weights.length];
        for (int i = 0; i < weights.length; i++) {
            groups[i] = TargetGroupTuple.builder()
                    .targetGroupArn(arns.get(i))
                    .weight(weights[i])
                    .build();
        }
        return Action.builder()
                .type(ActionTypeEnum.FORWARD)
                .forwardConfig(config -> config.targetGroups(groups)
                        .targetGroupStickinessConfig(
                                stickiness -> stickiness.enabled(sticky).durationSeconds(seconds)))
                .build();
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code));
    }
}
