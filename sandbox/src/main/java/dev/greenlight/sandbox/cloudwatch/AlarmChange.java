package dev.greenlight.sandbox.cloudwatch;

import java.time.Instant;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/**
 * An alarm that went from one state to another.
 *
 * @param alarm the alarm as it is after the change
 */
public record AlarmChange(MetricAlarm alarm, StateValue from, StateValue to, String reason, Instant at) {}
