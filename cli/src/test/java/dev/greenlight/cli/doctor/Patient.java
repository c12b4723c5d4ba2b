package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.paper.PaperAccount;
import dev.greenlight.sandbox.paper.PaperAlarms;
import dev.greenlight.sandbox.paper.PaperBalancing;
import dev.greenlight.sandbox.paper.PaperCloudFormation;
import dev.greenlight.sandbox.paper.PaperConnections;
import dev.greenlight.sandbox.paper.PaperDeploy;
import dev.greenlight.sandbox.paper.PaperEvents;
import dev.greenlight.sandbox.paper.PaperIam;
import dev.greenlight.sandbox.paper.PaperLambda;
import dev.greenlight.sandbox.paper.PaperLogs;
import dev.greenlight.sandbox.paper.PaperPipelines;
import dev.greenlight.sandbox.paper.PaperScaling;
import dev.greenlight.sandbox.paper.PaperSchedules;
import dev.greenlight.sandbox.paper.PaperSecrets;
import dev.greenlight.sandbox.paper.PaperSts;
import dev.greenlight.sandbox.paper.PaperTables;
import dev.greenlight.sandbox.paper.PaperTopics;
import dev.greenlight.sandbox.world.Account;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.codeconnections.CodeConnectionsClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The festival example as its synthesized template deploys it, with hands that tidy up. */
final class Patient {

    static final String STACK = "greenlight-festival";

    private static final Account ACCOUNT = Account.example();

    final PaperAccount paper;
    final Faults faults = new Faults(SandboxClock.ticked(Instant.parse("2026-07-03T08:00:00Z")));

    /** The alarm that the festival's releases are checked by, which its people made. */
    static final String ALARM = "festival-orders-lost";

    Patient() {
        this(template());
    }

    /** With another template than the festival's own. */
    Patient(String template) {
        paper = new PaperAccount(ACCOUNT, STACK, template);
        paper.foreignAlarm(ALARM);
    }

    static String template() {
        try (InputStream in = Template.class.getResourceAsStream("festival.template.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("reading the template failed", e);
        }
    }

    Diagnosis examined() {
        return examined(STACK);
    }

    Diagnosis examined(String stack) {
        return examined(stack, what -> {});
    }

    Diagnosis examined(String stack, Consumer<String> progress) {
        return new Doctor(clients(), ACCOUNT.region()).examine(stack, progress);
    }

    /** The same with another IAM. */
    Diagnosis examined(IamClient iam) {
        return new Doctor(clients(iam), ACCOUNT.region()).examine(STACK, what -> {});
    }

    AccountClients clients() {
        return clients(faults.wrap(IamClient.class, new PaperIam(paper)));
    }

    private AccountClients clients(IamClient iam) {
        return new AccountClients(
                faults.wrap(StsClient.class, new PaperSts(paper)),
                faults.wrap(CloudFormationClient.class, new PaperCloudFormation(paper)),
                iam,
                faults.wrap(LambdaClient.class, new PaperLambda(paper)),
                faults.wrap(CloudWatchLogsClient.class, new PaperLogs(paper)),
                faults.wrap(ElasticLoadBalancingV2Client.class, new PaperBalancing(paper)),
                faults.wrap(AutoScalingClient.class, new PaperScaling(paper)),
                faults.wrap(CodeDeployClient.class, new PaperDeploy(paper)),
                faults.wrap(CodePipelineClient.class, new PaperPipelines(paper)),
                faults.wrap(CodeConnectionsClient.class, new PaperConnections(paper)),
                faults.wrap(DynamoDbClient.class, new PaperTables(paper)),
                faults.wrap(SchedulerClient.class, new PaperSchedules(paper)),
                faults.wrap(EventBridgeClient.class, new PaperEvents(paper)),
                faults.wrap(SnsClient.class, new PaperTopics(paper)),
                faults.wrap(CloudWatchClient.class, new PaperAlarms(paper)),
                faults.wrap(SecretsManagerClient.class, new PaperSecrets(paper)));
    }

    /** From now on a call is answered so, whoever makes it. */
    void refuse(String service, String operation, Fault fault) {
        faults.failing(
                call -> call.service().equals(service) && call.operation().equals(operation), fault);
    }

    /** The properties of what runs: of its published version, where an alias leads to one. */
    ObjectNode function(String action) {
        String id = functionId(action);
        return paper.isPublished(id) ? paper.published(id) : paper.change(id);
    }

    String functionId(String action) {
        return paper.logicalId("AWS::Lambda::Function", within(action) + "Function");
    }

    String roleId(String action) {
        return paper.logicalId("AWS::IAM::Role", within(action) + "Role");
    }

    /** The logical id begins with the constructs that it stands in: those that answer CloudFormation have owners of their own. */
    private static String within(String action) {
        return switch (action) {
            case "TrafficRule" -> "RuleOwnerTrafficRule";
            case "LaunchVersion" -> "LaunchVersionKeeperLaunchVersion";
            default -> "Hooks" + action;
        };
    }

    /** A function's role's properties. */
    ObjectNode role(String action) {
        return paper.change(roleId(action));
    }

    /** The statements that the stack gave the role. */
    ArrayNode statements(String action) {
        return (ArrayNode)
                role(action).path("Policies").path(0).path("PolicyDocument").path("Statement");
    }

    /** Somebody takes a statement off a function's role. @return the statement */
    JsonNode takeOff(String action, String sid) {
        ArrayNode statements = statements(action);
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).path("Sid").asText().equals(sid)) {
                return statements.remove(i);
            }
        }
        throw new IllegalArgumentException("%s has no %s".formatted(action, sid));
    }

    static List<Finding.Missing> missing(Diagnosis diagnosis) {
        return of(diagnosis, Finding.Missing.class);
    }

    static <F extends Finding> List<F> of(Diagnosis diagnosis, Class<F> kind) {
        return diagnosis.findings().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
