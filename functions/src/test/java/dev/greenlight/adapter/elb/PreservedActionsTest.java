package dev.greenlight.adapter.elb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.RecordingPause;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** A rule may authenticate users before it forwards them; moving traffic must not switch that off. */
class PreservedActionsTest {

    private static final Action LOGIN = Action.builder()
            .type(ActionTypeEnum.AUTHENTICATE_OIDC)
            .order(1)
            .authenticateOidcConfig(c -> c.issuer("https://login.example.com").clientId("checkout"))
            .build();

    private static final Action FORWARD = Action.builder()
            .type(ActionTypeEnum.FORWARD)
            .order(2)
            .targetGroupArn("tg-a")
            .build();

    private final RuleOf rule = new RuleOf(LOGIN, FORWARD);
    private final AlbTrafficRouter router = new AlbTrafficRouter(
            rule,
            new Aws(new RecordingPause()),
            "rule",
            new Fleet(FleetName.A, "asg-a", "tg-a", "dg-a", Optional.empty()),
            new Fleet(FleetName.B, "asg-b", "tg-b", "dg-b", Optional.empty()));

    @Test
    void a_write_repeats_the_actions_before_the_last() {
        router.route();
        router.write(Routing.full(FleetName.B));
        assertThat(rule.actions).extracting(Action::type).containsExactly(LOGIN.type(), FORWARD.type());
        assertThat(rule.actions.getFirst().authenticateOidcConfig().issuer()).isEqualTo("https://login.example.com");
        assertThat(rule.actions.getLast().order()).isEqualTo(2);
    }

    @Test
    void a_login_keeps_the_secret_that_cannot_be_read_out() {
        router.write(Routing.full(FleetName.B));
        assertThat(rule.actions.getFirst().authenticateOidcConfig().useExistingClientSecret())
                .isTrue();
    }

    @Test
    void actions_are_found_in_whatever_place_they_are_answered() {
        rule.actions = List.of(FORWARD, LOGIN);
        assertThat(router.route().routing()).isEqualTo(Routing.full(FleetName.A));
    }

    @Test
    void a_redirect_is_not_greenlights() {
        rule.actions = List.of(Action.builder()
                .type(ActionTypeEnum.REDIRECT)
                .redirectConfig(r -> r.host("elsewhere.example.com"))
                .build());
        assertThat(router.route().routing()).isEqualTo(new Routing.Foreign("it ends with the action redirect"));
    }

    @Test
    void a_forward_to_a_third_group_is_not_greenlights() {
        rule.actions = List.of(FORWARD.toBuilder().targetGroupArn("tg-c").build());
        assertThat(router.route().routing()).isEqualTo(new Routing.Foreign("it forwards to the target group tg-c"));
    }

    /** A load balancer with one rule. */
    private static final class RuleOf implements ElasticLoadBalancingV2Client {
        private List<Action> actions;

        RuleOf(Action... actions) {
            this.actions = List.of(actions);
        }

        @Override
        public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
            return DescribeRulesResponse.builder()
                    .rules(Rule.builder().actions(actions).build())
                    .build();
        }

        @Override
        public DescribeTagsResponse describeTags(DescribeTagsRequest request) {
            return DescribeTagsResponse.builder().build();
        }

        @Override
        public ModifyRuleResponse modifyRule(ModifyRuleRequest request) {
            actions = new ArrayList<>(request.actions());
            return ModifyRuleResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
