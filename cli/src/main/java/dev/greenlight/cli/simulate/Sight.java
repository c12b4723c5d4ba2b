package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.TargetHealth;
import dev.greenlight.sandbox.world.TargetState;
import dev.greenlight.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is true at one moment, read from behind: no fault, no stale answer and no lag of the API is in it, but where it says so.
 *
 * @param open whether the rule forwards at all
 * @param latest the latest rollout that was given the lock
 * @param copied whether the rule for copies of requests sends any to a fleet; false where there is no such rule
 */
record Sight(
        Instant at,
        boolean open,
        Optional<Duration> sticky,
        Map<String, String> tags,
        Map<FleetName, Side> sides,
        Ledger ledger,
        Optional<Rollout> latest,
        boolean copied) {

    /** By how much reads may lag behind what is true in a life: older news is nobody's excuse. */
    static final Duration LAG = Duration.ofSeconds(15);

    /**
     * One fleet: its share of the requests, its group, its targets.
     *
     * @param weight percent of everybody's requests
     * @param some percent of those of an A/B test's audience; the same where that has no rule of its own
     * @param shown the targets as the API shows them, which may be as they were some seconds ago
     */
    record Side(
            FleetName name,
            int weight,
            int some,
            AutoScalingGroup group,
            List<TargetHealth> targets,
            List<TargetHealth> shown) {

        /** The fleet as whoever reads its targets now must take it to be. */
        Side asShown() {
            return new Side(name, weight, some, group, shown, shown);
        }

        /** Whether anybody's requests go to it. */
        boolean hasUsers() {
            return weight > 0 || some > 0;
        }

        /** Whether everybody's do. */
        boolean hasAll() {
            return weight == 100 && some == 100;
        }

        /** Percent of the requests that it may get: nobody knows how many an audience's are. */
        int most() {
            return Math.max(weight, some);
        }

        long count(TargetState state) {
            return targets.stream().filter(target -> target.state() == state).count();
        }

        long inService() {
            return group.instances().stream()
                    .filter(instance -> instance.state() == InstanceState.IN_SERVICE)
                    .count();
        }

        int desired() {
            return group.capacity().desired();
        }

        /** What the healthy targets serve. */
        Set<String> revisions() {
            Set<String> healthy = new HashSet<>();
            for (TargetHealth target : targets) {
                if (target.state() == TargetState.HEALTHY) {
                    healthy.add(target.instanceId());
                }
            }
            Set<String> serving = new HashSet<>();
            for (Instance instance : group.instances()) {
                if (healthy.contains(instance.id())) {
                    serving.add(instance.revision().orElse("nothing"));
                }
            }
            return serving;
        }

        @Override
        public String toString() {
            return "fleet %s: %d%% of the requests%s, %d wanted (%d to %d), %d healthy, %d unhealthy"
                    .formatted(
                            name,
                            weight,
                            some == weight ? "" : ", %d%% of the audience's".formatted(some),
                            desired(),
                            group.capacity().min(),
                            group.capacity().max(),
                            count(TargetState.HEALTHY),
                            count(TargetState.UNHEALTHY));
        }
    }

    /** @param records what the store says at this moment */
    static Sight of(Sandbox sandbox, Records.Said records) {
        World world = sandbox.world();
        Duration asked = sandbox.faults().age("DescribeTargetHealth");
        Duration lag = asked.compareTo(LAG) > 0 ? Duration.ZERO : asked;
        synchronized (world) {
            Site site = sandbox.site();
            Action action = world.action(site.productionRule());
            Map<String, Integer> weights = weights(action);
            Map<String, Integer> some =
                    audience(world, site).map(rule -> weights(rule.action())).orElse(weights);
            Map<FleetName, Side> sides = new EnumMap<>(FleetName.class);
            for (FleetName name : FleetName.values()) {
                Site.Fleet fleet = name == FleetName.A ? site.a() : site.b();
                List<TargetHealth> targets = world.targetHealth(fleet.targetGroupArn());
                sides.put(
                        name,
                        new Side(
                                name,
                                weights.getOrDefault(fleet.targetGroupArn(), 0),
                                some.getOrDefault(fleet.targetGroupArn(), 0),
                                world.autoScalingGroup(fleet.autoScalingGroup()).orElseThrow(),
                                targets,
                                lag.isZero()
                                        ? targets
                                        : world.targetHealthAt(
                                                fleet.targetGroupArn(),
                                                world.clock().instant().minus(lag))));
            }
            return new Sight(
                    world.clock().instant(),
                    action instanceof Action.Forward,
                    action instanceof Action.Forward forward ? forward.stickiness() : Optional.empty(),
                    world.tagsNow(site.productionRule()),
                    sides,
                    records.ledger(),
                    records.latest(),
                    world.mirror().isPresent() && copied(world));
        }
    }

    private static Map<String, Integer> weights(Action action) {
        return action instanceof Action.Forward forward ? forward.weights() : Map.of();
    }

    /** The audience's rule, where there is one and nobody has deleted it. */
    private static Optional<Rule> audience(World world, Site site) {
        return site.audienceRule()
                .flatMap(arn -> world.rules().stream()
                        .filter(rule -> rule.arn().equals(arn))
                        .findFirst());
    }

    /** Whether a rule that asks for the header of copies forwards them: at rest it answers by itself. */
    private static boolean copied(World world) {
        String header = world.mirror().orElseThrow().header();
        return world.rules().stream()
                .filter(rule -> rule.conditions().stream()
                        .anyMatch(condition -> condition instanceof Condition.Header asked
                                && asked.name().equals(header)))
                .anyMatch(rule -> rule.action() instanceof Action.Forward);
    }

    /** Whether the rule does this. */
    boolean shows(Routing routing) {
        return switch (routing) {
            case Routing.Closed closed -> !open && sides.values().stream().noneMatch(Side::hasUsers);
            case Routing.Weighted weighted ->
                open
                        && sticky.equals(weighted.sticky())
                        && sides.values().stream()
                                .allMatch(side ->
                                        side.weight() == weighted.weights().of(side.name())
                                                && side.some() == side.weight());
            case Routing.Audience audience -> isTest(audience.green());
            case Routing.Foreign foreign -> false;
        };
    }

    /** Whether an A/B test's audience is on this fleet, and nobody else is. */
    boolean isTest(FleetName green) {
        Side other = side(green.other());
        return side(green).some() == 100
                && side(green).weight() == 0
                && other.some() == 0
                && other.weight() == (open ? 100 : 0);
    }

    Side side(FleetName name) {
        return sides.get(name);
    }

    /** A rollout's phase in words. */
    static String words(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Both fleets in words. */
    String fleets() {
        return "%s; %s%s"
                .formatted(
                        side(FleetName.A),
                        side(FleetName.B),
                        sticky.isPresent() ? "; clients stick to their fleet" : "");
    }
}
