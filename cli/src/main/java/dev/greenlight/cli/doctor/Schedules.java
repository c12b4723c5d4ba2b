package dev.greenlight.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;

/** The group in which appointments are kept, and the schedule by which Sweep is called. */
final class Schedules implements Subject {

    private final SchedulerClient scheduler;

    Schedules(AccountClients clients) {
        this.scheduler = clients.scheduler();
    }

    @Override
    public String name() {
        return "the schedules";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        for (Part group : stack.parts("AWS::Scheduler::ScheduleGroup")) {
            Place place = new Place("schedule group", "", group.text("Name"));
            notebook.ask(
                            place,
                            "scheduler:GetScheduleGroup",
                            () -> scheduler.getScheduleGroup(request -> request.name(group.text("Name"))),
                            () -> notebook.missing(
                                    place,
                                    "the group is gone, and every appointment with it",
                                    "a release cannot be promoted: blue's retirement has no place to stand",
                                    Remedy.of("aws scheduler create-schedule-group --name " + group.text("Name"))))
                    .ifPresent(live -> notebook.well(place, "is there for appointments"));
        }
        stack.parts("AWS::Scheduler::Schedule").forEach(schedule -> schedule(schedule, stack, notebook));
    }

    private void schedule(Part wanted, DeployedStack stack, Notebook notebook) {
        // A schedule of a group has the physical id name or group|name, as the type's versions have it.
        String name = wanted.physicalId().replaceFirst("^.*[|/]", "");
        String target = wanted.wanted().path("Target").path("Arn").asText();
        String hook = stack.hook(target).orElse(target);
        String breaks = stack.function(hook)
                .map(function -> Hook.of(function).without())
                .orElse("nobody calls " + hook);
        Place place = new Place("schedule", "of " + hook, name);
        notebook.ask(
                        place,
                        "scheduler:GetSchedule",
                        () -> scheduler.getSchedule(request ->
                                request.groupName(wanted.text("GroupName")).name(name)),
                        () -> notebook.missing(
                                place,
                                "the schedule is gone",
                                breaks,
                                Remedy.of(
                                        "change it in the template and deploy: CloudFormation makes it anew only if the"
                                                + " template changes")))
                .ifPresent(live -> compare(place, wanted, live, breaks, notebook));
    }

    private static void compare(Place place, Part wanted, GetScheduleResponse live, String breaks, Notebook notebook) {
        List<String> faults = new ArrayList<>();
        if (live.state() != ScheduleState.ENABLED) {
            faults.add("it is " + live.stateAsString());
        }
        String target = wanted.wanted().path("Target").path("Arn").asText();
        if (!target.equals(live.target().arn())) {
            faults.add("it calls %s, deployed for %s".formatted(live.target().arn(), target));
        }
        String role = wanted.wanted().path("Target").path("RoleArn").asText();
        if (!role.equals(live.target().roleArn())) {
            faults.add("it calls with the role %s, deployed with %s"
                    .formatted(live.target().roleArn(), role));
        }
        if (!wanted.wanted()
                .path("Target")
                .path("Input")
                .asText()
                .equals(live.target().input())) {
            faults.add("what it says to the function was changed");
        }
        faults.forEach(fault -> notebook.missing(
                place,
                fault,
                breaks,
                Remedy.of("put the schedule back as it stands in the template: %s, target %s"
                        .formatted(wanted.text("ScheduleExpression"), target))));
        if (!wanted.text("ScheduleExpression").equals(live.scheduleExpression())) {
            notebook.odd(
                    place,
                    "it calls at %s, deployed with %s"
                            .formatted(live.scheduleExpression(), wanted.text("ScheduleExpression")),
                    Remedy.of("put it back: deadlines are kept no more exactly than it calls"));
        } else if (faults.isEmpty()) {
            notebook.well(place, "calls at " + live.scheduleExpression());
        }
    }
}
