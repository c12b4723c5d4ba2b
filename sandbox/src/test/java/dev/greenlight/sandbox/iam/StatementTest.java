package dev.greenlight.sandbox.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.sandbox.world.Wildcard;
import org.junit.jupiter.api.Test;

class StatementTest {

    private static final String TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/rollouts";
    private static final String KEYS = "dynamodb:LeadingKeys";

    private static Statement statement(String fields) {
        return Statement.read(json("{\"Sid\":\"S\",\"Effect\":\"Allow\"," + fields.replace('\'', '"') + "}"));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void it_allows_its_actions_on_its_resources_and_nothing_else() {
        Statement reads = statement("'Action':['dynamodb:GetItem'],'Resource':'" + TABLE + "'");

        assertThat(reads.allows(Ask.of("dynamodb:GetItem", TABLE))).isTrue();
        assertThat(reads.allows(Ask.of("dynamodb:PutItem", TABLE))).isFalse();
        assertThat(reads.allows(Ask.of("dynamodb:GetItem", TABLE + "s"))).isFalse();
    }

    @Test
    void a_star_in_a_resource_stands_for_any_text_and_nothing_else_is_guessed() {
        Statement group = statement(
                "'Action':'autoscaling:UpdateAutoScalingGroup','Resource':'arn:autoScalingGroup:*:autoScalingGroupName/shop-a'");

        assertThat(group.allows(Ask.of(
                        "autoscaling:UpdateAutoScalingGroup", "arn:autoScalingGroup:1-2:autoScalingGroupName/shop-a")))
                .isTrue();
        assertThat(group.allows(Ask.of(
                        "autoscaling:UpdateAutoScalingGroup", "arn:autoScalingGroup:1-2:autoScalingGroupName/shop-ab")))
                .isFalse();
        assertThat(Wildcard.matches("a?c*", "abcdef")).isTrue();
        assertThat(Wildcard.matches("a?c", "ac")).isFalse();
        assertThat(Wildcard.matches("*b*d", "abcbd")).isTrue();
        assertThat(Wildcard.matches("*b*d", "abcbdx")).isFalse();
    }

    @Test
    void a_condition_on_a_key_that_the_call_does_not_bring_denies() {
        Statement passes = statement(
                "'Action':'iam:PassRole','Resource':'*','Condition':{'StringEquals':{'iam:PassedToService':'scheduler.amazonaws.com'}}");
        Ask ask = Ask.of("iam:PassRole", "arn:aws:iam::123456789012:role/r");

        assertThat(passes.allows(ask.with("iam:PassedToService", "scheduler.amazonaws.com")))
                .isTrue();
        assertThat(passes.allows(ask.with("iam:PassedToService", "ec2.amazonaws.com")))
                .isFalse();
        assertThat(passes.allows(ask)).isFalse();
    }

    @Test
    void for_all_values_denies_another_value_only() {
        Statement own = statement("'Action':'dynamodb:GetItem','Resource':'" + TABLE
                + "','Condition':{'ForAllValues:StringEquals':{'" + KEYS + "':['service#shop']}}");
        Ask ask = Ask.of("dynamodb:GetItem", TABLE);

        assertThat(own.allows(ask.with(KEYS, "service#shop"))).isTrue();
        assertThat(own.allows(ask.with(KEYS, "service#other"))).isFalse();
        assertThat(own.allows(ask)).isTrue();
    }

    @Test
    void what_it_cannot_judge_is_refused_by_name() {
        assertThatThrownBy(() -> statement("'Action':'s3:*','Resource':'*'")).hasMessageContaining("s3:*");
        assertThatThrownBy(() -> statement("'NotAction':'s3:GetObject','Resource':'*'"))
                .hasMessageContaining("NotAction");
        assertThatThrownBy(() -> statement("'Action':'s3:GetObject','Resource':'*','Condition':{'Bool':{'a':'true'}}"))
                .hasMessageContaining("Bool");
        assertThatThrownBy(() -> Statement.read(
                        json("{\"Sid\":\"D\",\"Effect\":\"Deny\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}")))
                .hasMessageContaining("Deny");
        assertThatThrownBy(() -> Role.read(json("{\"ManagedPolicyArns\":[\"arn:aws:iam::aws:policy/Admin\"]}")))
                .hasMessageContaining("policy/Admin");
    }

    @Test
    void its_parts_are_each_action_with_each_resource() {
        assertThat(statement("'Action':['s3:GetObject','s3:PutObject'],'Resource':['a','b']")
                        .parts())
                .hasSize(4);
    }
}
