package dev.greenlight.cli.installed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.Resolver;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.iam.Ask;
import dev.greenlight.sandbox.iam.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What of a template calls functions by their ARN, and finds everything there that would be called in vain: nobody answers to that
 * name, or the caller may not call it.
 *
 * <p>Follows "Using resource-based policies for EventBridge" (a rule needs the function's permission) and "Setting up Amazon EventBridge
 * Scheduler" (a schedule calls with a role).
 */
final class Callers {

    private static final String INVOKE = "lambda:InvokeFunction";

    private final Template template;
    private final Resolver resolver;
    private final Set<String> callable;
    private final List<String> faults = new ArrayList<>();

    /** @param callable the names of the functions that there are, with an alias where there is one */
    Callers(Template template, Resolver resolver, Set<String> callable) {
        this.template = template;
        this.resolver = resolver;
        this.callable = callable;
    }

    List<String> faults() {
        for (Resource rule : template.of("AWS::Events::Rule")) {
            rule.properties().path("Targets").forEach(target -> byRule(rule, resolver.text(target.path("Arn"))));
        }
        for (Resource schedule : template.of("AWS::Scheduler::Schedule")) {
            bySchedule(schedule, schedule.properties().path("Target"));
        }
        for (Resource config : template.of("AWS::Lambda::EventInvokeConfig")) {
            answers(config, resolver.text(config.properties().at("/DestinationConfig/OnFailure/Destination")));
        }
        return List.copyOf(faults);
    }

    private void byRule(Resource rule, String function) {
        boolean may = template.of("AWS::Lambda::Permission").stream()
                .map(Resource::properties)
                .anyMatch(permission ->
                        resolver.text(permission.path("FunctionName")).equals(function)
                                && permission.path("Action").asText().equals(INVOKE)
                                && permission.path("Principal").asText().equals("events.amazonaws.com")
                                && referred(permission.path("SourceArn")).equals(rule.id()));
        if (answers(rule, function) && !may) {
            faults.add("%s: no permission lets this rule call %s".formatted(rule.id(), name(function)));
        }
    }

    private void bySchedule(Resource schedule, JsonNode target) {
        String function = resolver.text(target.path("Arn"));
        boolean may = template.find(referred(target.path("RoleArn")))
                .map(role -> Role.read(resolver.properties(role)))
                .filter(role -> role.allows(Ask.of(INVOKE, function)))
                .isPresent();
        if (answers(schedule, function) && !may) {
            faults.add("%s: its role does not let it call %s".formatted(schedule.id(), name(function)));
        }
    }

    private boolean answers(Resource caller, String function) {
        boolean there = callable.contains(name(function));
        if (!there) {
            faults.add("%s: there is no function %s".formatted(caller.id(), name(function)));
        }
        return there;
    }

    private static String name(String function) {
        return function.replaceFirst(".*:function:", "");
    }

    /** The logical id of the resource whose ARN it is; empty where it is written out. */
    private static String referred(JsonNode arn) {
        return arn.path("Fn::GetAtt").path(0).asText();
    }
}
