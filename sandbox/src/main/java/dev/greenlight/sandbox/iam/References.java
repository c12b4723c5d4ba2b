package dev.greenlight.sandbox.iam;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a template calls the things whose ids and names differ from one sandbox to the next, so that what was asked for in all of
 * them can be laid side by side: {@code ${Production}} for the rule's ARN.
 *
 * @param installation which template
 * @param names for physical ids and ARNs, what the template says for them
 */
public record References(String installation, Map<String, String> names) {

    /** Behind a listener: a rule of it that the template does not know. */
    private static final String RULE = "#rule";

    /** A schedule is named after its rollout; its group is what counts. */
    private static final Pattern SCHEDULE = Pattern.compile("(arn:[^:]+:scheduler:[^/]+/[^/]+)/.+");

    public References {
        names = Map.copyOf(names);
    }

    /** Nothing has another name. */
    public static References none() {
        return new References("", Map.of());
    }

    /** The ask under the template's names. */
    Ask named(Ask ask) {
        String resource = SCHEDULE.matcher(ask.resource()).replaceFirst("$1/some");
        if (names.containsKey(resource) || !resource.contains(":listener-rule/")) {
            return ask.on(names.getOrDefault(resource, resource));
        }
        String listener = resource.substring(0, resource.lastIndexOf('/')).replace(":listener-rule/", ":listener/");
        return ask.on(names.getOrDefault(listener, listener) + RULE);
    }

    /**
     * A recorded ask with ids and ARNs in place of the template's names.
     *
     * @param ids for what the template says, what stands there now
     */
    public static Ask filled(Ask ask, Map<String, String> ids) {
        String resource = ask.resource();
        if (resource.endsWith(RULE)) {
            String listener = resource.substring(0, resource.length() - RULE.length());
            return ask.on(NewRule.on(ids.getOrDefault(listener, listener)));
        }
        return ask.on(ids.getOrDefault(resource, resource));
    }
}
