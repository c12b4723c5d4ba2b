package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.clock.SandboxClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The one model of targets, groups and routing; every public method holds the world's lock, which is the world itself. */
public final class World {

    private final SandboxClock clock;

    public World(SandboxClock clock, Timings timings, long seed) {
        this.clock = clock;
    }

    public SandboxClock clock() {
        return clock;
    }

    /** All instances of the group that are not terminated, oldest first. */
    public synchronized List<Instance> instances(String autoScalingGroup) {
        throw new UnsupportedOperationException("being built");
    }

    /** The instance, also for an hour after it was terminated. */
    public synchronized Optional<Instance> instance(String instanceId) {
        throw new UnsupportedOperationException("being built");
    }

    public synchronized void launchHook(String autoScalingGroup, LaunchHook hook) {
        throw new UnsupportedOperationException("being built");
    }

    public synchronized void dataPlane(DataPlane plane) {
        throw new UnsupportedOperationException("being built");
    }

    public synchronized Optional<Choice> choose(Request request) {
        throw new UnsupportedOperationException("being built");
    }

    public synchronized void answered(Choice choice, int status, Duration latency, boolean elbError) {
        throw new UnsupportedOperationException("being built");
    }

    public void kill(String instanceId) {
        throw new UnsupportedOperationException("being built");
    }
}
