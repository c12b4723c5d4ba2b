package dev.greenlight.cli.simulate;

import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.TargetHealth;
import dev.greenlight.sandbox.world.TargetState;
import dev.greenlight.sandbox.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a release from zone to zone promises: the instances of one Availability Zone at a time are out of service, the next zone is begun no
 * sooner than the first one's bake is over, and past a pause only when a person let it go on, or nobody came in time.
 */
final class ZoneRulings {

    /** What is looked at now may have been so for that long. */
    private static final Duration LOOKS = Duration.ofSeconds(30);

    private final Place place;
    private final Rulings rulings;
    private String watched = "";
    private Optional<Instant> firstDone = Optional.empty();
    private Set<String> found = Set.of();
    private Set<String> done = Set.of();

    ZoneRulings(Place place, Rulings rulings) {
        this.place = place;
        this.rulings = rulings;
    }

    static boolean concern(Place place) {
        return place.scrutiny().terms().strategy() instanceof Strategy.Rolling;
    }

    /** Looks at whose instances are out of service now. */
    void look() {
        Optional<Rollout> latest =
                place.records().latest().filter(rollout -> rollout.rolling().isPresent());
        if (latest.isEmpty()) {
            return;
        }
        Rollout rollout = latest.get();
        Instant now = place.clock().instant();
        Set<String> out = zonesOut(rollout);
        boolean all = rollout.restoration().filter(Restoration::goesToAllAtOnce).isPresent();
        rulings.holds(
                1,
                all || out.size() < 2,
                now,
                () -> "instances are out of service in %s at once".formatted(out),
                "a look");
        if (rollout.phase() == Phase.INSTALLING) {
            gated(rollout, out, now);
        } else if (rollout.phase().compareTo(Phase.INSTALLING) > 0 && rollout.phase() != Phase.ROLLED_BACK) {
            letGoOn(rollout, now);
        }
    }

    private Site.Fleet fleet(Rollout rollout) {
        return place.side(rollout.green());
    }

    private List<Instance> inService(Rollout rollout) {
        return world().instances(fleet(rollout).autoScalingGroup()).stream()
                .filter(instance -> instance.state() == InstanceState.IN_SERVICE)
                .toList();
    }

    private World world() {
        return place.sandbox().world();
    }

    /** Those with an instance that its group counts as in service, and the load balancer sends nothing. */
    private Set<String> zonesOut(Rollout rollout) {
        Set<String> served = world().targetHealth(fleet(rollout).targetGroupArn()).stream()
                .filter(target -> target.state() != TargetState.DRAINING)
                .map(TargetHealth::instanceId)
                .collect(Collectors.toSet());
        return inService(rollout).stream()
                // Who is dead serves nobody in any case, and its group keeps it for as long as it is pinned.
                .filter(instance -> instance.running() && !served.contains(instance.id()))
                .map(Instance::zone)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those whose instances serve the new revision; what came up since its installation was begun is brought up to date later. */
    private Set<String> zonesOn(Rollout rollout, Set<String> out) {
        Set<String> zones = new TreeSet<>(world().zones());
        zones.removeAll(out);
        zones.removeAll(inService(rollout).stream()
                .filter(instance -> found.contains(instance.id()))
                .filter(instance -> !instance.revision()
                        .equals(Optional.of(rollout.revision().name())))
                .map(Instance::zone)
                .toList());
        return zones;
    }

    /** No zone follows the first before that was watched for its time; what one deployment after another does to it again is none. */
    private void gated(Rollout rollout, Set<String> out, Instant now) {
        Rolling rolling = rollout.rolling().orElseThrow();
        if (!watched.equals(rollout.id().value())) {
            watched = rollout.id().value();
            firstDone = Optional.empty();
            found = inService(rollout).stream().map(Instance::id).collect(Collectors.toSet());
        }
        boolean begun = rollout.progress().deployment().isPresent();
        // What is installed once more looks done in each zone before it is.
        boolean same = rollout.former().equals(rollout.revision().name());
        if (!begun || same || rolling.attempt() > 1 || rollout.progress().installed()) {
            return;
        }
        if (firstDone.isEmpty()) {
            done = zonesOn(rollout, out);
            firstDone = done.isEmpty() ? Optional.empty() : Optional.of(now);
        }
        boolean another = out.stream().anyMatch(zone -> !done.contains(zone));
        if (firstDone.isPresent() && another) {
            Instant baked = firstDone.get().plus(rolling.firstBake()).minus(LOOKS);
            rulings.holds(
                    1,
                    !now.isBefore(baked),
                    now,
                    () -> "%s are out of service, and the first zone's bake lasts until %s".formatted(out, baked),
                    "a look");
        }
    }

    /** Who came past a pause without a person's word, or before the time for it was over. */
    private void letGoOn(Rollout rollout, Instant now) {
        Rolling rolling = rollout.rolling().orElseThrow();
        boolean mayPass = rolling.pause().isEmpty()
                || rollout.progress().promoteNow()
                || rolling.wentOnAt()
                        .filter(at -> !at.isBefore(waited(rolling)))
                        .isPresent();
        rulings.holds(1, mayPass, now, () -> "it went past its pause after the first zone: " + rolling, "a look");
    }

    /** Until when a person was to be waited for. */
    private Instant waited(Rolling rolling) {
        return firstDone
                .orElse(Instant.EPOCH)
                .plus(rolling.firstBake())
                .plus(rolling.pause().map(Step.Pause::within).orElse(Duration.ZERO))
                .minus(LOOKS);
    }
}
