package dev.greenlight.sandbox.paper;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleRequest;
import software.amazon.awssdk.services.eventbridge.model.ListTargetsByRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.ResourceNotFoundException;
import software.amazon.awssdk.services.eventbridge.model.Target;

/** EventBridge as it tells of rules and their targets. */
public final class PaperEvents implements EventBridgeClient {

    private final PaperAccount paper;

    public PaperEvents(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public DescribeRuleResponse describeRule(DescribeRuleRequest request) {
        PaperAccount.Item rule = rule(request.name());
        return DescribeRuleResponse.builder()
                .name(rule.id())
                .state(rule.properties().path("State").asText("ENABLED"))
                .eventPattern(
                        rule.properties().has("EventPattern")
                                ? rule.properties().path("EventPattern").toString()
                                : null)
                .build();
    }

    @Override
    public ListTargetsByRuleResponse listTargetsByRule(ListTargetsByRuleRequest request) {
        return ListTargetsByRuleResponse.builder()
                .targets(rule(request.rule())
                        .properties()
                        .path("Targets")
                        .valueStream()
                        .map(target -> Target.builder()
                                .id(target.path("Id").asText())
                                .arn(target.path("Arn").asText())
                                .roleArn(target.path("RoleArn").asText(null))
                                .build())
                        .toList())
                .build();
    }

    private PaperAccount.Item rule(String name) {
        return paper.find("AWS::Events::Rule", name)
                .orElseThrow(() -> Errors.gone(ResourceNotFoundException.builder(), "Rule " + name));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
