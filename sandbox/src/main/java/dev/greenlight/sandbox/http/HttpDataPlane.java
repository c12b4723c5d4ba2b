package dev.greenlight.sandbox.http;

import dev.greenlight.sandbox.app.InstanceServer;
import dev.greenlight.sandbox.app.Served;
import dev.greenlight.sandbox.load.OneShot;
import dev.greenlight.sandbox.load.Outcome;
import dev.greenlight.sandbox.world.Choice;
import dev.greenlight.sandbox.world.DataPlane;
import dev.greenlight.sandbox.world.Health;
import dev.greenlight.sandbox.world.HealthCheck;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.Request;
import dev.greenlight.sandbox.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The data plane in which requests are real: each instance is a web server on 127.0.0.1, health checks are GETs, and the
 * load balancer is a reverse proxy that asks the world where each request goes and never sends one twice.
 *
 * <p>An instance answers with what CodeDeploy's scripts left in its directory. One that leaves after its draining stops
 * with no request under way; one that is killed breaks its connections.
 */
public final class HttpDataPlane implements DataPlane, AutoCloseable {

    /** A running instance's server, and what the last health check of it saw. */
    private static final class Machine {
        final InstanceServer server;
        volatile Checked last;

        Machine(InstanceServer server) {
            this.server = server;
        }
    }

    private record Checked(HealthCheck check, long nanos, Health health) {}

    private final Function<String, Path> roots;
    private final HttpSettings settings;
    private final Served served = new Served();
    private final Map<String, Machine> machines = new ConcurrentHashMap<>();
    private final LoadBalancer loadBalancer;

    private HttpDataPlane(World world, Function<String, Path> roots, HttpSettings settings) {
        this.roots = roots;
        this.settings = settings;
        this.loadBalancer = LoadBalancer.start(new WorldRouting(world, machines, new Sample(world)), settings);
    }

    /**
     * Starts the load balancer and makes this plane the world's.
     *
     * @param roots instance id to the directory in which CodeDeploy installs what runs on it
     */
    public static HttpDataPlane start(World world, Function<String, Path> roots, HttpSettings settings) {
        HttpDataPlane plane = new HttpDataPlane(world, roots, settings);
        world.dataPlane(plane);
        return plane;
    }

    /** The port of the load balancer on 127.0.0.1. */
    public int port() {
        return loadBalancer.port();
    }

    /** What instances have answered, health checks and smoke tests included. */
    public Served served() {
        return served;
    }

    /** Requests that the instance has received and not answered yet; 0 if it does not run. */
    public int inFlight(String instanceId) {
        Machine machine = machines.get(instanceId);
        return machine == null ? 0 : machine.server.inFlight();
    }

    @Override
    public void booted(Instance instance) {
        Machine machine = new Machine(new InstanceServer(roots.apply(instance.id()), InstantSource.system(), served));
        machines.put(instance.id(), machine);
        instance.port(machine.server.port());
    }

    @Override
    public void gone(Instance instance) {
        Machine machine = machines.remove(instance.id());
        if (machine != null) {
            instance.port(0);
            machine.server.close();
        }
    }

    @Override
    public Health check(Instance instance, HealthCheck check) {
        Machine machine = machines.get(instance.id());
        if (machine == null) {
            return Health.unreachable();
        }
        Checked last = machine.last;
        long now = System.nanoTime();
        if (last != null
                && last.check().equals(check)
                && now - last.nanos() < settings.checkFreshFor().toNanos()) {
            return last.health();
        }
        Health health = ask(machine.server.port(), check);
        machine.last = new Checked(check, System.nanoTime(), health);
        return health;
    }

    private Health ask(int port, HealthCheck check) {
        Duration timeout =
                check.timeout().compareTo(settings.checkTimeout()) < 0 ? check.timeout() : settings.checkTimeout();
        Map<String, String> headers = Map.of("User-Agent", "ELB-HealthChecker/2.0");
        return switch (OneShot.get(port, check.path(), headers, timeout).outcome()) {
            case Outcome.Answered answered ->
                answered.status() == check.matcher() ? Health.ok() : Health.answered(answered.status());
            case Outcome.Lost lost ->
                lost.reason() == Outcome.Reason.TIMED_OUT ? Health.timedOut() : Health.unreachable();
        };
    }

    /** Stops the load balancer and every instance. */
    @Override
    public void close() {
        loadBalancer.close();
        machines.values().forEach(machine -> machine.server.close());
        machines.clear();
    }

    private record WorldRouting(World world, Map<String, Machine> machines, Sample copies) implements Routing {
        @Override
        public Optional<Choice> choose(Request request) {
            return world.choose(request);
        }

        @Override
        public Optional<Request> copyOf(Request request) {
            return copies.of(request);
        }

        @Override
        public OptionalInt port(String instanceId) {
            Machine machine = machines.get(instanceId);
            return machine == null ? OptionalInt.empty() : OptionalInt.of(machine.server.port());
        }

        @Override
        public void answered(Choice choice, int status, Duration latency, boolean elbError) {
            world.answered(choice, status, latency, elbError);
        }
    }
}
