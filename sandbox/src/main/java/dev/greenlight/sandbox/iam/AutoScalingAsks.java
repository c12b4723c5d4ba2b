package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.World;
import java.util.List;
import software.amazon.awssdk.services.autoscaling.model.AutoScalingRequest;
import software.amazon.awssdk.services.autoscaling.model.ResumeProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.SuspendProcessesRequest;
import software.amazon.awssdk.services.autoscaling.model.UpdateAutoScalingGroupRequest;

/**
 * Auto Scaling: reads have no resource type, everything else is about a group, whose ARN holds an id of its own. Follows "Actions,
 * resources, and condition keys for Amazon EC2 Auto Scaling". What a group that is given a launch template asks for besides, a launch that is
 * tried and not made, is not asked here ("Control Amazon EC2 launch template usage in Auto Scaling groups").
 */
final class AutoScalingAsks {

    private static final String NO_ID = "00000000-0000-0000-0000-000000000000";

    private final World world;

    AutoScalingAsks(World world) {
        this.world = world;
    }

    List<Ask> of(AutoScalingRequest request) {
        return switch (request) {
            case UpdateAutoScalingGroupRequest r ->
                List.of(Ask.of("autoscaling:UpdateAutoScalingGroup", arn(r.autoScalingGroupName())));
            case SuspendProcessesRequest r ->
                List.of(Ask.of("autoscaling:SuspendProcesses", arn(r.autoScalingGroupName())));
            case ResumeProcessesRequest r ->
                List.of(Ask.of("autoscaling:ResumeProcesses", arn(r.autoScalingGroupName())));
            default -> Asks.reads("autoscaling", request);
        };
    }

    private String arn(String group) {
        return world.autoScalingGroup(group)
                .map(AutoScalingGroup::arn)
                .orElseGet(() -> world.account()
                        .arn("autoscaling", "autoScalingGroup:" + NO_ID + ":autoScalingGroupName/" + group));
    }
}
