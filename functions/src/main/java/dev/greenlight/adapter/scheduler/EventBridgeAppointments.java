package dev.greenlight.adapter.scheduler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Appointments;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.scheduler.model.ActionAfterCompletion;
import software.amazon.awssdk.services.scheduler.model.ConflictException;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindow;
import software.amazon.awssdk.services.scheduler.model.FlexibleTimeWindowMode;
import software.amazon.awssdk.services.scheduler.model.ResourceNotFoundException;
import software.amazon.awssdk.services.scheduler.model.Target;

/**
 * Appointments as one-time schedules of EventBridge Scheduler, which delete themselves once kept.
 *
 * <p>A schedule's name follows from what it is for, so that booking twice moves it and cancelling needs no memory. The Scheduler
 * delivers at least once; what it calls checks whether there is anything left to do. An appointment in the past is kept in a
 * minute. Follows "CreateSchedule" and "Schedule types in EventBridge Scheduler".
 */
public final class EventBridgeAppointments implements Appointments {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int NAME_LIMIT = 64;
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int DELIVERY_TRIES = 20;
    private static final Duration DELIVERY_AGE = Duration.ofHours(6);
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("'at('yyyy-MM-dd'T'HH:mm:ss')'").withZone(ZoneOffset.UTC);

    /**
     * Where appointments are kept and whom they call.
     *
     * @param group the schedule group; the function's role may write to this one only
     * @param role ARN of the role with which the Scheduler calls
     * @param retireBlue ARN of the function that retires blue
     * @param self ARN of the function that runs now; empty where it never answers lifecycle hooks
     */
    public record Book(String service, String group, String role, String retireBlue, Optional<String> self) {}

    private final SchedulerClient scheduler;
    private final Aws aws;
    private final InstantSource clock;
    private final Book book;

    public EventBridgeAppointments(SchedulerClient scheduler, Aws aws, InstantSource clock, Book book) {
        this.scheduler = scheduler;
        this.aws = aws;
        this.clock = clock;
        this.book = book;
    }

    @Override
    public void retireBlue(RolloutId rollout, Instant at) {
        String input = event("retire-blue", json -> json.writeStringField("rollout", rollout.value()));
        book(retirement(rollout), at, book.retireBlue(), input);
    }

    @Override
    public void comeBack(Trigger.HookExecution execution, Instant at) {
        String self = book.self()
                .orElseThrow(() -> Aws.unusable(
                        "scheduler:CreateSchedule",
                        "this function was not told its own ARN, so it cannot be called again"));
        // The schedule that called may still be there, about to delete itself: the next one has a name of its own.
        String name = name(
                "%s-hook-%s-%d".formatted(book.service(), fingerprint(execution.executionId()), at.getEpochSecond()));
        String input = event("come-back", json -> {
            json.writeStringField("deploymentId", execution.deploymentId());
            json.writeStringField("executionId", execution.executionId());
            json.writeStringField("firstCall", execution.firstCall().toString());
        });
        book(name, at, self, input);
    }

    private void book(String name, Instant at, String function, String input) {
        Instant earliest = clock.instant().plus(SOON);
        String expression = AT.format(at.isBefore(earliest) ? earliest : at);
        Target target = Target.builder()
                .arn(function)
                .roleArn(book.role())
                .input(input)
                .retryPolicy(r -> r.maximumRetryAttempts(DELIVERY_TRIES)
                        .maximumEventAgeInSeconds(Math.toIntExact(DELIVERY_AGE.toSeconds())))
                .build();
        // One that is kept between the two writes is gone again by the second: then the first is made once more.
        if (!create(name, expression, target) && !move(name, expression, target)) {
            create(name, expression, target);
        }
    }

    private boolean create(String name, String expression, Target target) {
        return aws.repeatable("scheduler:CreateSchedule", () -> {
            try {
                scheduler.createSchedule(r -> r.name(name)
                        .groupName(book.group())
                        .scheduleExpression(expression)
                        .scheduleExpressionTimezone("UTC")
                        .flexibleTimeWindow(onTime())
                        .actionAfterCompletion(ActionAfterCompletion.DELETE)
                        .target(target));
                return true;
            } catch (ConflictException e) {
                return false;
            }
        });
    }

    private boolean move(String name, String expression, Target target) {
        return aws.repeatable("scheduler:UpdateSchedule", () -> {
            try {
                scheduler.updateSchedule(r -> r.name(name)
                        .groupName(book.group())
                        .scheduleExpression(expression)
                        .scheduleExpressionTimezone("UTC")
                        .flexibleTimeWindow(onTime())
                        .actionAfterCompletion(ActionAfterCompletion.DELETE)
                        .target(target));
                return true;
            } catch (ResourceNotFoundException e) {
                return false;
            }
        });
    }

    private static FlexibleTimeWindow onTime() {
        return FlexibleTimeWindow.builder().mode(FlexibleTimeWindowMode.OFF).build();
    }

    @Override
    public void cancel(RolloutId rollout) {
        aws.repeatable("scheduler:DeleteSchedule", () -> {
            try {
                return Optional.of(scheduler.deleteSchedule(
                        r -> r.name(retirement(rollout)).groupName(book.group())));
            } catch (ResourceNotFoundException e) {
                return Optional.empty();
            }
        });
    }

    private String retirement(RolloutId rollout) {
        return name(book.service() + "-" + rollout);
    }

    /** The name itself where it fits, else its beginning and a fingerprint of all of it. */
    private static String name(String wanted) {
        if (wanted.length() <= NAME_LIMIT) {
            return wanted;
        }
        String mark = fingerprint(wanted);
        return wanted.substring(0, NAME_LIMIT - mark.length() - 1) + "-" + mark;
    }

    private static String fingerprint(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String event(String kind, Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("greenlight", kind);
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }
}
