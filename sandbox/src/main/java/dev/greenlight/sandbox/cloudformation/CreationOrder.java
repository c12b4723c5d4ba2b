package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What needs what: DependsOn, Ref, Fn::GetAtt and Fn::Sub (page "DependsOn attribute"). */
final class CreationOrder {

    private static final Pattern NAMED = Pattern.compile("\\$\\{([^!}.]+)");

    private final Template template;
    private final Set<Resource> done = new LinkedHashSet<>();
    private final Set<String> underway = new LinkedHashSet<>();

    private CreationOrder(Template template) {
        this.template = template;
    }

    static List<Resource> of(Template template) {
        CreationOrder order = new CreationOrder(template);
        template.resources().forEach(order::visit);
        return new ArrayList<>(order.done);
    }

    private void visit(Resource resource) {
        if (done.contains(resource)) {
            return;
        }
        if (!underway.add(resource.id())) {
            throw new TemplateFault("resources need each other in a circle: " + String.join(" -> ", underway));
        }
        for (String needed : needs(resource)) {
            template.find(needed).ifPresent(this::visit);
        }
        underway.remove(resource.id());
        done.add(resource);
    }

    private static Set<String> needs(Resource resource) {
        Set<String> needs = new TreeSet<>(resource.dependsOn());
        collect(resource.properties(), needs);
        return needs;
    }

    /** Everything that the resource needs, directly or because what it needs needs it: its logical ids. */
    static Set<String> allNeeds(Template template, Resource resource) {
        Set<String> all = new TreeSet<>();
        Deque<Resource> open = new ArrayDeque<>(List.of(resource));
        while (!open.isEmpty()) {
            for (String needed : needs(open.remove())) {
                template.find(needed).filter(found -> all.add(needed)).ifPresent(open::add);
            }
        }
        return all;
    }

    private static void collect(JsonNode node, Set<String> needs) {
        if (node.isObject() && node.size() == 1) {
            if (node.path("Ref").isTextual()) {
                needs.add(node.path("Ref").asText());
            }
            JsonNode attribute = node.path("Fn::GetAtt");
            if (attribute.isArray()) {
                needs.add(attribute.path(0).asText());
            } else if (attribute.isTextual()) {
                needs.add(attribute.asText().split("\\.", 2)[0]);
            }
            JsonNode text = node.path("Fn::Sub");
            Matcher named = NAMED.matcher(text.isArray() ? text.path(0).asText() : text.asText());
            while (named.find()) {
                needs.add(named.group(1));
            }
        }
        node.forEach(child -> collect(child, needs));
    }
}
