package dev.greenlight.domain;

import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Aftercare;
import dev.greenlight.domain.rollout.Care;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Decision;
import dev.greenlight.domain.rollout.Drain;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Launching;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Pace;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Pins;
import dev.greenlight.domain.rollout.Requests;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Roles;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.RolloutPolicy;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.rollout.Sizing;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.ShadowRoute;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * A rollout and the world around it, as a story tells them. It begins with everything as it should be, so that a test says
 * only what is different: blue is fleet A with four instances, green is fleet B. Time stands still until the story moves it.
 */
public final class Situation {

    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    public static final RolloutId ID = new RolloutId("release-42");
    public static final Revision REVISION = new Revision("v42", "sha256:42");
    public static final List<Step> STEPS = new Strategy.BlueGreen().steps();
    public static final Duration DRAIN = Duration.ofMinutes(5);
    public static final Pace PACE = new Pace(
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofMinutes(15),
            Duration.ofHours(24),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(5),
            3,
            Duration.ofSeconds(10),
            Duration.ofHours(8),
            Duration.ofMinutes(25));

    public static final Scaling SERVING = new Scaling(2, 4, 12, Set.of());
    public static final Scaling ASLEEP = new Scaling(0, 0, 8, Set.of());
    public static final Routing BLUE = Routing.full(FleetName.A);
    public static final Routing GREEN = Routing.full(FleetName.B);

    private Instant now = START;
    private Rollout rollout;
    private Routing routing;
    private RuleTags tags;
    private Observation seen;
    private final Map<FleetName, FleetState> fleets = new EnumMap<>(FleetName.class);

    private Situation(Roles roles, Sizing sizing, List<Step> steps) {
        rollout = Rollout.begin(ID, 7, REVISION, roles, sizing, steps, START);
        allAsItShouldBe();
    }

    /** Fleet A serves with four instances, fleet B is asleep. */
    public static Situation release(Phase phase) {
        return release(phase, STEPS);
    }

    /** The same by other steps; later phases than SHIFTING need all of them at once. */
    public static Situation release(Phase phase, List<Step> steps) {
        return new Situation(Roles.replacing(FleetName.A), new Sizing(4, 4, SERVING, ASLEEP), steps).goneThrough(phase);
    }

    /** Nothing serves yet; fleet A is the first green. */
    public static Situation firstRelease(Phase phase) {
        return new Situation(Roles.firstRelease(), new Sizing(2, 0, ASLEEP, ASLEEP), STEPS).goneThrough(phase);
    }

    /** A rollout that was taken back while it was in {@code phase}. */
    public static Situation takenBackIn(Phase phase) {
        Situation situation = release(phase);
        situation.rollout = situation.rollout.takeBack(Cause.CHECK_FAILED, situation.now, "smoke: 500");
        return situation.allAsItShouldBe();
    }

    private Situation goneThrough(Phase phase) {
        while (rollout.phase() != phase) {
            rollout = switch (rollout.phase()) {
                case PREPARING, VALIDATING -> rollout.advance(now, "done");
                case INSTALLING ->
                    rollout.installingBy("d-1", now).installed(now, "done").advance(now, "done");
                case SHIFTING ->
                    rollout.shiftingAskedAt(now).stepSeen(1, now, "seen").advance(now, "done");
                case VERIFYING ->
                    rollout.promote(rollout.blue().map(b -> now.plus(PACE.blueLifetime())), now, "checked");
                case PROMOTED -> rollout.retire(now, "time is up");
                case RETIRED, ROLLED_BACK -> throw new IllegalArgumentException("no way to " + phase);
            };
        }
        return allAsItShouldBe();
    }

    /** The world that this rollout's record asks for, its checks passing. */
    public Situation allAsItShouldBe() {
        routing = rollout.phase() == Phase.ROLLED_BACK && rollout.blue().isPresent()
                ? Routing.full(rollout.blue().get())
                : rollout.expected();
        RuleTags begun = RuleTags.begin(rollout.id(), rollout.blue());
        tags = rollout.phase() == Phase.RETIRED ? begun.withoutBlue() : begun;
        for (FleetName name : FleetName.values()) {
            Scaling found = rollout.sizing().found(name);
            Scaling set = Pins.plan(rollout, name).map(plan -> set(plan, name)).orElse(found);
            fleets.put(name, fleet(name, set, set.desired()));
        }
        seen = Observation.of(new Route(routing, tags), fleets.get(FleetName.A), fleets.get(FleetName.B))
                .with(List.of(Verdict.pass("health", "all healthy")));
        return this;
    }

