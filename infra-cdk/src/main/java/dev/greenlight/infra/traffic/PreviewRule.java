package dev.greenlight.infra.traffic;

import dev.greenlight.infra.permit.Nag;
import dev.greenlight.service.Network;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.services.elasticloadbalancingv2.CfnListenerRule;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * The way to one fleet apart from users: the service's own hosts and paths, and a header with a secret. The rule never
 * changes, so that its target group is always in a rule and always health-checked.
 *
 * <p>The template holds a reference to the secret and not the secret; who may read listener rules or the functions'
 * configuration can read it all the same. Follows "Get a secret or secret value from Secrets Manager" (CloudFormation).
 */
public final class PreviewRule extends Construct {

    public static final String HEADER = "X-Greenlight-Preview";

    private static final int SECRET_LENGTH = 40;

    private final String secret;

    /** @param priority lower than the production rule's */
    public PreviewRule(
            Construct scope, String id, Network network, String listenerArn, String targetGroupArn, int priority) {
        super(scope, id);
        this.secret = secret(network.previewSecrets());
        CfnListenerRule.Builder.create(this, "Rule")
                .listenerArn(listenerArn)
                .priority(priority)
                .conditions(conditions(network, HEADER, secret))
                .actions(List.of(CfnListenerRule.ActionProperty.builder()
                        .type("forward")
                        .targetGroupArn(targetGroupArn)
                        .build()))
                .build();
    }

    /** Another number is another resource with a value of its own; the old one is deleted after the update. */
    private String secret(int number) {
        CfnSecret made = CfnSecret.Builder.create(this, number == 1 ? "Secret" : "Secret" + number)
                .description("Value of the header that leads to one fleet")
                .generateSecretString(CfnSecret.GenerateSecretStringProperty.builder()
                        .passwordLength(SECRET_LENGTH)
                        .excludePunctuation(true)
                        .build())
                .build();
        Nag.accept(
                made, "AwsSolutions-SMG4", "a listener rule holds it: a new value takes a stack update, not a timer");
        return "{{resolve:secretsmanager:" + made.getRef() + ":SecretString:::}}";
    }

    /** The service's own hosts and paths, and a header with that value. */
    static List<CfnListenerRule.RuleConditionProperty> conditions(Network network, String header, String value) {
        List<CfnListenerRule.RuleConditionProperty> conditions = new ArrayList<>();
        conditions.add(CfnListenerRule.RuleConditionProperty.builder()
                .field("http-header")
                .httpHeaderConfig(CfnListenerRule.HttpHeaderConfigProperty.builder()
                        .httpHeaderName(header)
                        .values(List.of(value))
                        .build())
                .build());
        conditions.add(CfnListenerRule.RuleConditionProperty.builder()
                .field("host-header")
                .hostHeaderConfig(CfnListenerRule.HostHeaderConfigProperty.builder()
                        .values(network.hosts())
                        .build())
                .build());
        if (!network.paths().isEmpty()) {
            conditions.add(CfnListenerRule.RuleConditionProperty.builder()
                    .field("path-pattern")
                    .pathPatternConfig(CfnListenerRule.PathPatternConfigProperty.builder()
                            .values(network.paths())
                            .build())
                    .build());
        }
        return conditions;
    }

    /** A reference that CloudFormation resolves when it deploys. */
    public String secretReference() {
        return secret;
    }
}
