package dev.greenlight.infra.traffic;

import dev.greenlight.infra.permit.Nag;
import dev.greenlight.service.Network;
import java.util.List;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListenerRule;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * What becomes of the copies of requests that instances make: by the first rule what a release wants, by the second nothing.
 *
 * <p>At rest the first answers 204; a release lets it forward to green and back again. It is CloudFormation's, unlike the
 * production rule: an update that writes it can only close it, which a release sees. And it holds a secret, which a custom
 * resource cannot be given ("Get values stored in other services using dynamic references", CloudFormation). Copies with another
 * secret, as of an instance that has outlived one, are answered by the second rule, so that none ever comes to production.
 *
 * <p>They stand before the preview rules, whose priorities do not move for them.
 */
public final class ShadowRules extends Construct {

    private static final int SECRET_LENGTH = 40;
    private static final String ANY = "*";

    private final CfnSecret secret;
    private final CfnListenerRule rule;

    /**
     * @param header that marks a copy
     * @param before the priority of the first preview rule
     */
    public ShadowRules(Construct scope, String id, Network network, String listenerArn, String header, int before) {
        super(scope, id);
        this.secret = CfnSecret.Builder.create(this, "Secret")
                .description("Value of the header that marks copies of requests")
                .generateSecretString(CfnSecret.GenerateSecretStringProperty.builder()
                        .passwordLength(SECRET_LENGTH)
                        .excludePunctuation(true)
                        .build())
                .build();
        Nag.accept(secret, "AwsSolutions-SMG4", "instances read it when they boot: a new value takes new instances");
        String value = "{{resolve:secretsmanager:" + secret.getRef() + ":SecretString:::}}";
        this.rule = rule("Rule", network, listenerArn, header, value, before - 2);
        rule("Stale", network, listenerArn, header, ANY, before - 1);
    }

    private CfnListenerRule rule(
            String id, Network network, String listenerArn, String header, String value, int priority) {
        return CfnListenerRule.Builder.create(this, id)
                .listenerArn(listenerArn)
                .priority(priority)
                .conditions(PreviewRule.conditions(network, header, value))
                .actions(List.of(CfnListenerRule.ActionProperty.builder()
                        .type("fixed-response")
                        .fixedResponseConfig(CfnListenerRule.FixedResponseConfigProperty.builder()
                                .statusCode("204")
                                .build())
                        .build()))
                .build();
    }

    /** ARN of the rule that a release opens and closes. */
    public String ruleArn() {
        return rule.getRef();
    }

    public String secretArn() {
        return secret.getRef();
    }
}
