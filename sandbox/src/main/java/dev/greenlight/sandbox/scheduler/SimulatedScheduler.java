package dev.greenlight.sandbox.scheduler;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.clock.Timer;
import dev.greenlight.sandbox.fault.ServiceErrors;
import dev.greenlight.sandbox.lambda.Deliveries;
import dev.greenlight.sandbox.lambda.Deliveries.Delivery;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.world.Account;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleGroupRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleGroupResponse;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.DeleteScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.GetScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesRequest;
import software.amazon.awssdk.services.scheduler.model.ListSchedulesResponse;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.ScheduleState;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;
import software.amazon.awssdk.services.scheduler.model.Target;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.UpdateScheduleResponse;
import software.amazon.awssdk.services.scheduler.model.ValidationException;

/**
 * EventBridge Scheduler: invokes Lambda functions asynchronously at a time or at a rate, at least once.
 *
 * <p>Operations: CreateSchedule, GetSchedule, UpdateSchedule, DeleteSchedule, ListSchedules, CreateScheduleGroup and DeleteScheduleGroup; every other one throws
 * {@link UnsupportedOperationException}. Expressions are {@code at(...)} and {@code rate(...)}. A time that has passed is due at once, which
 * the documentation leaves open. Delivery is on time unless a {@linkplain #deliveries plan} makes it late (AWS promises the minute, no
 * more) or doubles it; what was due before its schedule was deleted still arrives.
 */
public final class SimulatedScheduler implements SchedulerClient {

    private final SandboxClock clock;
    private final Account account;
    private final SimulatedLambda lambda;
    private final Deliveries deliveries = Deliveries.atLeastOnce();
    private final Set<String> groups = new TreeSet<>(Set.of("default"));
    private final Map<String, Schedule> schedules = new TreeMap<>();
    private long fired;

    /** What a schedule is now, and the timer that will make it fire. */
    private static final class Schedule {
        GetScheduleResponse now;
        String clientToken;
        Timer timer;
    }

    public SimulatedScheduler(SandboxClock clock, Account account, SimulatedLambda lambda) {
        this.clock = clock;
        this.account = account;
        this.lambda = lambda;
    }

    /** How what is due is delivered; at least once, whatever the plan. */
    public Deliveries deliveries() {
        return deliveries;
    }

    @Override
    public synchronized CreateScheduleGroupResponse createScheduleGroup(CreateScheduleGroupRequest request) {
        if (!groups.add(request.name())) {
            throw refused(ConflictException.builder(), 409, "Schedule group " + request.name() + " already exists.");
        }
        return CreateScheduleGroupResponse.builder()
                .scheduleGroupArn(account.arn("scheduler", "schedule-group/" + request.name()))
                .build();
    }

    /** Deletes the group with the schedules in it, at once; AWS takes a moment. */
    @Override
    public synchronized DeleteScheduleGroupResponse deleteScheduleGroup(DeleteScheduleGroupRequest request) {
        if (!groups.remove(request.name())) {
            throw refused(
                    ResourceNotFoundException.builder(), 404, "Schedule group " + request.name() + " does not exist.");
        }
        schedules.values().removeIf(schedule -> {
            boolean inIt = schedule.now.groupName().equals(request.name());
            if (inIt) {
                schedule.timer.cancel();
            }
            return inIt;
        });
        return DeleteScheduleGroupResponse.builder().build();
    }

    @Override
    public synchronized CreateScheduleResponse createSchedule(CreateScheduleRequest request) {
        String key = key(request.groupName(), request.name());
        Expression due = valid(
                request.scheduleExpression(),
                request.scheduleExpressionTimezone(),
                request.flexibleTimeWindow(),
                request.target());
        Schedule known = schedules.get(key);
        if (known != null) {
            // The same request again, as an SDK repeats it, is the same schedule.
            if (request.clientToken() != null && request.clientToken().equals(known.clientToken)) {
                return CreateScheduleResponse.builder()
                        .scheduleArn(known.now.arn())
                        .build();
            }
            throw refused(ConflictException.builder(), 409, "Schedule " + request.name() + " already exists.");
        }
        Schedule schedule = new Schedule();
        schedule.clientToken = request.clientToken();
        schedule.now = GetScheduleResponse.builder()
                .arn(account.arn("scheduler", "schedule/" + key))
                .name(request.name())
                .groupName(group(request.groupName()))
                .scheduleExpression(request.scheduleExpression())
                .scheduleExpressionTimezone(timezone(request.scheduleExpressionTimezone()))
                .flexibleTimeWindow(request.flexibleTimeWindow())
                .target(request.target())
                .description(request.description())
                .state(state(request.state()))
                .actionAfterCompletion(after(request.actionAfterCompletion()))
                .creationDate(clock.instant())
                .lastModificationDate(clock.instant())
                .build();
        schedules.put(key, schedule);
        arm(key, schedule, due);
        return CreateScheduleResponse.builder().scheduleArn(schedule.now.arn()).build();
    }

