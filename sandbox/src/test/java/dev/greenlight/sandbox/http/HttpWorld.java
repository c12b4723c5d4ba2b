package dev.greenlight.sandbox.http;

import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.cloudwatch.Metric;
import dev.greenlight.sandbox.load.OneShot;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.HealthCheck;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.TargetGroup;
import dev.greenlight.sandbox.world.TargetHealth;
import dev.greenlight.sandbox.world.TargetState;
import dev.greenlight.sandbox.world.Timings;
import dev.greenlight.sandbox.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two fleets behind one real load balancer: a production rule on a host name, and a preview rule for each fleet. */
final class HttpWorld implements AutoCloseable {

    static final Duration DRAINING = Duration.ofSeconds(300);
    static final String HOST = "shop.example.com";
    static final String PREVIEW = "X-Preview";

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    final SandboxClock clock;
    final World world;
    final TargetGroup a;
    final TargetGroup b;
    final Rule production;
    final HttpDataPlane plane;
    private final Path roots;

    /** On a clock that moves only when it is told to. */
    static HttpWorld ticked(Path roots, HttpSettings settings) {
        return new HttpWorld(SandboxClock.ticked(START), roots, settings);
    }

    HttpWorld(SandboxClock clock, Path roots, HttpSettings settings) {
        this.clock = clock;
        this.roots = roots;
        this.world = new World(clock, Timings.ordinary(), 7);
        world.createLoadBalancer("shop", 80, new Action.Fixed(404, "text/plain", "no such host"));
        this.a = world.createTargetGroup("fleet-a", HealthCheck.onHealth(), DRAINING, false);
        this.b = world.createTargetGroup("fleet-b", HealthCheck.onHealth(), DRAINING, false);
        world.createAutoScalingGroup("fleet-a", new Capacity(0, 0, 10), List.of(a.arn()), Map.of());
        world.createAutoScalingGroup("fleet-b", new Capacity(0, 0, 10), List.of(b.arn()), Map.of());
        world.createRule(1, previewOf("a"), only(a));
        this.production = world.createRule(
                10, List.of(new Condition.Host(List.of(HOST))), new Action.Fixed(503, "text/plain", "not yet"));
        this.plane = HttpDataPlane.start(world, id -> roots.resolve(id), settings);
    }

    static List<Condition> previewOf(String fleet) {
        return List.of(new Condition.Host(List.of(HOST)), new Condition.Header(PREVIEW, List.of("secret-" + fleet)));
    }

    static Action only(TargetGroup group) {
        return new Action.Forward(List.of(new Action.Share(group.arn(), 1)), Optional.empty());
    }

    Action weights(int ofA, int ofB) {
        return new Action.Forward(
                List.of(new Action.Share(a.arn(), ofA), new Action.Share(b.arn(), ofB)), Optional.empty());
    }

    Action sticky(int ofA, int ofB) {
        return new Action.Forward(
                List.of(new Action.Share(a.arn(), ofA), new Action.Share(b.arn(), ofB)),
                Optional.of(Duration.ofHours(1)));
    }

    /** Writes the production rule and lets the write take effect. */
    void route(Action action) {
        world.writeAction(production.arn(), action);
        clock.advance(world.timings().routingLag());
    }

    /** Instances that have served this release for an hour. */
    List<Instance> serve(TargetGroup fleet, int count, String version, Behaviour behaviour) {
        Capacity now = world.autoScalingGroup(fleet.name()).orElseThrow().capacity();
        world.capacity(fleet.name(), now.withDesired(now.desired() + count));
        List<Instance> instances = world.serve(fleet.name(), count, version);
        instances.forEach(instance -> install(instance, version, behaviour));
        return instances;
    }

    void install(Instance instance, String version, Behaviour behaviour) {
        SampleBundle.preinstall(roots.resolve(instance.id()), version, behaviour);
    }

    OneShot.Reply get(String path, String... header) {
        Map<String, String> headers =
                header.length == 0 ? Map.of("Host", HOST) : Map.of("Host", HOST, header[0], header[1]);
        return OneShot.get(plane.port(), path, headers, Duration.ofSeconds(10));
    }

    /** The versions that answered so many requests, {@code none} where no release did. */
    List<String> versions(int requests, String... header) {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            versions.add(get("/checkout", header).header("x-app-version").orElse("none"));
        }
        return versions;
    }

    TargetState state(TargetGroup group, Instance instance) {
        return health(group, instance).state();
    }

    TargetHealth health(TargetGroup group, Instance instance) {
        return world.targetHealth(group.arn()).stream()
                .filter(target -> target.instanceId().equals(instance.id()))
                .findFirst()
                .orElse(TargetHealth.notRegistered(instance.id()));
    }

    /** A metric of the load balancer, whether CloudWatch shows it yet or not. */
    double sum(String metric) {
        Metric all = new Metric(
                "AWS/ApplicationELB",
                metric,
                Map.of("LoadBalancer", world.loadBalancer().dimension()));
        return world.metrics()
                .recorded(all, "Sum", START.minusSeconds(60), clock.instant().plusSeconds(60))
                .orElse(0);
    }

    @Override
    public void close() {
        plane.close();
        clock.close();
    }
}
