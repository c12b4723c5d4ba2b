package dev.greenlight.sandbox.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a template calls the things whose ids and names differ from one sandbox to the next, so that what was asked for in all of
 * them can be laid side by side: {@code ${Production}} for the rule's ARN.
 *
 * @param installation which template
 * @param names for physical ids and ARNs, what the template's roles say for them
 */
public record References(String installation, Map<String, String> names) {

    /** Behind a listener: a rule of it that the template does not know. */
    private static final String RULE = "#rule";

    /** A schedule is named after its rollout; its group is what counts. */
    private static final Pattern SCHEDULE = Pattern.compile("(arn:[^:]+:scheduler:[^/]+/[^/]+)/.+");

    /** The id that Auto Scaling puts before a group's name. */
    private static final Pattern GROUP_ID = Pattern.compile(":autoScalingGroup:[^:]+:");

    private static final String NO_ID = ":autoScalingGroup:00000000-0000-0000-0000-000000000000:";

    public References {
        names = Map.copyOf(names);
    }

    /** Nothing has another name. */
    public static References none() {
        return new References("", Map.of());
    }

    /** The names under which the template's roles refer to its resources. */
    public static References of(String installation, Template template, Physical physical) {
        Map<String, String> names = new HashMap<>();
        for (Resource role : template.of("AWS::IAM::Role")) {
            collect(role.properties().path("Policies"), template, physical, names);
        }
        return new References(installation, names);
    }

    private static void collect(JsonNode node, Template template, Physical physical, Map<String, String> names) {
        if (node.has("Ref")) {
            String id = node.path("Ref").asText();
            template.find(id).flatMap(physical::ref).ifPresent(value -> names.put(value, "${" + id + "}"));
        } else if (node.has("Fn::GetAtt")) {
            String id = node.path("Fn::GetAtt").path(0).asText();
            String attribute = node.path("Fn::GetAtt").path(1).asText();
            template.find(id)
                    .flatMap(resource -> physical.attribute(resource, attribute))
                    .ifPresent(value -> names.put(value, "${" + id + "." + attribute + "}"));
        } else {
            node.forEach(child -> collect(child, template, physical, names));
        }
    }

    /** These names and more, of the same template at another time. */
    References and(References more) {
        Map<String, String> all = new HashMap<>(names);
        all.putAll(more.names);
        return new References(more.installation, all);
    }

    /** The ask under the template's names. */
    Ask named(Ask ask) {
        String resource = GROUP_ID.matcher(SCHEDULE.matcher(ask.resource()).replaceFirst("$1/some"))
                .replaceFirst(NO_ID);
        if (names.containsKey(resource) || !resource.contains(":listener-rule/")) {
            return ask.on(names.getOrDefault(resource, resource));
        }
        String listener = resource.substring(0, resource.lastIndexOf('/')).replace(":listener-rule/", ":listener/");
        return ask.on(names.getOrDefault(listener, listener) + RULE);
    }

    /** An ask that was recorded under the template's names, about what stands behind them here. */
    public Ask physical(Ask named) {
        String resource = named.resource();
        return resource.endsWith(RULE)
                ? named.on(NewRule.on(behind(resource.substring(0, resource.length() - RULE.length()))))
                : named.on(behind(resource));
    }

    private String behind(String name) {
        return names.entrySet().stream()
                .filter(e -> e.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }
}
