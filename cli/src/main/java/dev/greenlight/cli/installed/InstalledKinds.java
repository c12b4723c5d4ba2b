package dev.greenlight.cli.installed;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.Wiring;
import dev.greenlight.adapter.Once;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.cloudformation.Made;
import dev.greenlight.sandbox.cloudformation.ResourceKind;
import dev.greenlight.sandbox.codepipeline.Pipeline;
import dev.greenlight.sandbox.codepipeline.SimulatedPipeline;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.dynamodb.TableSpec;
import dev.greenlight.sandbox.iam.Role;
import dev.greenlight.sandbox.lambda.Function;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The types that only Greenlight can give life to: functions with its handlers in them, their table, and the pipeline. */
final class InstalledKinds {

    private final Sandbox sandbox;
    private final Wiring.World world;
    private final Map<String, String> overrides;
    private final DynamoDb dynamoDb;
    private final String table;
    private final Pipeline.Build.Step build;
    private final Code code;
    private final Set<String> functions = new TreeSet<>();
    private final String stack;
    private final Map<String, Role> roles = new HashMap<>();
    private final Map<String, String> runsUnder = new HashMap<>();
    private SimulatedPipeline pipeline;
    private int tables;

    /**
     * @param stack the stack's name, with which names begin that CloudFormation makes up
     * @param overrides settings that are not the template's; a null removes one
     * @param table what CloudFormation calls the table
     */
    InstalledKinds(
            Sandbox sandbox,
            String stack,
            Wiring.World world,
            Map<String, String> overrides,
            DynamoDb dynamoDb,
            String table,
            Pipeline.Build.Step build,
            Code code) {
        this.sandbox = sandbox;
        this.stack = stack;
        this.world = world;
        this.overrides = overrides;
        this.dynamoDb = dynamoDb;
        this.table = table;
        this.build = build;
        this.code = code;
    }

    Map<String, ResourceKind> kinds() {
        return Map.of(
                "AWS::IAM::Role", new RoleKind(),
                "AWS::Lambda::Function", new FunctionKind(),
                "AWS::DynamoDB::Table", new TableKind(),
                "AWS::CodePipeline::Pipeline", new PipelineKind());
    }

    SimulatedPipeline pipeline() {
        return pipeline;
    }

    private final class FunctionKind implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            String name = properties.path("FunctionName").asText();
            String handler = properties.path("Handler").asText();
            Constructor<? extends RequestStreamHandler> constructor = Handlers.find(handler)
                    .orElseThrow(() -> new IllegalArgumentException("there is no handler " + handler));
            Map<String, String> told = Handlers.needsSettings(constructor) ? overrides : Map.of();
            Map<String, String> environment =
                    Blueprint.environment(properties, sandbox.world().account().region(), told);
            sandbox.lambda()
                    .register(
                            Function.named(
                                    name,
                                    Duration.ofSeconds(
                                            properties.path("Timeout").asLong(3))),
                            // One process, one wiring: what died is not used again, and the next one begins anew.
                            () -> code.handler(constructor, Once.of(() -> new Wiring(environment, world))));
            functions.add(name);
            runsUnder.put(name, properties.path("Role").asText());
            sandbox.roles().assume(name, roles.get(runsUnder.get(name)));
            return new Made(name, Map.of("Arn", sandbox.lambda().arn(name)));
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            return create(standing.resource().id(), properties);
        }

        @Override
        public void delete(Standing standing) {
            sandbox.lambda().remove(standing.made().ref());
        }
    }

    /** Functions do what their roles allow, and are refused what they do not. */
    private final class RoleKind implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            String name = "%s-%s".formatted(stack, logicalId);
            String arn = "arn:aws:iam::%s:role/%s"
                    .formatted(sandbox.world().account().id(), name);
            roles.put(arn, Role.read(properties));
            runsUnder.forEach((function, role) -> {
                if (role.equals(arn)) {
                    sandbox.roles().assume(function, roles.get(arn));
                }
            });
            return new Made(name, Map.of("Arn", arn));
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            return create(standing.resource().id(), properties);
        }

        @Override
        public void delete(Standing standing) {
            roles.remove(standing.made().attributes().get("Arn"));
        }
    }

    private final class TableKind implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            tables++;
            // One that outlived an earlier stack keeps its name.
            String name = tables == 1 ? table : table + "-" + tables;
            dynamoDb.table(new TableSpec(
                    name,
                    key(properties, "HASH"),
                    key(properties, "RANGE"),
                    properties
                            .path("TimeToLiveSpecification")
                            .path("AttributeName")
                            .asText()));
            return new Made(name, Map.of("Arn", sandbox.world().account().arn("dynamodb", "table/" + name)));
        }

        private static String key(JsonNode properties, String type) {
            for (JsonNode key : properties.path("KeySchema")) {
                if (key.path("KeyType").asText().equals(type)) {
                    return key.path("AttributeName").asText();
                }
            }
            throw new IllegalArgumentException("the table has no key of type " + type);
        }

        @Override
        public void delete(Standing standing) {
            dynamoDb.client().deleteTable(r -> r.tableName(standing.made().ref()));
        }
    }

    private final class PipelineKind implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            Pipeline read = new PipelineReader(properties, build, functions).read();
            pipeline = sandbox.createPipeline(read);
            return Made.of(read.name());
        }

        @Override
        public void delete(Standing standing) {
            sandbox.deletePipeline();
        }
    }
}
