package dev.greenlight.adapter.elb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.domain.traffic.Trait;
import dev.greenlight.port.CallFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeRulesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;

/** A production rule that signs users in: an audience's rule without that would let them past it. */
class SignedInAudienceTest {

    private static final String LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/x/1/2";
    private static final String PRODUCTION = LISTENER.replace(":listener/", ":listener-rule/") + "/3";

    private static final Action FORWARD = Action.builder()
            .type(ActionTypeEnum.FORWARD)
            .order(2)
            .targetGroupArn("arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/4")
            .build();

    private final List<CreateRuleRequest> created = new ArrayList<>();

    private AlbTrafficRules rules(Action first) {
        ElasticLoadBalancingV2Client elb = new ElasticLoadBalancingV2Client() {
            @Override
            public DescribeRulesResponse describeRules(DescribeRulesRequest request) {
                return DescribeRulesResponse.builder()
                        .rules(Rule.builder()
                                .ruleArn(PRODUCTION)
                                .priority("103")
                                .actions(first, FORWARD)
                                .build())
                        .build();
            }

            @Override
            public CreateRuleResponse createRule(CreateRuleRequest request) {
                created.add(request);
                return CreateRuleResponse.builder()
                        .rules(Rule.builder()
                                .ruleArn(PRODUCTION.replace("/3", "/5"))
                                .priority("102")
                                .actions(request.actions())
                                .build())
                        .build();
            }

            @Override
            public String serviceName() {
                return SERVICE_NAME;
            }

            @Override
            public void close() {
                // It holds nothing.
            }
        };
        return new AlbTrafficRules(elb, new Aws(length -> {}));
    }

    private static RuleWish wish() {
        return new RuleWish(
                "stack",
                "loyalty",
                LISTENER,
                List.of("loyalty.example.com"),
                List.of(),
                102,
                Optional.of(new RuleWish.Audience(PRODUCTION, List.of(new Trait.Header("X-App", List.of("ios"))))));
    }

    @Test
    void by_a_pool_of_users_the_audience_signs_in_as_well() {
        Action cognito = Action.builder()
                .type(ActionTypeEnum.AUTHENTICATE_COGNITO)
                .order(1)
                .authenticateCognitoConfig(
                        c -> c.userPoolArn("pool").userPoolClientId("client").userPoolDomain("domain"))
                .build();
        rules(cognito).create(wish(), 102);
        assertThat(created.getFirst().actions()).containsExactly(cognito, FORWARD);
    }

    @Test
    void with_a_secret_that_nobody_can_read_there_is_no_rule_for_an_audience() {
        Action oidc = Action.builder()
                .type(ActionTypeEnum.AUTHENTICATE_OIDC)
                .order(1)
                .authenticateOidcConfig(
                        c -> c.issuer("https://login.example.com").clientId("shop"))
                .build();
        assertThatThrownBy(() -> rules(oidc).create(wish(), 102))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("signs users in by OIDC");
        assertThat(created).isEmpty();
    }
}
