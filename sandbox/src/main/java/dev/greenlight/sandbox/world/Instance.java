package dev.greenlight.sandbox.world;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One EC2 instance; the world moves it through its states, CodeDeploy sets its revision, a data plane its port.
 *
 * <p>Readable from every thread. What belongs together must be read under the lock of its {@link World}.
 */
public final class Instance {

    private final String id;
    private final String autoScalingGroup;
    private final String zone;
    private final Instant launchedAt;
    private final Optional<LaunchTemplates.Origin> origin;
    private volatile InstanceState state = InstanceState.PENDING;
    private volatile Instant runningSince;
    private volatile Instant inServiceSince;
    private volatile Instant diedAt;
    private volatile boolean shutDown;
    private volatile boolean markedUnhealthy;
    private volatile int port;
    private volatile String revision;

    Instance(
            String id,
            String autoScalingGroup,
            String zone,
            Instant launchedAt,
            Optional<LaunchTemplates.Origin> origin) {
        this.id = Objects.requireNonNull(id);
        this.autoScalingGroup = Objects.requireNonNull(autoScalingGroup);
        this.zone = Objects.requireNonNull(zone);
        this.launchedAt = Objects.requireNonNull(launchedAt);
        this.origin = Objects.requireNonNull(origin);
    }

    /** The instance id, {@code i-} and 17 hexadecimal digits. */
    public String id() {
        return id;
    }

    /** The name of the Auto Scaling group that launched it. */
    public String autoScalingGroup() {
        return autoScalingGroup;
    }

    /** The name of its Availability Zone. */
    public String zone() {
        return zone;
    }

    public Instant launchedAt() {
        return launchedAt;
    }

    /** What it was launched from; empty if its group launched from no template then. */
    public Optional<LaunchTemplates.Origin> origin() {
        return origin;
    }

    public InstanceState state() {
        return state;
    }

    /** Since when the operating system runs; empty while it boots. */
    public Optional<Instant> runningSince() {
        return Optional.ofNullable(runningSince);
    }

    /** Since when it is in service; empty before. */
    public Optional<Instant> inServiceSince() {
        return Optional.ofNullable(inServiceSince);
    }

    /** Whether something can answer on it: it has booted, did not die, and was not shut down. */
    public boolean running() {
        return runningSince != null && diedAt == null && !shutDown;
    }

    /** What serves on it, as CodeDeploy installed it; empty when nothing is installed, and then health checks fail. */
    public Optional<String> revision() {
        return Optional.ofNullable(revision);
    }

    /** Sets what is installed; null for nothing. */
    public void revision(String label) {
        this.revision = label;
    }

    /** The loopback port of its server; 0 where nothing listens, always so in the modelled plane. */
    public int port() {
        return port;
    }

    /** Sets the port; the data plane's business. */
    public void port(int newPort) {
        this.port = newPort;
    }

    Optional<Instant> diedAt() {
        return Optional.ofNullable(diedAt);
    }

    boolean markedUnhealthy() {
        return markedUnhealthy;
    }

    void runs(Instant since) {
        runningSince = since;
    }

    void entersService(Instant since) {
        inServiceSince = since;
        state = InstanceState.IN_SERVICE;
    }

    void waitsForHook() {
        state = InstanceState.PENDING_WAIT;
    }

    void terminates() {
        state = InstanceState.TERMINATING;
    }

    void terminated() {
        shutDown = true;
        state = InstanceState.TERMINATED;
    }

    void dies(Instant when) {
        diedAt = when;
    }

    void marksUnhealthy() {
        markedUnhealthy = true;
    }

    @Override
    public String toString() {
        return id + " (" + autoScalingGroup + ", " + state + ", " + (revision == null ? "nothing installed" : revision)
                + ")";
    }
}
