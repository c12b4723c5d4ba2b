package dev.greenlight.infra.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.infra.Synthesized;
import dev.greenlight.sandbox.cloudformation.Resolver;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.iam.References;
import dev.greenlight.sandbox.iam.Role;
import dev.greenlight.sandbox.world.Account;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An example as it is synthesized now, its roles resolved.
 *
 * @param name the service's
 * @param functions the role of each function by the function's name
 * @param others all other roles by their logical ids
 * @param references what its roles refer to
 */
record Installation(
        String name, Account account, Map<String, Role> functions, Map<String, Role> others, References references) {

    private static final String ACCOUNT = "123456789012";
    private static final Pattern REGION = Pattern.compile(":lambda:([a-z0-9-]+):");

    static Installation of(String example) {
        Template template = Template.of(Synthesized.example(example).template());
        Account account = new Account(region(template), ACCOUNT);
        MadeUp physical = new MadeUp(template, account);
        Resolver resolver = new Resolver(
                template,
                physical,
                Map.of(
                        "AWS::Partition",
                        "aws",
                        "AWS::AccountId",
                        ACCOUNT,
                        "AWS::Region",
                        account.region(),
                        "AWS::URLSuffix",
                        "amazonaws.com"));
        Map<String, Role> roles = new TreeMap<>();
        for (Resource role : template.of("AWS::IAM::Role")) {
            JsonNode properties = role.properties();
            roles.put(role.id(), Role.read(resolver.resolve(properties)));
        }
        String service = "";
        Map<String, Role> functions = new TreeMap<>();
        for (Resource function : template.of("AWS::Lambda::Function")) {
            String name = resolver.text(function.properties().path("FunctionName"));
            String role = function.properties()
                    .path("Role")
                    .path("Fn::GetAtt")
                    .path(0)
                    .asText();
            functions.put(name, roles.remove(role));
            JsonNode told = function.properties().at("/Environment/Variables/GREENLIGHT_SERVICE");
            service = told.isTextual() ? told.asText() : service;
        }
        return new Installation(service, account, functions, roles, References.of(service, template, physical));
    }

    /** All of an example's ARNs name their region, because its file does. */
    private static String region(Template template) {
        for (Resource role : template.of("AWS::IAM::Role")) {
            Matcher region = REGION.matcher(role.properties().toString());
            if (region.find()) {
                return region.group(1);
            }
        }
        throw new IllegalStateException("no role of this template names a region");
    }

    /** Whether its settings name alarms of the service's own. */
    boolean watchesAlarms() {
        return functions.values().stream()
                .flatMap(role -> role.statements().stream())
                .anyMatch(statement -> statement.sid().equals("SeeAlarms"));
    }

    /** What its roles say for the listener that the production rule stands on: its ARN, or the reference to it. */
    String listener() {
        String arn = functions.get("greenlight-" + name + "-traffic-rule").statements().stream()
                .filter(statement -> statement.actions().contains("elasticloadbalancing:CreateRule"))
                .findFirst()
                .orElseThrow()
                .resources()
                .getFirst();
        return references.names().getOrDefault(arn, arn);
    }

    /** The function's name as the table of unseen permissions has it: without service. */
    String shortName(String function) {
        return function.substring(("greenlight-" + name + "-").length());
    }

    /** The same with another role for one function. */
    Installation with(String function, Role role) {
        Map<String, Role> changed = new TreeMap<>(functions);
        changed.put(function, role);
        return new Installation(name, account, changed, others, references);
    }
}
