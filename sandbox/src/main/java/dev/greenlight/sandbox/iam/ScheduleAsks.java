package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.world.Account;
import java.util.List;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.SchedulerRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;

/**
 * EventBridge Scheduler: a schedule by its group and name; who writes one passes the role that it will call with. Follows "Actions,
 * resources, and condition keys for Amazon EventBridge Scheduler" and "Identity-based policies in EventBridge Scheduler".
 */
final class ScheduleAsks {

    private static final String SERVICE = "scheduler.amazonaws.com";

    private final Account account;

    ScheduleAsks(Account account) {
        this.account = account;
    }

    List<Ask> of(SchedulerRequest request) {
        return switch (request) {
            case CreateScheduleRequest r ->
                List.of(
                        ask("CreateSchedule", r.groupName(), r.name()),
                        pass(r.target().roleArn()));
            case UpdateScheduleRequest r ->
                List.of(
                        ask("UpdateSchedule", r.groupName(), r.name()),
                        pass(r.target().roleArn()));
            case DeleteScheduleRequest r -> List.of(ask("DeleteSchedule", r.groupName(), r.name()));
            default -> throw Asks.unknown(request);
        };
    }

    private Ask ask(String action, String group, String name) {
        return Ask.of("scheduler:" + action, account.arn("scheduler", "schedule/" + group + "/" + name));
    }

    private static Ask pass(String role) {
        return Ask.of("iam:PassRole", role).with("iam:PassedToService", SERVICE);
    }
}
