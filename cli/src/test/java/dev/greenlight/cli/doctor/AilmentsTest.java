package dev.greenlight.cli.doctor;

import static dev.greenlight.cli.doctor.Ailment.breaks;
import static dev.greenlight.cli.doctor.Ailment.odd;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One thing done by hand to a fresh installation, one finding. */
class AilmentsTest {

    private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";
    private static final String TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";
    private static final String PREVIEW = "AWS::ElasticLoadBalancingV2::ListenerRule";
    private static final String PRODUCTION = "Custom::GreenlightTrafficRule";

    @ParameterizedTest
    @MethodSource({
        "functions",
        "callability",
        "roles",
        "rules",
        "fleets",
        "deploymentGroups",
        "store",
        "schedules",
        "pipeline",
        "events",
        "notices",
        "secrets"
    })
    void what_a_hand_did_is_told_and_nothing_else(Ailment ailment) {
        Patient patient = new Patient();
        ailment.caused().accept(patient);

        Diagnosis diagnosis = patient.examined();

        List<Finding> findings = diagnosis.findings().stream()
                .filter(finding -> !(finding instanceof Finding.Well))
                .toList();
        assertThat(findings).as(DoctorTest.printed(diagnosis)).hasSize(1);
        assertThat(findings.getFirst()).isInstanceOf(ailment.kind());
        assertThat(findings.getFirst().place().title()).isEqualTo(ailment.title());
        assertThat(findings.getFirst().text()).contains(ailment.words());
        assertThat(diagnosis.status()).isEqualTo(ailment.kind() == Finding.Missing.class ? 1 : 0);
    }

    static Stream<Ailment> functions() {
        return Stream.of(
                breaks(
                        "a function is deleted",
                        p -> {
                            p.paper.remove(p.functionId("Promote"));
                        },
                        "function Promote",
                        "the function is gone"),
                breaks(
                        "the time limit of a function is shortened",
                        p -> p.function("AllowTraffic").put("Timeout", 3),
                        "function AllowTraffic",
                        "time limit 3, deployed as 120"),
                breaks(
                        "another handler",
                        p -> p.function("AllowTraffic").put("Handler", "dev.greenlight.adapter.lambda.SweepHandler"),
                        "function AllowTraffic",
                        "handler dev.greenlight.adapter.lambda.SweepHandler"),
                breaks(
                        "Lambda cannot start it",
                        p -> p.function("Sweep").put("State", "Failed").put("StateReason", "no such subnet"),
                        "function Sweep",
                        "Lambda cannot run it: no such subnet"),
                odd(
                        "a setting is changed by hand",
                        p -> variables(p, "AfterAllowTraffic").put("GREENLIGHT_BAKE", "PT1M"),
                        "function AfterAllowTraffic",
                        "GREENLIGHT_BAKE is PT1M, deployed as PT5M"),
                odd(
                        "a check is taken off by hand",
                        p -> variables(p, "AfterAllowTraffic").remove("GREENLIGHT_ERROR_SHARE"),
                        "function AfterAllowTraffic",
                        "GREENLIGHT_ERROR_SHARE is not set"),
                breaks(
                        "a misspelt setting is added",
                        p -> variables(p, "AllowTraffic").put("GREENLIGHT_BAKEN", "PT1M"),
                        "function AllowTraffic",
                        "GREENLIGHT_BAKEN: no such setting"));
    }

