package dev.greenlight.domain.check;

/** What CloudWatch says of an alarm. */
public enum AlarmState {
    OK,
    FIRING,
    /** It has fired since before the moment that was asked about, so it says nothing about what came then. */
    FIRING_ALREADY,
    NO_DATA,
    /** No alarm has this name. */
    MISSING
}