    @Override
    public synchronized UpdateScheduleResponse updateSchedule(UpdateScheduleRequest request) {
        String key = key(request.groupName(), request.name());
        Schedule schedule = existing(key, request.name());
        Expression due = valid(
                request.scheduleExpression(),
                request.scheduleExpressionTimezone(),
                request.flexibleTimeWindow(),
                request.target());
        schedule.timer.cancel();
        // What the request leaves out goes back to its default: an update replaces the whole schedule.
        schedule.now = schedule.now.toBuilder()
                .scheduleExpression(request.scheduleExpression())
                .scheduleExpressionTimezone(timezone(request.scheduleExpressionTimezone()))
                .flexibleTimeWindow(request.flexibleTimeWindow())
                .target(request.target())
                .description(request.description())
                .state(state(request.state()))
                .actionAfterCompletion(after(request.actionAfterCompletion()))
                .lastModificationDate(clock.instant())
                .build();
        arm(key, schedule, due);
        return UpdateScheduleResponse.builder().scheduleArn(schedule.now.arn()).build();
    }

    @Override
    public synchronized GetScheduleResponse getSchedule(GetScheduleRequest request) {
        return existing(key(request.groupName(), request.name()), request.name()).now;
    }

    @Override
    public synchronized DeleteScheduleResponse deleteSchedule(DeleteScheduleRequest request) {
        String key = key(request.groupName(), request.name());
        existing(key, request.name()).timer.cancel();
        schedules.remove(key);
        return DeleteScheduleResponse.builder().build();
    }

    @Override
    public synchronized ListSchedulesResponse listSchedules(ListSchedulesRequest request) {
        List<ScheduleSummary> found = schedules.values().stream()
                .map(schedule -> schedule.now)
                .filter(s -> request.groupName() == null || request.groupName().equals(s.groupName()))
                .filter(s -> request.namePrefix() == null || s.name().startsWith(request.namePrefix()))
                .filter(s -> request.state() == null || request.state() == s.state())
                .map(s -> ScheduleSummary.builder()
                        .arn(s.arn())
                        .name(s.name())
                        .groupName(s.groupName())
                        .state(s.state())
                        .target(t -> t.arn(s.target().arn()))
                        .creationDate(s.creationDate())
                        .lastModificationDate(s.lastModificationDate())
                        .build())
                .toList();
        return ListSchedulesResponse.builder().schedules(found).build();
    }

    private void arm(String key, Schedule schedule, Expression due) {
        String what = "schedule " + key;
        schedule.timer = switch (due) {
            case Expression.At at -> clock.at(at.when(), what, () -> fire(key, schedule, true));
            case Expression.Rate rate -> clock.every(rate.period(), what, () -> fire(key, schedule, false));
        };
    }

    private synchronized void fire(String key, Schedule schedule, boolean completed) {
        if (schedules.get(key) != schedule || schedule.now.state() == ScheduleState.DISABLED) {
            return;
        }
        Target target = schedule.now.target();
        String input = Optional.ofNullable(target.input()).orElse("{}");
        Delivery delivery = new Delivery(target.arn(), fired++, input);
        for (Duration delay : deliveries.delays(delivery)) {
            clock.after(
                    delay,
                    "delivery of " + key,
                    () -> lambda.invokeAsync(target.arn(), input.getBytes(StandardCharsets.UTF_8)));
        }
        if (completed && schedule.now.actionAfterCompletion() == ActionAfterCompletion.DELETE) {
            schedules.remove(key);
        }
    }

    private static Expression valid(String expression, String timezone, FlexibleTimeWindow window, Target target) {
        if (target == null || target.arn() == null || target.roleArn() == null) {
            throw refused(ValidationException.builder(), 400, "A target with an Arn and a RoleArn is required.");
        }
        if (window == null || window.mode() == null) {
            throw refused(ValidationException.builder(), 400, "FlexibleTimeWindow with a Mode is required.");
        }
        return Expression.parse(expression, timezone)
                .orElseThrow(() ->
                        refused(ValidationException.builder(), 400, "Invalid Schedule Expression " + expression + "."));
    }

    private String key(String group, String name) {
        if (name == null || !name.matches("[0-9a-zA-Z-_.]{1,64}")) {
            throw refused(ValidationException.builder(), 400, "Not a schedule's name: " + name);
        }
        if (!groups.contains(group(group))) {
            throw refused(ResourceNotFoundException.builder(), 404, "Schedule group " + group + " does not exist.");
        }
        return group(group) + "/" + name;
    }

    private Schedule existing(String key, String name) {
        return Optional.ofNullable(schedules.get(key))
                .orElseThrow(() ->
                        refused(ResourceNotFoundException.builder(), 404, "Schedule " + name + " does not exist."));
    }

    private static String group(String asked) {
        return asked == null ? "default" : asked;
    }

    private static String timezone(String asked) {
        return asked == null ? "UTC" : asked;
    }

    private static ScheduleState state(ScheduleState asked) {
        return asked == null ? ScheduleState.ENABLED : asked;
    }

    private static ActionAfterCompletion after(ActionAfterCompletion asked) {
        return asked == null ? ActionAfterCompletion.NONE : asked;
    }

    private static AwsServiceException refused(AwsServiceException.Builder builder, int status, String message) {
        return ServiceErrors.named(builder, status, message);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing that has to be released. */
    @Override
    public void close() {}
}
