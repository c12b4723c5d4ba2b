package dev.greenlight.adapter;

import dev.greenlight.port.CallFailed;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Every call to AWS goes through here: it is tried again where that is safe and worth it, and what fails for good becomes a
 * {@link CallFailed}. The SDK's own retries are off, so that this is the only place that repeats a call.
 *
 * <p>Two pauses of 400 ms and 1.2 s outlast the refill of the smallest documented bucket that Greenlight writes to, three
 * ModifyRule calls a second ("Request throttling for the Elastic Load Balancing API"). Errors of the JVM are never caught.
 */
public final class Aws {

    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(400), Duration.ofMillis(1200));

    private final Pause pause;

    public Aws(Pause pause) {
        this.pause = pause;
    }

    /**
     * Makes a call that may arrive twice without harm: reads, and writes that set something to what it shall be. At most
     * three tries.
     *
     * @param operation service and operation as policies name them, {@code "elasticloadbalancing:ModifyRule"}
     * @throws CallFailed when the last try failed, or a failure was not worth another
     */
    public <T> T repeatable(String operation, Supplier<T> call) {
        for (Duration length : PAUSES) {
            wanted(operation);
            try {
                return answered(call);
            } catch (SdkException e) {
                if (!AwsError.of(e).retry()) {
                    throw failed(operation, e);
                }
            }
            pause.pause(length);
        }
        return once(operation, call);
    }

    /**
     * Makes a call that must not arrive twice. Nobody knows whether one without an answer arrived.
     *
     * @throws CallFailed when it failed
     */
    public <T> T once(String operation, Supplier<T> call) {
        wanted(operation);
        try {
            return answered(call);
        } catch (SdkException e) {
            throw failed(operation, e);
        }
    }

    /** The SDK lets what its HTTP client meets while it reads an answer through as it is. */
    private static <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (UncheckedIOException e) {
            throw SdkClientException.create(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Work that was called off makes no more calls: its caller has been answered, and what it saw is getting old. A process that
     * Lambda froze in the middle of it may thaw minutes later.
     */
    private static void wanted(String operation) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CallFailed(CallFailed.Kind.UNAVAILABLE, operation, "not made, its time was over", null);
        }
    }

    /** What the settings name is not there, or AWS answered what Greenlight cannot read: a person has to look. */
    public static CallFailed unusable(String operation, String detail) {
        return new CallFailed(CallFailed.Kind.INVALID, operation, detail, null);
    }

    /**
     * A part of an answer that Greenlight cannot do without.
     *
     * @param name the field, as the operation's API page calls it
     * @throws CallFailed when AWS left it out
     */
    public static <T> T present(T part, String operation, String name) {
        if (part == null) {
            throw unusable(operation, "the answer leaves out " + name);
        }
        return part;
    }

    private static CallFailed failed(String operation, SdkException cause) {
        return new CallFailed(AwsError.of(cause).kind(), operation, AwsError.describe(cause), cause);
    }
}
