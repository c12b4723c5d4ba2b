package dev.greenlight.cli.compare;

import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.clock.Timer;
import dev.greenlight.sandbox.world.InstanceState;
import java.time.Duration;
import java.time.Instant;

/** Counts the hours of instances beyond those that serve, as EC2's bill would: from the launch to the end. */
final class Meter implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(15);

    private final Sandbox sandbox;
    private final int serving;
    private final Timer timer;
    private Instant read;
    private double hours;

    /** @param serving the size of the fleet that serves */
    Meter(Sandbox sandbox, int serving) {
        this.sandbox = sandbox;
        this.serving = serving;
        this.read = sandbox.clock().instant();
        this.timer = sandbox.clock().every(LOOK, "the meter of instances", this::look);
    }

    /** Instances that are paid for now. */
    static long living(Sandbox sandbox) {
        return sandbox.world().instances().stream()
                .filter(instance -> instance.state() != InstanceState.TERMINATED)
                .count();
    }

    private synchronized void look() {
        Instant now = sandbox.clock().instant();
        double passed = Duration.between(read, now).toMillis() / 3_600_000.0;
        hours += passed * Math.max(0, living(sandbox) - serving);
        read = now;
    }

    /** Instance hours so far. */
    synchronized double hours() {
        return hours;
    }

    @Override
    public void close() {
        timer.cancel();
    }
}
