package dev.greenlight.cli.doctor;

import static dev.greenlight.cli.doctor.Ailment.breaks;
import static dev.greenlight.cli.doctor.Ailment.odd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hands do to the pipeline, its events, those who hear of it and its secrets. */
class PipelineAilmentsTest {

    @ParameterizedTest
    @MethodSource({"pipeline", "events", "notices", "secrets"})
    void what_a_hand_did_is_told_and_nothing_else(Ailment ailment) {
        ailment.isToldAlone();
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
                        "the pipeline works with another role",
                        p -> pipelineOf(p).put("RoleArn", "arn:aws:iam::123456789012:role/mine"),
                        "pipeline",
                        "it works with the role arn:aws:iam::123456789012:role/mine, deployed with"),
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
                odd(
                        "an event rule's target has another name",
                        p -> ((ObjectNode) eventRule(p).path("Targets").path(0)).put("Id", "Mine"),
                        "event rule TakingBackStageEnded",
                        "its target is called Mine, deployed as RollBack"),
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
                odd(
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
                odd(
                        "nobody followed the link in the mail",
                        p -> p.paper
                                .change(p.paper.logicalId("AWS::SNS::Subscription", "WatchEmail"))
                                .put("Pending", true),
                        "topic",
                        "oncall@example.com has not confirmed"),
                odd(
                        "the topic is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::SNS::Topic", "Watch")),
                        "topic",
                        "the topic is gone"),
                odd(
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
