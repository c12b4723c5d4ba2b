package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.clock.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A data plane without sockets: what a revision does is plain data, and a steady load is counts, made each second of the clock.
 * Shares come out exactly over time, in the same order on every run.
 */
public final class ModelledDataPlane implements DataPlane {

    private final World world;
    private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
    private final Map<String, Installed> installed = new ConcurrentHashMap<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final Map<String, Double> failuresOwed = new LinkedHashMap<>();

    /** Makes the plane and gives it to the world. */
    public ModelledDataPlane(World world) {
        this.world = world;
        world.dataPlane(this);
    }

    /** Says how a revision behaves from now on; without it, it is {@linkplain Behaviour#good good}. */
    public void behaviour(String revision, Behaviour behaviour) {
        behaviours.put(revision, behaviour);
    }

    /** Starts a steady load of such requests, as many clients without a memory (no cookies). */
    public Load load(Request request, double perSecond) {
        Load load = new Load(request, perSecond);
        load.timer = world.clock().every(Duration.ofSeconds(1), "load on " + request.path(), load::second);
        return load;
    }

    /** Sends one request and counts it; takes no time. */
    public Answer send(Request request) {
        synchronized (world) {
            Choice choice = world.choose(request).orElseThrow();
            return switch (choice) {
                case Choice.Fixed fixed -> {
                    count(fixed, fixed.status(), Duration.ZERO, false, 1, Tally.BALANCER);
                    yield new Answer(fixed.status(), Optional.empty(), Duration.ZERO);
                }
                case Choice.NoTarget none -> {
                    count(none, none.status(), Duration.ZERO, true, 1, Tally.BALANCER);
                    yield new Answer(none.status(), Optional.empty(), Duration.ZERO);
                }
                case Choice.Target target -> serve(target, 1);
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

    /** Lets one target answer so many requests; the answer is that of the last one. */
    private Answer serve(Choice.Target target, long times) {
        Optional<Instance> instance = world.instance(target.instanceId()).filter(Instance::running);
        Optional<String> revision = instance.flatMap(Instance::revision);
        if (revision.isEmpty()) {
            count(target, 502, Duration.ZERO, true, times, Tally.BALANCER);
            return new Answer(502, Optional.empty(), Duration.ZERO);
        }
        Behaviour behaviour = behaviour(revision.get());
        double owed = failuresOwed.getOrDefault(revision.get(), 0.0) + behaviour.errorShare() * times;
        // The tolerance keeps sums of a decimal share, such as ten times 0.1, from falling short of a whole failure.
        long failed = (long) Math.floor(owed + 1e-9);
        failuresOwed.put(revision.get(), owed - failed);
        count(target, 500, behaviour.latency(), false, failed, revision.get());
        count(target, 200, behaviour.latency(), false, times - failed, revision.get());
        return new Answer(failed > 0 ? 500 : 200, revision, behaviour.latency());
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

    /** A load that goes on until it is stopped. */
    public final class Load {
        private final Request request;
        private final Map<String, Double> sharesOwed = new LinkedHashMap<>();
        private double perSecond;
        private double requestsOwed;
        private long turn;
        private Timer timer = () -> {};

        private Load(Request request, double perSecond) {
            this.request = request;
            this.perSecond = perSecond;
        }

        /** Changes the rate from the next second on. */
        public void rate(double newPerSecond) {
            synchronized (world) {
                perSecond = newPerSecond;
            }
        }

        /** Ends the load. */
        public void stop() {
            timer.cancel();
        }

        private void second() {
            synchronized (world) {
                requestsOwed += perSecond;
                long requests = (long) Math.floor(requestsOwed + 1e-9);
                requestsOwed -= requests;
                if (requests > 0) {
                    send(requests);
                }
            }
        }

        private void send(long requests) {
            switch (world.balancer().route(request, world.clock().instant())) {
                case Action.Fixed fixed ->
                    count(
                            new Choice.Fixed(fixed.status(), fixed.contentType(), fixed.body()),
                            fixed.status(),
                            Duration.ZERO,
                            false,
                            requests,
                            Tally.BALANCER);
                case Action.Forward forward ->
                    Apportioning.byWeight(requests, forward.weights(), sharesOwed)
                            .forEach(this::toGroup);
            }
        }

        private void toGroup(String targetGroupArn, long requests) {
            var eligible = world.balancer().set(targetGroupArn).orElseThrow().eligible();
            if (requests > 0 && eligible.isEmpty()) {
                count(new Choice.NoTarget(503, targetGroupArn), 503, Duration.ZERO, true, requests, Tally.BALANCER);
                return;
            }
            long each = eligible.isEmpty() ? 0 : requests / eligible.size();
            long more = requests - each * eligible.size();
            for (int i = 0; i < eligible.size(); i++) {
                // The remainder goes round, so that no target gets more than the others for long.
                boolean inTurn = Math.floorMod(i - turn, eligible.size()) < more;
                long times = each + (inTurn ? 1 : 0);
                if (times > 0) {
                    serve(new Choice.Target(eligible.get(i), targetGroupArn, Optional.empty()), times);
                }
            }
            turn += more;
        }
    }
}
