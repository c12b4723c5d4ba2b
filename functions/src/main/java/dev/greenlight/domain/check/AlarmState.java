package dev.greenlight.domain.check;

/** What CloudWatch says of an alarm. */
public enum AlarmState {
    OK,
    FIRING,
    NO_DATA,
    /** No alarm has this name. */
    MISSING
}
