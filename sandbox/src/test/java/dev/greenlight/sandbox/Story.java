package dev.greenlight.sandbox;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Action.Forward;
import dev.greenlight.sandbox.world.Action.Share;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Choice;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.Request;
import dev.greenlight.sandbox.world.TargetHealth;
import dev.greenlight.sandbox.world.TargetState;
import dev.greenlight.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sandbox on a ticked clock, with the words that its tests tell their stories in. */
public final class Story implements AutoCloseable {

    public static final Instant MONDAY = Instant.parse("2026-01-05T09:00:00Z");

    private final SandboxClock clock = SandboxClock.ticked(MONDAY);
    private final Sandbox sandbox;

    private Story(Landscape landscape) {
        this.sandbox = Sandbox.of(landscape, clock);
    }

    /** Fleet A serves v1 with this many instances, fleet B is empty. */
    public static Story serving(int instances) {
        return new Story(Landscape.serving("checkout", "v1", instances));
    }

    public static Story beforeFirstRelease() {
        return new Story(Landscape.beforeFirstRelease("checkout"));
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public World world() {
        return sandbox.world();
    }

    public Site.Fleet a() {
        return sandbox.site().a();
    }

    public Site.Fleet b() {
        return sandbox.site().b();
    }

    public void pass(Duration time) {
        clock.advance(time);
    }

    public void seconds(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    /** Gives fleet B healthy instances of v2. */
    public void greenServes(int instances) {
        world().capacity(b().autoScalingGroup(), new Capacity(0, instances, 10));
        world().serve(b().autoScalingGroup(), instances, "v2");
    }

    /** Writes the weights of both fleets to the production rule. */
    public void weights(int a, int b) {
        write(a, b, Optional.empty());
    }

    public void write(int a, int b, Optional<Duration> stickiness) {
        world().writeAction(
                        sandbox.site().productionRule(),
                        new Forward(
                                List.of(new Share(a().targetGroupArn(), a), new Share(b().targetGroupArn(), b)),
                                stickiness));
    }

    public void write(Action action) {
        world().writeAction(sandbox.site().productionRule(), action);
    }

    /** Where so many user requests go, by target group ARN; what has no group counts under its status. */
    public Map<String, Integer> split(int requests) {
        Map<String, Integer> split = new HashMap<>();
        for (int i = 0; i < requests; i++) {
            split.merge(place(choose(sandbox.site().request("/"))), 1, Integer::sum);
        }
        return split;
    }

    public Choice choose(Request request) {
        return world().choose(request).orElseThrow();
    }

    public static String place(Choice choice) {
        return switch (choice) {
            case Choice.Target target -> target.targetGroupArn();
            case Choice.Fixed fixed -> String.valueOf(fixed.status());
            case Choice.NoTarget none -> String.valueOf(none.status());
        };
    }

    public List<TargetState> states(Site.Fleet fleet) {
        return world().targetHealth(fleet.targetGroupArn()).stream()
                .map(TargetHealth::state)
                .toList();
    }

    public List<String> reasons(Site.Fleet fleet) {
        return world().targetHealth(fleet.targetGroupArn()).stream()
                .map(TargetHealth::reason)
                .toList();
    }

    public List<Instance> instances(Site.Fleet fleet) {
        return world().instances(fleet.autoScalingGroup());
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
