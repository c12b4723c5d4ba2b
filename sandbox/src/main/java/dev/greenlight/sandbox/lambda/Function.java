package dev.greenlight.sandbox.lambda;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a function is configured.
 *
 * @param name the function's name
 * @param timeout how long one invocation may take, at most 15 minutes
 * @param retries how often an asynchronous invocation that failed is tried again, 0 to 2
 * @param onFailure the function that gets a record of what failed for good
 */
public record Function(String name, Duration timeout, int retries, Optional<String> onFailure) {

    public Function {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(onFailure, "onFailure");
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofMinutes(15)) > 0) {
            throw new IllegalArgumentException("a function may run for up to 15 minutes, not " + timeout);
        }
        if (retries < 0 || retries > 2) {
            throw new IllegalArgumentException("0 to 2 retries, not " + retries);
        }
    }

    /** A function as Lambda configures it by itself, but for the time limit: two retries, no failure destination. */
    public static Function named(String name, Duration timeout) {
        return new Function(name, timeout, 2, Optional.empty());
    }

    /** The same with a function as its failure destination. */
    public Function onFailure(String function) {
        return new Function(name, timeout, retries, Optional.of(function));
    }

    /** The same with another number of retries. */
    public Function retries(int number) {
        return new Function(name, timeout, number, onFailure);
    }
}
