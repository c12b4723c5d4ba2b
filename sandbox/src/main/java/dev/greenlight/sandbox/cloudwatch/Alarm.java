package dev.greenlight.sandbox.cloudwatch;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * One metric alarm: judges the last periods that CloudWatch shows (user guide, "Alarm evaluation" and "Configuring how CloudWatch
 * alarms treat missing data"). Guarded by the lock of its service.
 */
final class Alarm {

    private final Metric metric;
    private MetricAlarm shape;

    Alarm(MetricAlarm shape) {
        this.metric = Shapes.metric(shape.namespace(), shape.metricName(), shape.dimensions());
        this.shape = shape;
    }

    MetricAlarm shape() {
        return shape;
    }

    /** Moves to the state; empty when it is there already. */
    Optional<AlarmChange> becomes(StateValue state, String reason, Instant at) {
        StateValue before = shape.stateValue();
        if (before == state) {
            return Optional.empty();
        }
        shape = shape.toBuilder()
                .stateValue(state)
                .stateReason(reason)
                .stateUpdatedTimestamp(at)
                .stateTransitionedTimestamp(at)
                .build();
        return Optional.of(new AlarmChange(shape, before, state, reason, at));
    }

    /** Judges the published periods and moves to what they say. */
    Optional<AlarmChange> evaluate(MetricStore store, Duration delay, Instant now) {
        List<OptionalDouble> points = points(store, delay, now);
        List<Boolean> judged = new ArrayList<>();
        points.forEach(point -> judge(point).ifPresent(judged::add));
        if (points.stream().allMatch(OptionalDouble::isEmpty) && missing().equals("ignore")) {
            return Optional.empty();
        }
        if (judged.isEmpty()) {
            return becomes(StateValue.INSUFFICIENT_DATA, "Insufficient Data: no datapoints were received", now);
        }
        long breaching = judged.stream().filter(breach -> breach).count();
        int needed = Optional.ofNullable(shape.datapointsToAlarm()).orElse(shape.evaluationPeriods());
        StateValue state = breaching >= needed ? StateValue.ALARM : StateValue.OK;
        return state == shape.stateValue()
                ? Optional.empty()
                : becomes(
                        state,
                        "Threshold Crossed: " + breaching + " out of the last " + shape.evaluationPeriods()
                                + " datapoints were " + shape.comparisonOperatorAsString() + " " + shape.threshold()
                                + " (" + needed + " make an alarm).",
                        now);
    }

    private List<OptionalDouble> points(MetricStore store, Duration delay, Instant now) {
        String statistic = shape.statistic() == null ? shape.extendedStatistic() : shape.statisticAsString();
        Instant end = now.minus(delay).truncatedTo(ChronoUnit.MINUTES);
        List<OptionalDouble> points = new ArrayList<>();
        for (int i = shape.evaluationPeriods(); i > 0; i--) {
            Instant from = end.minusSeconds((long) i * shape.period());
            points.add(store.published(metric, statistic, from, from.plusSeconds(shape.period()), now));
        }
        return points;
    }

    /** Whether the point breaches the threshold; empty for a missing point that counts for nothing. */
    private Optional<Boolean> judge(OptionalDouble point) {
        if (point.isEmpty()) {
            return switch (missing()) {
                case "breaching" -> Optional.of(true);
                case "notBreaching" -> Optional.of(false);
                default -> Optional.empty();
            };
        }
        return Optional.of(breaches(point.getAsDouble()));
    }

    private boolean breaches(double value) {
        ComparisonOperator operator = shape.comparisonOperator();
        double threshold = shape.threshold();
        return switch (operator) {
            case GREATER_THAN_THRESHOLD -> value > threshold;
            case GREATER_THAN_OR_EQUAL_TO_THRESHOLD -> value >= threshold;
            case LESS_THAN_THRESHOLD -> value < threshold;
            case LESS_THAN_OR_EQUAL_TO_THRESHOLD -> value <= threshold;
            default -> throw new UnsupportedOperationException("the sandbox has no anomaly detection: " + operator);
        };
    }

    private String missing() {
        return Optional.ofNullable(shape.treatMissingData()).orElse("missing");
    }
}
