package dev.greenlight.cli.installed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What functions may do besides where the fleet that serves is installed on: what InstallRevision may do, or a part of it. */
final class InPlaceRoles {

    private static final List<String> KNOW = List.of("KnowRevisions", "KnowDeploymentConfig");

    private static final List<String> RESTORE =
            List.of("codedeploy:BatchGetDeployments", "codedeploy:CreateDeployment", "codedeploy:ListDeployments");

    private static final List<String> LOOK = List.of("codedeploy:GetDeployment", "codedeploy:GetDeploymentGroup");

    private static final Set<String> RESTORING =
            Set.of("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic", "Promote", "RollBack");

    private final ObjectNode resources;

    InPlaceRoles(ObjectNode resources) {
        this.resources = resources;
    }

    void fit() {
        ArrayNode installer = statements("InstallRevision");
        JsonNode install = named(installer, "Install");
        List<JsonNode> know = KNOW.stream().map(sid -> named(installer, sid)).toList();
        add("PrepareGreen", List.of(narrowed(install, "SeeFormer", LOOK)));
        RESTORING.forEach(hook -> {
            List<JsonNode> restore = new ArrayList<>(List.of(narrowed(install, "Restore", RESTORE)));
            restore.addAll(know);
            add(hook, restore);
        });
        List<JsonNode> all = new ArrayList<>(List.of(install, named(installer, "SeeInstalls")));
        all.addAll(know);
        add("Sweep", all);
    }

    private void add(String hook, List<JsonNode> more) {
        ArrayNode statements = statements(hook);
        more.forEach(statement -> statements.add(statement.deepCopy()));
    }

    private ArrayNode statements(String hook) {
        return resources.properties().stream()
                .filter(resource -> resource.getKey().startsWith("Hooks" + hook + "Role"))
                .map(Map.Entry::getValue)
                .map(role -> (ArrayNode) role.at("/Properties/Policies/0/PolicyDocument/Statement"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the festival has no role of " + hook));
    }

    private static JsonNode named(ArrayNode statements, String sid) {
        for (JsonNode statement : statements) {
            if (statement.path("Sid").asText().equals(sid)) {
                return statement;
            }
        }
        throw new IllegalStateException("the festival's InstallRevision has no statement " + sid);
    }

    private static JsonNode narrowed(JsonNode statement, String sid, List<String> actions) {
        ObjectNode other = statement.deepCopy();
        other.put("Sid", sid);
        ArrayNode few = other.putArray("Action");
        actions.forEach(few::add);
        return other;
    }
}