    private Scaling set(ScalingPlan plan, FleetName name) {
        int kept = rollout.isOpen()
                ? rollout.sizing().found(name).desired()
                : Pins.left(rollout, name).desired();
        int desired = Math.clamp(plan.desired().orElse(kept), plan.minimum(), plan.maximum());
        return new Scaling(plan.minimum(), desired, plan.maximum(), plan.suspended());
    }

    private static FleetState fleet(FleetName name, Scaling scaling, int inService) {
        return new FleetState(name, scaling, instances(name, inService), new Targets(inService, 0, 0, 0, 0));
    }

    private static List<Instance> instances(FleetName fleet, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> new Instance("i-%s%d".formatted(fleet, i), true, false, Optional.empty()))
                .toList();
    }

    public Situation after(Duration time) {
        now = now.plus(time);
        return this;
    }

    public Situation at(Instant instant) {
        now = instant;
        return this;
    }

    public Situation record(UnaryOperator<Rollout> change) {
        rollout = change.apply(rollout);
        return this;
    }

    /** The record changes, and the world follows it. */
    public Situation settledInto(UnaryOperator<Rollout> change) {
        return record(change).allAsItShouldBe();
    }

    public Situation rule(Routing live) {
        routing = live;
        return this;
    }

    public Situation tags(RuleTags live) {
        tags = live;
        return this;
    }

    public Situation targets(FleetName name, Targets health) {
        FleetState fleet = fleets.get(name);
        fleets.put(name, new FleetState(name, fleet.scaling(), fleet.instances(), health));
        return this;
    }

    public Situation scaling(FleetName name, Scaling scaling) {
        FleetState fleet = fleets.get(name);
        fleets.put(name, new FleetState(name, scaling, fleet.instances(), fleet.targets()));
        return this;
    }

    /** The fleet runs this many instances, all healthy, its group's sizes as they are. */
    public Situation running(FleetName name, int inService) {
        fleets.put(name, fleet(name, fleets.get(name).scaling(), inService));
        return this;
    }

    /** The group has these instances, whatever its size is set to. */
    public Situation running(FleetName name, List<Instance> instances) {
        FleetState was = fleets.get(name);
        fleets.put(name, new FleetState(name, was.scaling(), instances, was.targets()));
        return this;
    }

    /** The group is set to this many instances, and runs them. */
    public Situation sized(FleetName name, int desired) {
        Scaling was = fleets.get(name).scaling();
        int maximum = Math.max(was.maximum(), desired);
        Scaling scaling = new Scaling(Math.min(was.minimum(), desired), desired, maximum, was.suspended());
        fleets.put(name, fleet(name, scaling, desired));
        return this;
    }

    public Situation verdicts(Verdict... verdicts) {
        seen = seen.with(List.of(verdicts));
        return this;
    }

    public Situation installation(Installation installation) {
        seen = seen.with(installation);
        return this;
    }

    public Situation launchTrouble(String trouble) {
        seen = seen.withLaunchTrouble(Optional.of(trouble));
        return this;
    }

    /** Green's group launches from this template, whose newest version is another one perhaps. */
    public Situation launching(LaunchSource from, Optional<LaunchSource.Template> newest, String... outdated) {
        seen = seen.with(new Launching(from, newest, List.of(outdated)));
        return this;
    }

    public Situation strayRequests(long requests) {
        seen = seen.with(new Requests(requests, 1_000));
        return this;
    }

    public Situation shadow(ShadowRoute live) {
        seen = seen.with(live);
        return this;
    }

    public Instant now() {
        return now;
    }

    public Rollout rollout() {
        return rollout;
    }

    public Observation seen() {
        return new Observation(
                new Route(routing, tags),
                fleets.get(FleetName.A),
                fleets.get(FleetName.B),
                seen.installation(),
                seen.verdicts(),
                seen.launchTrouble(),
                seen.launching(),
                seen.requests(),
                seen.shadow(),
                seen.compared());
    }

    /** What the policy says. */
    public Decision decision() {
        return policy().next(rollout, seen(), now);
    }

    /** What aftercare says. */
    public Care care() {
        return new Aftercare(new Drain(DRAIN)).next(rollout, seen(), now);
    }

    public Instant deadline() {
        return policy().deadline(rollout);
    }

    public static RolloutPolicy policy() {
        return new RolloutPolicy(PACE);
    }
}
