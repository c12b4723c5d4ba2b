package dev.greenlight.sandbox.fault;

import java.time.Instant;

/**
 * One call of a client.
 *
 * @param sequence 1 for the first call of a sandbox
 * @param invocation the label of the invocation that made it; empty outside of one
 * @param service the service as IAM names it, such as elasticloadbalancing
 * @param operation the operation as the API names it, such as ModifyRule
 * @param resource the ARN or name that the call is about; empty when it names none
 * @param outcome {@link #OK}, an error code, or {@link #CRASHED}
 */
public record Call(
        long sequence,
        Instant at,
        String invocation,
        String service,
        String operation,
        String resource,
        String outcome) {

    /** The outcome of a call that was answered. */
    public static final String OK = "ok";

    /** The outcome of a call whose answer nobody lived to see. */
    public static final String CRASHED = "crashed";

    /** Whether the call was answered. */
    public boolean ok() {
        return outcome.equals(OK);
    }

    /** The IAM action, such as {@code elasticloadbalancing:ModifyRule}. */
    public String action() {
        return service + ":" + operation;
    }

    Call ended(String how) {
        return new Call(sequence, at, invocation, service, operation, resource, how);
    }
}
