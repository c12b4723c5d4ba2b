package dev.greenlight.cli.doctor;

import static dev.greenlight.cli.doctor.Ailment.breaks;
import static dev.greenlight.cli.doctor.Ailment.odd;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What hands do to fleets, deployment groups, the table and the schedules. */
class FleetAilmentsTest {

    private static final String GROUP = "AWS::AutoScaling::AutoScalingGroup";
    private static final String TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

    @ParameterizedTest
    @MethodSource({"fleets", "profile", "deploymentGroups", "store", "schedules"})
    void what_a_hand_did_is_told_and_nothing_else(Ailment ailment) {
        ailment.isToldAlone();
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
                        "it launches the latest version of its template",
                        p -> ((ObjectNode) group(p).path("LaunchTemplate")).put("Version", "$Latest"),
                        "fleet A",
                        "it launches version $Latest of its launch template"),
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

    static Stream<Ailment> profile() {
        return Stream.of(
                breaks(
                        "the instances' profile is deleted",
                        p -> p.paper.remove(p.paper.logicalId("AWS::IAM::InstanceProfile", "FleetsMachine")),
                        "instance profile",
                        "the profile is gone"),
                breaks(
                        "the instances' role is taken out of its profile",
                        p -> p.paper
                                .change(p.paper.logicalId("AWS::IAM::InstanceProfile", "FleetsMachine"))
                                .putArray("Roles"),
                        "instance profile",
                        "it holds no role, deployed with greenlight-festival-FleetsMachineRole"));
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
                        "it works with another role",
                        p -> deploymentGroup(p).put("ServiceRoleArn", "arn:aws:iam::123456789012:role/mine"),
                        "deployment group greenlight-festival-a",
                        "it works with the role arn:aws:iam::123456789012:role/mine, deployed with"),
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
}