    static Stream<Ailment> callability() {
        return Stream.of(
                breaks(
                        "the alias is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Lambda::Alias", "HooksRollBack")),
                        "function RollBack",
                        "the alias live is gone"),
                breaks(
                        "the alias names no version",
                        p -> p.paper
                                .change(p.paper.logicalId("AWS::Lambda::Alias", "HooksRollBack"))
                                .put("FunctionVersion", "$LATEST"),
                        "function RollBack",
                        "the alias live names $LATEST"),
                breaks(
                        "concurrency is reserved",
                        p -> p.function("RollBack").put("ReservedConcurrentExecutions", 1),
                        "function RollBack",
                        "its concurrency is reserved: 1 at a time"),
                breaks(
                        "the failure destination is taken off",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Lambda::EventInvokeConfig", "HooksAllowTraffic")),
                        "function AllowTraffic",
                        "it has no failure destination; deployed with AnswerLostJob"),
                breaks(
                        "failed jobs go to a queue",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(
                                                "AWS::Lambda::EventInvokeConfig", "HooksAllowTraffic"))
                                        .path("DestinationConfig")
                                        .path("OnFailure"))
                                .put("Destination", "arn:aws:sqs:ap-northeast-2:123456789012:dead"),
                        "function AllowTraffic",
                        "with their live credentials, go to arn:aws:sqs"),
                breaks(
                        "the log group is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Logs::LogGroup", "HooksSweepLog")),
                        "function Sweep",
                        "its log group is gone"));
    }

    static Stream<Ailment> roles() {
        return Stream.of(
                breaks("the role is deleted", p -> p.paper.remove(p.roleId("Sweep")), "function Sweep", "is gone"),
                breaks(
                        "Lambda may not take the role any more",
                        p -> ((ObjectNode) p.role("Sweep").path("AssumeRolePolicyDocument")).putArray("Statement"),
                        "function Sweep",
                        "lambda.amazonaws.com may no longer take the role"),
                odd(
                        "a managed policy is attached",
                        p -> p.role("Sweep")
                                .putArray("ManagedPolicyArns")
                                .add("arn:aws:iam::aws:policy/AdministratorAccess"),
                        "function Sweep",
                        "arn:aws:iam::aws:policy/AdministratorAccess"),
                odd(
                        "an inline policy is added",
                        p -> {
                            ObjectNode policy = ((ArrayNode) p.role("Sweep").path("Policies")).addObject();
                            policy.put("PolicyName", "quick-fix");
                            policy.putObject("PolicyDocument").putArray("Statement");
                        },
                        "function Sweep",
                        "its role has a policy more than the stack gave it: quick-fix"),
                odd(
                        "its policy is widened",
                        p -> p.statements("Sweep")
                                .addObject()
                                .put("Effect", "Allow")
                                .put("Action", "ec2:*")
                                .put("Resource", "*"),
                        "function Sweep",
                        "allows more than the stack gave it: ec2:* on *"),
                breaks(
                        "a denial is added",
                        p -> p.statements("Sweep")
                                .addObject()
                                .put("Effect", "Deny")
                                .put("Action", "cloudwatch:GetMetric*")
                                .put("Resource", "*")
                                .put("Sid", "No"),
                        "function Sweep",
                        "may not cloudwatch:"),
                breaks(
                        "the pipeline may not call functions any more",
                        p -> takeOff(p, "ReleaseRole", "lambda:InvokeFunction"),
                        "role the pipeline's",
                        "may not lambda:InvokeFunction"),
                breaks(
                        "the instances may not read revisions any more",
                        p -> takeOff(p, "FleetsMachineRole", "s3:GetObject"),
                        "role the instances'",
                        "may not s3:GetObject, s3:GetObjectVersion"));
    }

    static Stream<Ailment> rules() {
        return Stream.of(
                breaks(
                        "the production rule's hosts are changed",
                        p -> p.paper
                                .change(p.paper.logicalId(PRODUCTION, ""))
                                .putArray("Hosts")
                                .add("other.example.com"),
                        "rule of production",
                        "it takes the hosts other.example.com, deployed for tickets.example.com"),
                breaks(
                        "the production rule redirects",
                        p -> p.paper
                                .change(p.paper.logicalId(PRODUCTION, ""))
                                .putArray("Actions")
                                .addObject()
                                .put("Type", "redirect"),
                        "rule of production",
                        "it does not forward: redirect"),
                breaks(
                        "the production rule forwards to a third target group",
                        p -> forward(
                                p,
                                "a",
                                "b",
                                "arn:aws:elasticloadbalancing:ap-northeast-2:123456789012:targetgroup/canary/1"),
                        "rule of production",
                        "targetgroup/canary/1"),
                breaks(
                        "the production rule gives nobody anything",
                        p -> forward(p, "b", "a").put("Weight", 0),
                        "rule of production",
                        "all weights are zero"),
                odd(
                        "the production rule forgets a fleet",
                        p -> forward(p, "a"),
                        "rule of production",
                        "it does not name fleet B"),
                breaks(
                        "the production rule is deleted",
                        p -> p.paper.remove(p.paper.logicalId(PRODUCTION, "")),
                        "rule of production",
                        "the rule is gone"),
                breaks(
                        "a preview rule is deleted",
                        p -> p.paper.remove(p.paper.logicalId(PREVIEW, "PreviewB")),
                        "rule of fleet B's preview",
                        "the rule is gone"),
                breaks(
                        "a preview rule comes after production",
                        p -> p.paper
                                .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                .put("Priority", 400),
                        "rule of fleet A's preview",
                        "it comes after production: priority 400, production has 102"),
                breaks(
                        "a preview rule leads to the other fleet",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                        .path("Actions")
                                        .path(0))
                                .put("TargetGroupArn", p.paper.id(p.paper.logicalId(TARGETS, "FleetsB"))),
                        "rule of fleet A's preview",
                        "not to fleet A alone"),
                breaks(
                        "a preview rule asks for no header",
                        p -> ((ArrayNode) p.paper
                                        .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                        .path("Conditions"))
                                .remove(0),
                        "rule of fleet A's preview",
                        "it asks for no secret header"),
                breaks(
                        "a preview rule asks for another secret",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(PREVIEW, "PreviewA"))
                                        .path("Conditions")
                                        .path(0)
                                        .path("HttpHeaderConfig"))
                                .putArray("Values")
                                .add("guess"),
                        "rule of fleet A's preview",
                        "is not the one that BeforeAllowTraffic sends"));
    }

    static Stream<Ailment> fleets() {
        return Stream.of(
                breaks(
                        "a group is deleted",
                        p -> p.paper.remove(p.paper.logicalId(GROUP, "FleetsB")),
                        "fleet B",
                        "its Auto Scaling group is gone"),
                breaks(
                        "a group is being deleted",
                        p -> group(p).put("Status", "Delete in progress"),
                        "fleet A",
                        "Delete in progress"),
                breaks(
                        "health checks of the load balancer",
                        p -> group(p).put("HealthCheckType", "ELB"),
                        "fleet A",
                        "its health checks are ELB, deployed as EC2"),
                breaks(
                        "it may not grow to a first release's size",
                        p -> group(p).put("MaxSize", "3"),
                        "fleet A",
                        "it may grow to 3, and a first release wants 4"),
                odd(
                        "it launches from another template",
                        p -> ((ObjectNode) group(p).path("LaunchTemplate")).put("LaunchTemplateId", "lt-0f00"),
                        "fleet A",
                        "it launches from lt-0f00"),
                odd(
                        "it may grow further than deployed",
                        p -> group(p).put("MaxSize", "40"),
                        "fleet A",
                        "it may grow to 40, deployed with 24"),
                breaks(
                        "the target group is taken off",
                        p -> group(p).putArray("TargetGroupARNs"),
                        "fleet A",
                        "its target group was taken off it"),
                breaks(
                        "launches are suspended",
                        p -> group(p).putArray("SuspendedProcesses")
                                .add("Launch")
                                .add("AZRebalance"),
                        "fleet A",
                        "processes are suspended that no rollout suspends: Launch"),
                breaks(
                        "the target group is deleted",
                        p -> p.paper.remove(p.paper.logicalId(TARGETS, "FleetsA")),
                        "fleet A",
                        "its target group is gone"),
                breaks(
                        "targets by address",
                        p -> p.paper
                                .change(p.paper.logicalId(TARGETS, "FleetsA"))
                                .put("TargetType", "ip"),
                        "fleet A",
                        "takes targets by ip"),
                breaks(
                        "it drains for too short a time",
                        p -> ((ObjectNode) p.paper
                                        .change(p.paper.logicalId(TARGETS, "FleetsA"))
                                        .path("TargetGroupAttributes")
                                        .path(0))
                                .put("Value", "5"),
                        "fleet A",
                        "drains for 5 s; the functions count on 300 s"));
    }

    static Stream<Ailment> deploymentGroups() {
        return Stream.of(
                breaks(
                        "a deployment group is deleted",
                        p -> p.paper.remove(
                                p.paper.logicalId("AWS::CodeDeploy::DeploymentGroup", "FleetsDeploymentsA")),
                        "deployment group greenlight-festival-a",
                        "is gone"),
                breaks(
                        "it becomes blue/green",
                        p -> ((ObjectNode) deploymentGroup(p).path("DeploymentStyle"))
                                .put("DeploymentType", "BLUE_GREEN"),
                        "deployment group greenlight-festival-a",
                        "BLUE_GREEN"),
                breaks(
                        "it controls traffic",
                        p -> ((ObjectNode) deploymentGroup(p).path("DeploymentStyle"))
                                .put("DeploymentOption", "WITH_TRAFFIC_CONTROL"),
                        "deployment group greenlight-festival-a",
                        "it controls traffic"),
                breaks(
                        "it rolls back by itself",
                        p -> ((ObjectNode) deploymentGroup(p).path("AutoRollbackConfiguration")).put("Enabled", true),
                        "deployment group greenlight-festival-a",
                        "its automatic rollback is on"),
                breaks(
                        "it loses its fleet",
                        p -> deploymentGroup(p).putArray("AutoScalingGroups"),
                        "deployment group greenlight-festival-a",
                        "the fleet greenlight-festival-a is not in it"),
                breaks(
                        "it also has the other fleet",
                        p -> ((ArrayNode) deploymentGroup(p).path("AutoScalingGroups")).add("greenlight-festival-b"),
                        "deployment group greenlight-festival-a",
                        "it also installs on greenlight-festival-b"));
    }

    static Stream<Ailment> store() {
        return Stream.of(
                breaks(
                        "the table is being deleted",
                        p -> table(p).put("TableStatus", "DELETING"),
                        "table",
                        "it is DELETING"),
                breaks(
                        "a table with other keys",
                        p -> ((ObjectNode) table(p).path("KeySchema").path(1)).put("AttributeName", "id"),
                        "table",
                        "its keys are pk HASH, id RANGE"),
                odd(
                        "items do not expire",
                        p -> ((ObjectNode) table(p).path("TimeToLiveSpecification")).put("Enabled", false),
                        "table",
                        "items do not expire"));
    }

    static Stream<Ailment> schedules() {
        return Stream.of(
                breaks(
                        "the schedule is disabled",
                        p -> schedule(p).put("State", "DISABLED"),
                        "schedule of Sweep",
                        "it is DISABLED"),
                breaks(
                        "the schedule is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Scheduler::Schedule", "Appointments")),
                        "schedule of Sweep",
                        "the schedule is gone"),
                breaks(
                        "the schedule calls something else",
                        p -> ((ObjectNode) schedule(p).path("Target"))
                                .put("Arn", "arn:aws:lambda:eu-west-1:1:function:x"),
                        "schedule of Sweep",
                        "it calls arn:aws:lambda:eu-west-1:1:function:x"),
                odd(
                        "the schedule is slowed down",
                        p -> schedule(p).put("ScheduleExpression", "rate(1 hour)"),
                        "schedule of Sweep",
                        "it calls at rate(1 hour), deployed with rate(1 minute)"),
                breaks(
                        "the group is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Scheduler::ScheduleGroup", "Appointments")),
                        "schedule group",
                        "every appointment with it"));
    }

    static Stream<Ailment> pipeline() {
        return Stream.of(
                breaks(
                        "an action calls a function of somebody else",
                        p -> action(p, "AllowTraffic").put("FunctionName", "our-own-shift"),
                        "pipeline",
                        "the action AllowTraffic calls our-own-shift"),
                breaks(
                        "an action calls another function of the stack",
                        p -> action(p, "AllowTraffic").put("FunctionName", "greenlight-festival-promote"),
                        "pipeline",
                        "deployed to call greenlight-festival-allow-traffic"),
                breaks(
                        "an action is told nothing",
                        p -> action(p, "AllowTraffic").put("UserParameters", "{}"),
                        "pipeline",
                        "the action AllowTraffic has other user parameters"),
                breaks(
                        "an action is taken out",
                        p -> ((ArrayNode) stage(p, "Rollout").path("Actions")).remove(4),
                        "pipeline",
                        "the stage Rollout does PrepareGreen, InstallRevision, BeforeAllowTraffic, AllowTraffic, deployed as"),
                breaks(
                        "the pipeline is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::CodePipeline::Pipeline", "Release")),
                        "pipeline",
                        "the pipeline is gone"),
                breaks(
                        "the connection is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::CodeConnections::Connection", "Release")),
                        "connection to GitHub",
                        "the connection is gone"),
                breaks(
                        "a stage is taken out",
                        p -> ((ArrayNode) pipelineOf(p).path("Stages")).remove(2),
                        "pipeline",
                        "the stage Rollout is gone"),
                breaks(
                        "the stage retries by itself",
                        p -> stage(p, "Rollout").putObject("OnFailure").put("Result", "RETRY"),
                        "pipeline",
                        "an automatic RETRY"),
                breaks(
                        "a transition is disabled",
                        p -> stage(p, "Rollout").put("Disabled", "festival freeze"),
                        "pipeline",
                        "disabled by a colleague (festival freeze)"),
                breaks(
                        "the connection waits for its handshake",
                        p -> p.paper
                                .change(p.paper.logicalId("AWS::CodeConnections::Connection", "Release"))
                                .put("ConnectionStatus", "PENDING"),
                        "connection to GitHub",
                        "its handshake is pending"));
    }

    static Stream<Ailment> events() {
        return Stream.of(
                breaks(
                        "an event rule is disabled",
                        p -> eventRule(p).put("State", "DISABLED"),
                        "event rule TakingBackStageEnded",
                        "it is disabled"),
                breaks(
                        "an event rule loses its target",
                        p -> eventRule(p).putArray("Targets"),
                        "event rule TakingBackStageEnded",
                        "it no longer calls"),
                breaks(
                        "an event rule listens to something else",
                        p -> ((ObjectNode) eventRule(p).path("EventPattern"))
                                .putArray("source")
                                .add("aws.s3"),
                        "event rule TakingBackStageEnded",
                        "its pattern was changed"),
                breaks(
                        "an event rule is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Events::Rule", "TakingBackStageEnded")),
                        "event rule TakingBackStageEnded",
                        "the rule is gone"),
                breaks(
                        "the function does not let the rule call any more",
                        p -> p.paper.remove(p.paper.logicalId("AWS::Lambda::Permission", "TakingBackStageEnded")),
                        "function RollBack",
                        "events.amazonaws.com may not call it"));
    }

    static Stream<Ailment> notices() {
        return Stream.of(
                breaks(
                        "an alarm is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::CloudWatch::Alarm", "WatchRollBackFails")),
                        "alarms of the installation",
                        "there is no alarm greenlight-festival-WatchRollBackFails"),
                breaks(
                        "an alarm that releases are checked by is deleted",
                        p -> p.paper.removeForeignAlarm(Patient.ALARM),
                        "alarms that releases are checked by",
                        "there is no alarm festival-orders-lost"),
                odd(
                        "an alarm is muted",
                        p -> p.paper
                                .change(p.paper.logicalId("AWS::CloudWatch::Alarm", "WatchRollBackFails"))
                                .put("ActionsEnabled", false),
                        "alarms of the installation",
                        "tells nobody"),
                breaks(
                        "nobody followed the link in the mail",
                        p -> p.paper
                                .change(p.paper.logicalId("AWS::SNS::Subscription", "WatchEmail"))
                                .put("Pending", true),
                        "topic",
                        "oncall@example.com has not confirmed"),
                breaks(
                        "the topic is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::SNS::Topic", "Watch")),
                        "topic",
                        "the topic is gone"),
                breaks(
                        "somebody unsubscribed",
                        p -> p.paper.remove(p.paper.logicalId("AWS::SNS::Subscription", "WatchEmail")),
                        "topic",
                        "oncall@example.com is no longer subscribed"));
    }

    static Stream<Ailment> secrets() {
        return Stream.of(
                breaks(
                        "a secret is marked for deletion",
                        p -> p.paper
                                .change(p.paper.logicalId("AWS::SecretsManager::Secret", "PreviewA"))
                                .put("Deleted", true),
                        "secret PreviewASecret",
                        "it is marked for deletion"),
                breaks(
                        "a secret is gone",
                        p -> p.paper.remove(p.paper.logicalId("AWS::SecretsManager::Secret", "PreviewA")),
                        "secret PreviewASecret",
                        "the secret is gone"));
    }

    private static ObjectNode variables(Patient patient, String action) {
        return (ObjectNode) patient.function(action).path("Environment").path("Variables");
    }

    private static void takeOff(Patient patient, String role, String action) {
        ObjectNode properties = patient.paper.change(patient.paper.logicalId("AWS::IAM::Role", role));
        ArrayNode statements = (ArrayNode)
                properties.path("Policies").path(0).path("PolicyDocument").path("Statement");
        for (int i = 0; i < statements.size(); i++) {
            if (statements.get(i).path("Action").toString().contains(action)) {
                statements.remove(i);
            }
        }
    }

    /** The production rule gives all to the first of these: fleets by their letters, or ARNs. @return the first one's share */
    private static ObjectNode forward(Patient patient, String... groups) {
        ObjectNode action = patient.paper
                .change(patient.paper.logicalId(PRODUCTION, ""))
                .putArray("Actions")
                .addObject()
                .put("Type", "forward");
        ArrayNode tuples = action.putObject("ForwardConfig").putArray("TargetGroups");
        for (String group : groups) {
            String arn = switch (group) {
                case "a" -> patient.paper.id(patient.paper.logicalId(TARGETS, "FleetsA"));
                case "b" -> patient.paper.id(patient.paper.logicalId(TARGETS, "FleetsB"));
                default -> group;
            };
            tuples.addObject().put("TargetGroupArn", arn).put("Weight", tuples.size() == 1 ? 100 : 0);
        }
        return (ObjectNode) tuples.path(0);
    }

    private static ObjectNode group(Patient patient) {
        return patient.paper.change(patient.paper.logicalId(GROUP, "FleetsA"));
    }

    private static ObjectNode deploymentGroup(Patient patient) {
        return patient.paper.change(patient.paper.logicalId("AWS::CodeDeploy::DeploymentGroup", "FleetsDeploymentsA"));
    }

    private static ObjectNode table(Patient patient) {
        return patient.paper.change(patient.paper.logicalId("AWS::DynamoDB::Table", "Store"));
    }

    private static ObjectNode schedule(Patient patient) {
        return patient.paper.change(patient.paper.logicalId("AWS::Scheduler::Schedule", "Appointments"));
    }

    private static ObjectNode eventRule(Patient patient) {
        return patient.paper.change(patient.paper.logicalId("AWS::Events::Rule", "TakingBackStageEnded"));
    }

    private static ObjectNode pipelineOf(Patient patient) {
        return patient.paper.change(patient.paper.logicalId("AWS::CodePipeline::Pipeline", "Release"));
    }

    private static ObjectNode stage(Patient patient, String name) {
        return (ObjectNode) pipelineOf(patient)
                .path("Stages")
                .valueStream()
                .filter(stage -> stage.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode action(Patient patient, String name) {
        return (ObjectNode) stage(patient, "Rollout")
                .path("Actions")
                .valueStream()
                .filter(action -> action.path("Name").asText().equals(name))
                .findFirst()
                .orElseThrow()
                .path("Configuration");
    }
}
