package dev.greenlight.cli.installed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What functions may do besides where a strategy asks for more: what InstallRevision may do, or a part of it. */
final class FittedRoles {

    private static final List<String> KNOW = List.of("KnowRevisions", "KnowDeploymentConfig");

    private static final List<String> RESTORE =
            List.of("codedeploy:BatchGetDeployments", "codedeploy:CreateDeployment", "codedeploy:ListDeployments");

    private static final List<String> PROVE = List.of(
            "codedeploy:BatchGetDeployments",
            "codedeploy:GetDeployment",
            "codedeploy:GetDeploymentGroup",
            "codedeploy:ListDeployments");

    private static final List<String> SIZE = List.of(
            "autoscaling:ResumeProcesses", "autoscaling:SuspendProcesses", "autoscaling:UpdateAutoScalingGroup");

    private static final List<String> LOOK = List.of("codedeploy:GetDeployment", "codedeploy:GetDeploymentGroup");

    private static final Set<String> RESTORING =
            Set.of("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic", "Promote", "RollBack");

    private final ObjectNode resources;

    FittedRoles(ObjectNode resources) {
        this.resources = resources;
    }

    /** Where the fleet that serves is installed on, whoever takes that back installs as well. */
    void fitOnOne() {
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

    /** Where only one fleet runs at a time: what is emptied can come back, its coming is proven, and RollBack begins it. */
    void fitInTurn() {
        ArrayNode installer = statements("InstallRevision");
        JsonNode install = named(installer, "Install");
        add("PrepareGreen", List.of(narrowed(install, "SeeFormer", LOOK)));
        add("Sweep", List.of(narrowed(install, "SeeReturned", PROVE), named(installer, "SeeInstalls")));
        ArrayNode sizing = ((ObjectNode) named(statements("RollBack"), "SizeFleets")).putArray("Action");
        SIZE.forEach(sizing::add);
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
