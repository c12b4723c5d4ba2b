package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;

/** EventBridge Scheduler as it tells of groups and schedules. */
public final class PaperSchedules implements SchedulerClient {

    private final PaperAccount paper;

    public PaperSchedules(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public GetScheduleGroupResponse getScheduleGroup(GetScheduleGroupRequest request) {
        return paper.find("AWS::Scheduler::ScheduleGroup", request.name())
                .map(group -> GetScheduleGroupResponse.builder()
                        .name(group.id())
                        .state("ACTIVE")
                        .build())
                .orElseThrow(() -> Errors.gone(ResourceNotFoundException.builder(), "Group " + request.name()));
    }

    @Override
    public GetScheduleResponse getSchedule(GetScheduleRequest request) {
        PaperAccount.Item schedule = paper.find("AWS::Scheduler::Schedule", request.name())
                .filter(item -> item.text("GroupName").equals(request.groupName()))
                .orElseThrow(() -> Errors.gone(ResourceNotFoundException.builder(), "Schedule " + request.name()));
        JsonNode target = schedule.properties().path("Target");
        return GetScheduleResponse.builder()
                .name(schedule.id())
                .groupName(request.groupName())
                .state(schedule.properties().path("State").asText("ENABLED"))
                .scheduleExpression(schedule.text("ScheduleExpression"))
                .target(t -> t.arn(target.path("Arn").asText())
                        .roleArn(target.path("RoleArn").asText())
                        .input(target.path("Input").asText()))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
