package dev.greenlight.infra.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.infra.Project;
import dev.greenlight.sandbox.iam.Ask;
import dev.greenlight.sandbox.iam.Condition;
import dev.greenlight.sandbox.iam.Role;
import dev.greenlight.sandbox.iam.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A second opinion, by somebody else's code: iam-simulate evaluates policies, and knows from the Service Authorization Reference which
 * actions, resource types and condition keys there are. A Node process of its own; nothing of it is linked or shipped.
 */
final class Judge {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Path HOME = Project.module("infra-cdk").resolve("src/test/judge");

    private Judge() {}

    /** Whether the build could install it. */
    static boolean present() {
        return Files.isDirectory(HOME.resolve("node_modules/@cloud-copilot/iam-simulate"));
    }

    /** A question: may this role do this? */
    record Case(Role role, Ask ask) {}

    /**
     * An action of a service.
     *
     * @param arns the ARN patterns of its resource types; none where it has none
     */
    record Action(String name, List<String> arns) {}

    /** All actions that these services have. */
    static List<Action> actions(Collection<String> services) {
        ObjectNode question = NODES.objectNode();
        ArrayNode names = question.putArray("services");
        services.forEach(names::add);
        List<Action> actions = new ArrayList<>();
        answer(question).forEach(action -> {
            List<String> arns = new ArrayList<>();
            action.path("arns").forEach(arn -> arns.add(arn.asText()));
            actions.add(new Action(action.path("action").asText(), arns));
        });
        return actions;
    }

    /** For each case {@code Allowed}, {@code ImplicitlyDenied}, or what was wrong with the question. */
    static List<String> judge(List<Case> cases) {
        ObjectNode question = NODES.objectNode();
        ArrayNode policies = question.putArray("policies");
        List<Role> roles = cases.stream().map(Case::role).distinct().toList();
        roles.forEach(role -> policies.add(policy(role)));
        ArrayNode asked = question.putArray("cases");
        for (Case one : cases) {
            ArrayNode row = asked.addArray();
            row.add(roles.indexOf(one.role()));
            row.add(one.ask().action());
            row.add(one.ask().resource());
            ObjectNode context = row.addObject();
            one.ask().context().forEach((key, values) -> {
                if (values.size() == 1 && !key.endsWith("Keys")) {
                    context.put(key, values.getFirst());
                } else {
                    ArrayNode several = context.putArray(key);
                    values.forEach(several::add);
                }
            });
        }
        List<String> answers = new ArrayList<>();
        answer(question).forEach(answer -> answers.add(answer.asText()));
        return answers;
    }

    private static ObjectNode policy(Role role) {
        ObjectNode policy = NODES.objectNode();
        policy.put("Version", "2012-10-17");
        ArrayNode statements = policy.putArray("Statement");
        role.statements().forEach(s -> statements.add(statement(s)));
        return policy;
    }

    private static ObjectNode statement(Statement statement) {
        ObjectNode node = NODES.objectNode();
        node.put("Sid", statement.sid());
        node.put("Effect", "Allow");
        statement.actions().forEach(node.withArray("Action")::add);
        statement.resources().forEach(node.withArray("Resource")::add);
        for (Condition condition : statement.conditions()) {
            ObjectNode operator = node.withObject("/Condition").withObject("/" + condition.operator());
            ArrayNode values = operator.putArray(condition.key());
            condition.values().forEach(values::add);
        }
        return node;
    }

    private static JsonNode answer(ObjectNode question) {
        try {
            Path asked = Files.createTempFile("greenlight-judge", ".json");
            Path answered = Files.createTempFile("greenlight-judge", ".answer.json");
            JSON.writeValue(asked.toFile(), question);
            Process node = new ProcessBuilder("node", HOME.resolve("judge.mjs").toString())
                    .redirectInput(asked.toFile())
                    .redirectOutput(answered.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (node.waitFor() != 0) {
                throw new IllegalStateException("the judge ended with status " + node.exitValue());
            }
            JsonNode answer = JSON.readTree(answered.toFile());
            Files.delete(asked);
            Files.delete(answered);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the judge was asked", e);
        }
    }
}
