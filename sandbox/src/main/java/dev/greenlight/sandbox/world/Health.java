package dev.greenlight.sandbox.world;

/**
 * The outcome of one health check of one target.
 *
 * @param reason the ELB reason code of a failed check; empty when it passed
 * @param description what DescribeTargetHealth would add; empty when it passed
 */
public record Health(boolean passed, String reason, String description) {

    private static final Health OK = new Health(true, "", "");

    /** The target answered as it should. */
    public static Health ok() {
        return OK;
    }

    /** The target answered with a status that does not match. */
    public static Health answered(int status) {
        return new Health(
                false, "Target.ResponseCodeMismatch", "Health checks failed with these codes: [" + status + "]");
    }

    /** The target took the request and did not answer in time. */
    public static Health timedOut() {
        return new Health(false, "Target.Timeout", "Request timed out");
    }

    /** The target could not be reached, or broke the connection. */
    public static Health unreachable() {
        return new Health(false, "Target.FailedHealthChecks", "Health checks failed");
    }
}
