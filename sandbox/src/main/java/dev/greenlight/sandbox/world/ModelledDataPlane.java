package dev.greenlight.sandbox.world;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A data plane without sockets: what a revision does is plain data, and a steady load is counts, made each second of the clock.
 * Shares come out exactly over time, in the same order on every run.
 */
public final class ModelledDataPlane implements DataPlane {

    private final World world;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> healthPaths = new ConcurrentHashMap<>();
    private final Map<String, Installed> installed = new ConcurrentHashMap<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Double> failuresOwed = new LinkedHashMap<>();
    private final Copies copies;

    /** Makes the plane and gives it to the world. */
    public ModelledDataPlane(World world) {
        this.world = world;
        this.copies = new Copies(world, this);
        world.dataPlane(this);
    }

    /** Says how a revision behaves from now on; without it, it is {@linkplain Behaviour#good good}. */
    public void behaviour(String revision, Behaviour behaviour) {
        behaviours.put(revision, behaviour);
    }

    /** Says on which paths a revision answers health checks from now on; without it, on all. */
    public void healthPaths(String revision, Set<String> paths) {
        healthPaths.put(revision, Set.copyOf(paths));
    }

    /** Starts a steady load of such requests by clients that keep no cookies. */
    public Load load(Request request, double perSecond) {
        return load(request, perSecond, 0);
    }

    /** Starts a steady load of such requests, shared evenly by clients that keep the cookie of group stickiness. */
    public Load load(Request request, double perSecond, int clients) {
        Load load = new Load(this, world, request, perSecond, clients);
        load.runOn(world.clock());
        return load;
    }

    /** Sends one request and counts it; takes no time. */
    public Answer send(Request request) {
        synchronized (world) {
            Choice choice = world.choose(request).orElseThrow();
            return switch (choice) {
                case Choice.Fixed fixed -> {
                    unserved(fixed, fixed.status(), 1);
                    yield new Answer(fixed.status(), Optional.empty(), Duration.ZERO);
                }
                case Choice.NoTarget none -> {
                    unserved(none, none.status(), 1);
                    yield new Answer(none.status(), Optional.empty(), Duration.ZERO);
                }
                case Choice.Target target -> {
                    Optional<String> revision = serving(target.instanceId());
                    Answer answer = serve(target, revision, 1);
                    if (revision.isPresent()) {
                        copies.of(request, 1);
                    }
                    yield answer;
                }
            };
        }
    }

    /** What was answered so far by revision; {@link Tally#BALANCER} stands for answers that no target gave. */
    public Map<String, Tally> tallies() {
        synchronized (world) {
            return Map.copyOf(tallies);
        }
    }

    @Override
    public void booted(Instance instance) {
        // An instance that was there before the story began has its revision already.
        instance.revision()
                .ifPresent(revision -> installed.put(instance.id(), new Installed(revision, instance.launchedAt())));
    }

    @Override
    public void gone(Instance instance) {
        installed.remove(instance.id());
    }

    @Override
    public Health check(Instance instance, HealthCheck healthCheck) {
        Optional<String> revision = instance.revision();
        if (revision.isEmpty()) {
            return Health.unreachable();
        }
        if (!healthPaths
                .getOrDefault(revision.get(), Set.of(healthCheck.path()))
                .contains(healthCheck.path())) {
            return Health.answered(404);
        }
        Instant now = world.clock().instant();
        Installed seen = installed.compute(
                instance.id(),
                (id, before) -> before != null && before.revision().equals(revision.get())
                        ? before
                        : new Installed(revision.get(), now));
        Duration age = Duration.between(seen.since(), now);
        return age.compareTo(behaviour(revision.get()).healthyAfter()) >= 0 ? Health.ok() : Health.answered(503);
    }

    private Behaviour behaviour(String revision) {
        return behaviours.getOrDefault(revision, Behaviour.good());
    }

    /** What answers on the instance; empty when nothing does. */
    Optional<String> serving(String instanceId) {
        return world.instance(instanceId).filter(Instance::running).flatMap(Instance::revision);
    }

    /**
     * Lets one target answer so many requests; the answer is that of the last one.
     *
     * @param revision what {@linkplain #serving serves} on it
     */
    Answer serve(Choice.Target target, Optional<String> revision, long times) {
        if (revision.isEmpty()) {
            count(target, 502, Duration.ZERO, true, times, Tally.BALANCER);
            return new Answer(502, Optional.empty(), Duration.ZERO);
        }
        Behaviour behaviour = behaviour(revision.get());
        long failed = behaviour.errorShare() == 0 ? 0 : failed(revision.get(), behaviour.errorShare() * times);
        count(target, 500, behaviour.latency(), false, failed, revision.get());
        count(target, 200, behaviour.latency(), false, times - failed, revision.get());
        return new Answer(failed > 0 ? 500 : 200, revision, behaviour.latency());
    }

    Copies copies() {
        return copies;
    }

    /** Lets one target answer so many copies, whose answers nobody gets: only the load balancer counts them. */
    void serveCopies(Choice.Target target, Optional<String> revision, long times) {
        if (revision.isEmpty()) {
            world.answered(target, 502, Duration.ZERO, true, times);
            return;
        }
        Behaviour behaviour = behaviour(revision.get());
        long failed = failed(revision.get() + ", on copies", behaviour.errorShare() * times);
        if (failed > 0) {
            world.answered(target, 500, behaviour.latency(), false, failed);
        }
        if (times > failed) {
            world.answered(target, 200, behaviour.latency(), false, times - failed);
        }
    }

    /** How many whole failures come to be with these. */
    private long failed(String revision, double more) {
        double owed = failuresOwed.getOrDefault(revision, 0.0) + more;
        // The tolerance keeps sums of a decimal share, such as ten times 0.1, from falling short of a whole failure.
        long failed = (long) Math.floor(owed + 1e-9);
        failuresOwed.put(revision, owed - failed);
        return failed;
    }

    /** Counts requests that the load balancer answered because no target was to get them. */
    void unserved(Choice choice, int status, long times) {
        count(choice, status, Duration.ZERO, !(choice instanceof Choice.Fixed), times, Tally.BALANCER);
    }

    private void count(Choice choice, int status, Duration latency, boolean elbError, long times, String by) {
        if (times > 0) {
            world.answered(choice, status, latency, elbError, times);
            tallies.merge(by, new Tally(times, status >= 500 ? times : 0), Tally::plus);
        }
    }

    private record Installed(String revision, Instant since) {}

    /** One answer. */
    public record Answer(int status, Optional<String> revision, Duration latency) {}

    /** Requests and how many of them failed with 5xx. */
    public record Tally(long requests, long failed) {

        /** The name under which answers of the load balancer itself are counted. */
        public static final String BALANCER = "(load balancer)";

        Tally plus(Tally other) {
            return new Tally(requests + other.requests, failed + other.failed);
        }
    }
}
