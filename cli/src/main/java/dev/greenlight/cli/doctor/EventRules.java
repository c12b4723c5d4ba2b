package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.DescribeRuleResponse;
import software.amazon.awssdk.services.eventbridge.model.RuleState;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The rules by which events call, and the permission to call that each function gives to its rule. */
final class EventRules implements Subject {

    private final EventBridgeClient events;
    private final LambdaClient lambda;

    EventRules(AccountClients clients) {
        this.events = clients.events();
        this.lambda = clients.lambda();
    }

    @Override
    public String name() {
        return "the event rules";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        for (Part rule : stack.parts("AWS::Events::Rule")) {
            Place place = new Place("event rule", rule.logicalId().replaceFirst("[0-9A-F]{8}$", ""), rule.physicalId());
            String breaks = rule.wanted()
                    .path("Targets")
                    .valueStream()
                    .map(target -> "%s is not called when %s"
                            .formatted(stack.hook(target.path("Arn").asText()).orElse("its target"), when(rule)))
                    .findFirst()
                    .orElse("nobody is called when " + when(rule));
            int before = notebook.size();
            notebook.ask(
                            place,
                            "events:DescribeRule",
                            () -> events.describeRule(request -> request.name(rule.physicalId())),
                            () -> notebook.missing(
                                    place,
                                    "the rule is gone",
                                    breaks,
                                    Remedy.of(
                                            "change it in the template, its description say, and deploy: CloudFormation makes it"
                                                    + " anew only if the template changes")))
                    .ifPresent(live -> {
                        compare(place, rule, live, breaks, notebook);
                        targets(place, rule, breaks, notebook);
                    });
            if (notebook.size() == before) {
                notebook.well(place, "is on, and has its targets");
            }
        }
        for (Part permission : stack.parts("AWS::Lambda::Permission")) {
            mayCall(permission, stack, notebook);
        }
    }

    private static String when(Part rule) {
        JsonNode type = rule.wanted().path("EventPattern").path("detail-type").path(0);
        return type.isTextual() ? "a " + type.asText() + " comes" : "its event comes";
    }

    private static void compare(Place place, Part wanted, DescribeRuleResponse live, String breaks, Notebook notebook) {
        if (live.state() == RuleState.DISABLED) {
            notebook.missing(
                    place, "it is disabled", breaks, Remedy.of("aws events enable-rule --name " + wanted.physicalId()));
        }
        JsonNode pattern = wanted.wanted().path("EventPattern");
        if (!pattern.isMissingNode() && !Mangled.same(pattern, Policies.read(String.valueOf(live.eventPattern())))) {
            notebook.missing(
                    place,
                    "its pattern was changed by hand",
                    breaks,
                    Remedy.of("aws events put-rule --name %s --event-pattern '%s'"
                            .formatted(wanted.physicalId(), pattern)));
        }
    }

    private void targets(Place place, Part wanted, String breaks, Notebook notebook) {
        notebook.ask(
                        place,
                        "events:ListTargetsByRule",
                        () -> events.listTargetsByRule(request -> request.rule(wanted.physicalId()))
                                .targets(),
                        () -> {})
                .ifPresent(live -> wanted.wanted()
                        .path("Targets")
                        .forEach(target -> target(place, wanted, target, live, breaks, notebook)));
    }

    private static void target(
            Place place, Part rule, JsonNode wanted, List<Target> live, String breaks, Notebook notebook) {
        String arn = wanted.path("Arn").asText();
        String role = wanted.path("RoleArn").asText("");
        Remedy remedy = Remedy.of("aws events put-targets --rule %s --targets Id=%s,Arn=%s%s"
                .formatted(
                        rule.physicalId(), wanted.path("Id").asText(), arn, role.isEmpty() ? "" : ",RoleArn=" + role));
        List<Target> there =
                live.stream().filter(target -> arn.equals(target.arn())).toList();
        if (there.isEmpty()) {
            notebook.missing(place, "it no longer calls " + arn, breaks, remedy);
        } else if (!role.isEmpty() && there.stream().noneMatch(target -> role.equals(target.roleArn()))) {
            notebook.missing(
                    place,
                    "it calls %s with the role %s, deployed with %s"
                            .formatted(arn, there.getFirst().roleArn(), role),
                    breaks,
                    remedy);
        } else if (there.stream().noneMatch(target -> wanted.path("Id").asText().equals(target.id()))) {
            // A stack update puts its own target beside it: the event would call twice.
            notebook.odd(
                    place,
                    "its target is called %s, deployed as %s"
                            .formatted(there.getFirst().id(), wanted.path("Id").asText()),
                    remedy);
        }
    }

    /** A rule's call is allowed by the function, not by a role ("Using resource-based policies for Lambda"). */
    private void mayCall(Part permission, DeployedStack stack, Notebook notebook) {
        String arn = permission.text("FunctionName");
        String function = arn.replaceFirst("^arn:.*:function:", "");
        String name = function.replaceFirst(":.*", "");
        Optional<String> alias =
                function.contains(":") ? Optional.of(function.substring(function.indexOf(':') + 1)) : Optional.empty();
        String principal = permission.text("Principal");
        String source = permission.text("SourceArn");
        Place place = new Place("function", stack.hook(arn).orElse(name), name);
        Runnable lost = () -> notebook.missing(
                place,
                "%s may not call it: no permission names %s".formatted(principal, source),
                "its events come to nothing",
                Remedy.of(("aws lambda add-permission --function-name %s --statement-id %s --action %s --principal %s"
                                + " --source-arn %s")
                        .formatted(arn, permission.logicalId(), permission.text("Action"), principal, source)));
        notebook.ask(
                        place,
                        "lambda:GetPolicy",
                        () -> lambda.getPolicy(
                                        request -> request.functionName(name).qualifier(alias.orElse(null)))
                                .policy(),
                        lost)
                .filter(policy -> Policies.statements(Policies.read(policy)).stream()
                        .noneMatch(statement -> allows(statement, principal, source)))
                .ifPresent(policy -> lost.run());
    }

    private static boolean allows(JsonNode statement, String principal, String source) {
        JsonNode condition = statement.path("Condition").path("ArnLike").path("AWS:SourceArn");
        return statement.path("Effect").asText().equals("Allow")
                && Policies.texts(statement.path("Principal").path("Service")).contains(principal)
                && (condition.isMissingNode() || Policies.texts(condition).contains(source));
    }
}
