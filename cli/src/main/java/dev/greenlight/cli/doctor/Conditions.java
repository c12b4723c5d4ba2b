package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Rule;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RuleCondition;

/**
 * All that a rule asks of a request ("Condition types for listener rules", user guide): for each kind of condition what it takes, but of a
 * header its name only, whose value is a secret.
 */
final class Conditions {

    private static final String HOSTS = "host-header";
    private static final String PATHS = "path-pattern";

    private final Map<String, TreeSet<String>> taken = new TreeMap<>();

    private Conditions() {}

    /** As the account has them. */
    static Conditions of(Rule rule) {
        Conditions conditions = new Conditions();
        rule.conditions().forEach(condition -> conditions.add(condition.field(), values(condition)));
        return conditions;
    }

    private static List<String> values(RuleCondition condition) {
        List<String> values = new ArrayList<>();
        if (condition.hostHeaderConfig() != null) {
            values.addAll(condition.hostHeaderConfig().values());
            values.addAll(condition.hostHeaderConfig().regexValues());
        } else if (condition.pathPatternConfig() != null) {
            values.addAll(condition.pathPatternConfig().values());
            values.addAll(condition.pathPatternConfig().regexValues());
        } else if (condition.httpHeaderConfig() != null) {
            values.add(condition.httpHeaderConfig().httpHeaderName().toLowerCase(Locale.ROOT));
        } else if (condition.sourceIpConfig() != null) {
            values.addAll(condition.sourceIpConfig().values());
        } else if (condition.httpRequestMethodConfig() != null) {
            values.addAll(condition.httpRequestMethodConfig().values());
        } else if (condition.queryStringConfig() != null) {
            condition.queryStringConfig().values().forEach(pair -> values.add(pair.key() + "=" + pair.value()));
        }
        // Hosts and paths may stand in the condition itself, as they did before there were others.
        return values.isEmpty() ? condition.values() : values;
    }

    /** As the resource that Greenlight answers for asks for them. */
    static Conditions ofProduction(JsonNode properties) {
        Conditions conditions = new Conditions();
        conditions.add(HOSTS, Policies.texts(properties.path("Hosts")));
        List<String> paths = Policies.texts(properties.path("Paths"));
        if (!paths.isEmpty()) {
            conditions.add(PATHS, paths);
        }
        return conditions;
    }

    /** As the resource for an audience's rule asks for them, and with the values of headers, which are no secret there. */
    static Conditions ofAudience(JsonNode properties) {
        Conditions conditions = ofProduction(properties);
        for (JsonNode trait : properties.path("Audience")) {
            String name = trait.path("Name").asText();
            String before = name.isEmpty() ? "" : name.toLowerCase(Locale.ROOT) + "=";
            conditions.add(
                    trait.path("Field").asText(),
                    Policies.texts(trait.path("Values")).stream()
                            .map(value -> before + value)
                            .toList());
        }
        return conditions;
    }

    /** As the account has those of an audience's rule. */
    static Conditions ofAudience(Rule rule) {
        Conditions conditions = new Conditions();
        rule.conditions().forEach(condition -> conditions.add(condition.field(), open(condition)));
        return conditions;
    }

    private static List<String> open(RuleCondition condition) {
        if (condition.httpHeaderConfig() != null) {
            String name = condition.httpHeaderConfig().httpHeaderName().toLowerCase(Locale.ROOT);
            return condition.httpHeaderConfig().values().stream()
                    .map(value -> name + "=" + value)
                    .toList();
        }
        if (condition.queryStringConfig() != null) {
            return condition.queryStringConfig().values().stream()
                    .map(pair -> String.valueOf(pair.key()).toLowerCase(Locale.ROOT) + "=" + pair.value())
                    .toList();
        }
        return values(condition);
    }

    /** As a template writes those of a listener rule. */
    static Conditions of(JsonNode template) {
        Conditions conditions = new Conditions();
        for (JsonNode condition : template) {
            String field = condition.path("Field").asText();
            JsonNode header = condition.path("HttpHeaderConfig").path("HttpHeaderName");
            List<String> values = new ArrayList<>(Policies.texts(condition.path("Values")));
            values.addAll(Policies.texts(condition.path("HostHeaderConfig").path("Values")));
            values.addAll(Policies.texts(condition.path("PathPatternConfig").path("Values")));
            if (header.isTextual()) {
                values.add(header.asText().toLowerCase(Locale.ROOT));
            }
            conditions.add(field, values);
        }
        return conditions;
    }

    private void add(String field, Collection<String> values) {
        taken.computeIfAbsent(field, kind -> new TreeSet<>()).addAll(values);
    }

    /** Whether they ask for the same; these are the template's. */
    boolean same(Conditions live) {
        return taken.keySet().equals(live.taken.keySet())
                && taken.entrySet().stream().allMatch(kind -> same(kind.getValue(), live.taken.get(kind.getKey())));
    }

    private static boolean same(Collection<String> wanted, Collection<String> live) {
        return wanted.size() == live.size()
                && wanted.stream().allMatch(value -> live.stream().anyMatch(there -> Mangled.same(value, there)));
    }

    /** {@code host-header shop.example.com; path-pattern /shop/*}. */
    String told() {
        List<String> kinds = new ArrayList<>();
        taken.forEach((field, values) -> kinds.add(field + " " + String.join(", ", values)));
        return kinds.isEmpty() ? "everything" : String.join("; ", kinds);
    }
}
