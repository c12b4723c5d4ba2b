package dev.greenlight.sandbox.fault;

import java.util.Optional;

/**
 * One way for a call to go wrong.
 *
 * @param moment before the service did anything, or after it did it all
 * @param code the error code as the service gives it; empty when no answer arrives at all
 * @param status the HTTP status of the answer
 */
public record Fault(Moment moment, Optional<String> code, int status, String message) {

    /** When the call fails. */
    public enum Moment {
        /** Nothing has happened. */
        BEFORE,
        /** It has happened, and the caller does not know. */
        AFTER
    }

    /** The service refuses with this code and does nothing. */
    public static Fault refused(String code, int status, String message) {
        return new Fault(Moment.BEFORE, Optional.of(code), status, message);
    }

    /** The caller lacks the permission. */
    public static Fault denied() {
        return refused("AccessDenied", 403, "User is not authorized to perform this operation");
    }

    /** The service is not there: 503, and nothing was done. */
    public static Fault unavailable() {
        return refused("ServiceUnavailable", 503, "Service is unable to handle request.");
    }

    /** The service did it and answers 500 all the same. */
    public static Fault failedAfterwards() {
        return new Fault(Moment.AFTER, Optional.of("InternalFailure"), 500, "An internal failure occurred");
    }

    /** The service did it, and the connection broke before the answer: the SDK throws an SdkClientException. */
    public static Fault lostAnswer() {
        return new Fault(Moment.AFTER, Optional.empty(), 0, "Unable to execute HTTP request: Connection reset");
    }

    /** The connection never came about: the SDK throws an SdkClientException. */
    public static Fault noConnection() {
        return new Fault(Moment.BEFORE, Optional.empty(), 0, "Unable to execute HTTP request: Connect timed out");
    }
}
