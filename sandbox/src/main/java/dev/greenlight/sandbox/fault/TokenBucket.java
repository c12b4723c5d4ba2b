package dev.greenlight.sandbox.fault;

import java.time.Duration;
import java.time.Instant;

/** A bucket of request tokens that fills at a steady rate. */
final class TokenBucket {

    private final double capacity;
    private final double perSecond;
    private double tokens;
    private Instant filled;

    TokenBucket(int capacity, double perSecond, Instant now) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.tokens = capacity;
        this.filled = now;
    }

    boolean has(Instant now) {
        tokens = Math.min(capacity, tokens + Duration.between(filled, now).toNanos() / 1e9 * perSecond);
        filled = now;
        return tokens >= 1;
    }

    void take() {
        tokens -= 1;
    }
}
