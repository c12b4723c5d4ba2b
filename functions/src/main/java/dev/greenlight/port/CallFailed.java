package dev.greenlight.port;

/** A call to the world failed for good, after the retries that are worth it. Its message is safe to show. */
public final class CallFailed extends RuntimeException {

    /** What kind of failure it was. */
    public enum Kind {
        /** Too many calls: the next call of the hook may fare better. */
        THROTTLED,
        /** The service did not answer, or answered with an error of its own: the next call may fare better. */
        UNAVAILABLE,
        /** The role may not do this: nothing changes until a person mends it. */
        DENIED,
        /** What the settings name does not exist, or the request is not valid: nothing changes until a person mends it. */
        INVALID
    }

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** @param operation service and operation, {@code "elasticloadbalancing:ModifyRule"} */
    public CallFailed(Kind kind, String operation, String detail, Throwable cause) {
        super(operation + ": " + detail, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the next call of the hook may succeed where this one did not. */
    public boolean isPassing() {
        return kind == Kind.THROTTLED || kind == Kind.UNAVAILABLE;
    }
}
