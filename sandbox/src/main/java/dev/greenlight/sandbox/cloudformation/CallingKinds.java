package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.eventbridge.EventBus;
import dev.greenlight.sandbox.eventbridge.EventPattern;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.TargetGroupInfo;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;

/** What deploys to fleets, and what calls functions: CodeDeploy, rules of the event bus, schedules, failure destinations. */
final class CallingKinds {

    private final CodeDeployClient codeDeploy;
    private final EventBus bus;
    private final SchedulerClient scheduler;
    private final SimulatedLambda lambda;

    CallingKinds(CodeDeployClient codeDeploy, EventBus bus, SchedulerClient scheduler, SimulatedLambda lambda) {
        this.codeDeploy = codeDeploy;
        this.bus = bus;
        this.scheduler = scheduler;
        this.lambda = lambda;
    }

    Map<String, ResourceKind> kinds() {
        return Map.of(
                "AWS::CodeDeploy::Application", new Applications(),
                "AWS::CodeDeploy::DeploymentConfig", new DeploymentConfigs(),
                "AWS::CodeDeploy::DeploymentGroup", new DeploymentGroups(),
                "AWS::Events::Rule", new Rules(),
                "AWS::Scheduler::ScheduleGroup", new ScheduleGroups(),
                "AWS::Scheduler::Schedule", new Schedules(),
                "AWS::Lambda::EventInvokeConfig", new FailureDestinations());
    }

    private final class Applications implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            String name = properties.path("ApplicationName").asText();
            codeDeploy.createApplication(r -> r.applicationName(name));
            return Made.of(name);
        }

        @Override
        public void delete(Standing standing) {
            codeDeploy.deleteApplication(r -> r.applicationName(standing.made().ref()));
        }
    }

    /** Follows "AWS::CodeDeploy::DeploymentConfig": everything in it is fixed. */
    private final class DeploymentConfigs implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            String name = properties.path("DeploymentConfigName").asText();
            JsonNode fleet = properties.path("MinimumHealthyHosts");
            JsonNode zonal = properties.path("ZonalConfig");
            JsonNode zone = zonal.path("MinimumHealthyHostsPerZone");
            codeDeploy.createDeploymentConfig(r -> r.deploymentConfigName(name)
                    .minimumHealthyHosts(m -> m.type(fleet.path("Type").asText())
                            .value(fleet.path("Value").asInt()))
                    .zonalConfig(z -> z.firstZoneMonitorDurationInSeconds(
                                    zonal.path("FirstZoneMonitorDurationInSeconds")
                                            .asLong())
                            .monitorDurationInSeconds(
                                    zonal.path("MonitorDurationInSeconds").asLong())
                            .minimumHealthyHostsPerZone(
                                    m -> m.type(zone.path("Type").asText())
                                            .value(zone.path("Value").asInt()))));
            return Made.of(name);
        }

        @Override
        public void delete(Standing standing) {
            codeDeploy.deleteDeploymentConfig(
                    r -> r.deploymentConfigName(standing.made().ref()));
        }
    }

    private final class DeploymentGroups implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            String name = properties.path("DeploymentGroupName").asText();
            JsonNode style = properties.path("DeploymentStyle");
            List<TargetGroupInfo> targets = properties
                    .path("LoadBalancerInfo")
                    .path("TargetGroupInfoList")
                    .valueStream()
                    .map(info -> TargetGroupInfo.builder()
                            .name(info.path("Name").asText())
                            .build())
                    .toList();
            codeDeploy.createDeploymentGroup(r -> r.applicationName(
                            properties.path("ApplicationName").asText())
                    .deploymentGroupName(name)
                    .deploymentConfigName(
                            properties.path("DeploymentConfigName").asText("CodeDeployDefault.OneAtATime"))
                    .deploymentStyle(s -> s.deploymentType(
                                    style.path("DeploymentType").asText("IN_PLACE"))
                            .deploymentOption(style.path("DeploymentOption").asText("WITHOUT_TRAFFIC_CONTROL")))
                    .loadBalancerInfo(b -> b.targetGroupInfoList(targets))
                    .autoScalingGroups(
                            properties.path("AutoScalingGroups").path(0).asText()));
            return Made.of(name);
        }

        @Override
        public void delete(Standing standing) {
            codeDeploy.deleteDeploymentGroup(r -> r.applicationName(
                            standing.properties().path("ApplicationName").asText())
                    .deploymentGroupName(standing.made().ref()));
        }
    }

    private final class Rules implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            for (JsonNode target : properties.path("Targets")) {
                bus.rule(
                        logicalId,
                        EventPattern.of(properties.path("EventPattern")),
                        target.path("Arn").asText());
            }
            return Made.of(logicalId);
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            delete(standing);
            return create(standing.resource().id(), properties);
        }

        @Override
        public void delete(Standing standing) {
            bus.removeRule(standing.resource().id());
        }
    }

    private final class ScheduleGroups implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            String name = properties.path("Name").asText();
            scheduler.createScheduleGroup(r -> r.name(name));
            return Made.of(name);
        }

        @Override
        public void delete(Standing standing) {
            scheduler.deleteScheduleGroup(r -> r.name(standing.made().ref()));
        }
    }

    private final class Schedules implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            JsonNode target = properties.path("Target");
            scheduler.createSchedule(r -> r.name(logicalId)
                    .groupName(properties.path("GroupName").asText())
                    .scheduleExpression(properties.path("ScheduleExpression").asText())
                    .flexibleTimeWindow(w -> w.mode(FlexibleTimeWindowMode.fromValue(
                            properties.path("FlexibleTimeWindow").path("Mode").asText())))
                    .target(t -> t.arn(target.path("Arn").asText())
                            .roleArn(target.path("RoleArn").asText())
                            .input(target.path("Input").asText())));
            return Made.of(logicalId);
        }

        @Override
        public void delete(Standing standing) {
            scheduler.deleteSchedule(r -> r.name(standing.made().ref())
                    .groupName(standing.properties().path("GroupName").asText()));
        }
    }

    /** Follows "AWS::Lambda::EventInvokeConfig". */
    private final class FailureDestinations implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            lambda.onFailure(
                    properties.path("FunctionName").asText(),
                    properties.path("MaximumRetryAttempts").asInt(2),
                    properties
                            .path("DestinationConfig")
                            .path("OnFailure")
                            .path("Destination")
                            .asText());
            return Made.of(logicalId);
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            return create(standing.resource().id(), properties);
        }

        @Override
        public void delete(Standing standing) {
            // Goes with its function.
        }
    }
}
