package dev.greenlight.sandbox.app;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a release of the sample app behaves once it runs; it travels inside the bundle as {@code behaviour.properties}.
 *
 * @param healthy whether {@code /health} answers 200 (503 otherwise)
 * @param errorShares path to the share of its requests, 0 to 1, that is answered 500; exact over time, not random
 * @param latency how long an answer to anything but {@code /health} takes
 * @param startupDelay how long after the start script the app answers 503 to everything
 * @param selfTest whether the release passes its own test in {@code validate.sh}
 */
public record Behaviour(
        boolean healthy,
        SortedMap<String, Double> errorShares,
        Duration latency,
        Duration startupDelay,
        boolean selfTest) {

    private static final String HEALTH = "health";
    private static final String LATENCY = "latency.millis";
    private static final String STARTUP_DELAY = "startup.delay.millis";
    private static final String SELF_TEST = "self.test";
    private static final String ERROR_SHARE = "error.share.";

    public Behaviour {
        errorShares = Collections.unmodifiableSortedMap(new TreeMap<>(errorShares));
        errorShares.forEach((path, share) -> {
            if (!path.startsWith("/")) {
                throw new IllegalArgumentException("a path starts with /: " + path);
            }
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("the error share of " + path + " is not within 0..1: " + share);
            }
        });
        if (latency.isNegative() || startupDelay.isNegative()) {
            throw new IllegalArgumentException("a negative duration: " + latency + ", " + startupDelay);
        }
    }

    /** A release with nothing wrong: healthy, no errors, answers after 2 ms, ready at once. */
    public static Behaviour good() {
        return new Behaviour(true, new TreeMap<>(), Duration.ofMillis(2), Duration.ZERO, true);
    }

    /** The same, but {@code /health} answers 503. */
    public Behaviour unhealthy() {
        return new Behaviour(false, errorShares, latency, startupDelay, selfTest);
    }

    /** The same, but a share (0 to 1) of the requests to one path is answered 500. */
    public Behaviour failing(String path, double share) {
        TreeMap<String, Double> shares = new TreeMap<>(errorShares);
        shares.put(path, share);
        return new Behaviour(healthy, shares, latency, startupDelay, selfTest);
    }

    /** The same, but each answer takes this long. */
    public Behaviour answeringAfter(Duration duration) {
        return new Behaviour(healthy, errorShares, duration, startupDelay, selfTest);
    }

    /** The same, but the app answers 503 for this long (wall time) after it was started. */
    public Behaviour startingIn(Duration duration) {
        return new Behaviour(healthy, errorShares, latency, duration, selfTest);
    }

    /** The same, but its {@code validate.sh} exits with 1. */
    public Behaviour failingItsSelfTest() {
        return new Behaviour(healthy, errorShares, latency, startupDelay, false);
    }

    /** The share (0 to 1) of requests to this path that is answered 500. */
    public double errorShare(String path) {
        return errorShares.getOrDefault(path, 0.0);
    }

    /** The text of {@code behaviour.properties}; {@link #parse} reads it back. */
    public String properties() {
        StringBuilder text = new StringBuilder()
                .append(HEALTH + "=" + (healthy ? "ok" : "bad") + "\n")
                .append(LATENCY + "=" + latency.toMillis() + "\n")
                .append(STARTUP_DELAY + "=" + startupDelay.toMillis() + "\n")
                .append(SELF_TEST + "=" + (selfTest ? "pass" : "fail") + "\n");
        errorShares.forEach((path, share) -> text.append(ERROR_SHARE + path + "=" + share + "\n"));
        return text.toString();
    }

    /** What {@link #properties} wrote; a missing or malformed key is an {@link IllegalArgumentException} that names it. */
    public static Behaviour parse(String text) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TreeMap<String, Double> shares = new TreeMap<>();
        for (Map.Entry<Object, Object> entry : read.entrySet()) {
            String key = (String) entry.getKey();
            if (key.startsWith(ERROR_SHARE)) {
                shares.put(key.substring(ERROR_SHARE.length()), Double.valueOf((String) entry.getValue()));
            }
        }
        return new Behaviour(
                one(read, HEALTH, "ok", "bad"),
                shares,
                millis(read, LATENCY),
                millis(read, STARTUP_DELAY),
                one(read, SELF_TEST, "pass", "fail"));
    }

    private static boolean one(Properties read, String key, String yes, String no) {
        String value = read.getProperty(key);
        if (yes.equals(value)) {
            return true;
        }
        if (no.equals(value)) {
            return false;
        }
        throw new IllegalArgumentException(key + " is neither " + yes + " nor " + no + ": " + value);
    }

    private static Duration millis(Properties read, String key) {
        String value = read.getProperty(key);
        try {
            return Duration.ofMillis(Long.parseLong(String.valueOf(value)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(key + " is not a number of milliseconds: " + value, e);
        }
    }
}
