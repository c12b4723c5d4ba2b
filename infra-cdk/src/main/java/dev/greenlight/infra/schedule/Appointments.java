package dev.greenlight.infra.schedule;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.constructs.Construct;

/**
 * The schedule group in which blue's time is kept, the role with which the Scheduler calls, and the sweep. A group that is
 * deleted takes its schedules with it, so nothing outlives the stack.
 */
public final class Appointments extends Construct {

    private final CfnScheduleGroup group;
    private final ExactRole role;

    /** @param called ARNs of the functions that appointments may call */
    public Appointments(Construct scope, String id, Names names, List<String> called) {
        super(scope, id);
        this.group = CfnScheduleGroup.Builder.create(this, "Group")
                .name(names.root())
                .build();
        this.role = new ExactRole(
                this,
                "Role",
                new PrincipalWithConditions(
                        new ServicePrincipal("scheduler.amazonaws.com"),
                        Map.of("StringEquals", Map.of("aws:SourceAccount", names.account()))),
                List.of(Permit.on(
                        called,
                        "CallFunctions",
                        "blue's time is up, a hook comes back, Sweep comes by",
                        "lambda:InvokeFunction")));
    }

    /** Calls a function every minute with that input. */
    public void everyMinute(String id, String function, String input) {
        CfnSchedule.Builder.create(this, id)
                .groupName(group.getRef())
                .scheduleExpression("rate(1 minute)")
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(function)
                        .roleArn(role.arn())
                        .input(input)
                        // The next minute brings another: one that was missed is not made up for.
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(0)
                                .build())
                        .build())
                .build();
    }

    public String group() {
        return group.getRef();
    }

    public String roleArn() {
        return role.arn();
    }
}
