package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Recreation;
import dev.greenlight.domain.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a release promises of whose fleets only one may run at a time: never do both run by its doing, users are shut out only after the record
 * says so, and no longer than it announced. Read from the world: what Greenlight believes plays no part in it.
 */
final class RecreateRulings {

    /** Sweep ends what is overdue by five minutes, and looks once a minute. */
    private static final Duration OVERDUE = Duration.ofMinutes(10);

    private final Rulings rulings;
    private final Map<FleetName, Integer> wanted = new EnumMap<>(FleetName.class);
    private final Set<FleetName> woken = EnumSet.noneOf(FleetName.class);

    RecreateRulings(Rulings rulings) {
        this.rulings = rulings;
    }

    /** Whether the rollout lets only one of its fleets run. */
    static boolean concern(Sight now) {
        return now.latest().flatMap(Rollout::recreation).isPresent();
    }

    /** Whether it has shut users out, and has not let them in again yet. */
    static boolean shutsOut(Rollout rollout) {
        boolean forward = rollout.isOpen() && rollout.progress().steps() == 0;
        return rollout.recreation().filter(Recreation::isNoticed).isPresent()
                && (forward || rollout.restoration().isPresent());
    }

    /** Whether it shut users out, so that its blue may go. */
    static boolean gaveUpBlue(Rollout rollout) {
        return rollout.recreation().filter(Recreation::isClosed).isPresent();
    }

    /** A write of a function's. */
    void judge(Written write) {
        if (concern(write.now())) {
            closed(write);
            for (FleetName fleet : FleetName.values()) {
                started(write, fleet);
            }
        }
        remember(write.now());
    }

    private void closed(Written write) {
        boolean shut = write.before().open() && !write.now().open();
        rulings.holds(
                2,
                !shut || write.now().latest().filter(RecreateRulings::shutsOut).isPresent(),
                write.call(),
                () -> "users were shut out before the record said so");
    }

    private void started(Written write, FleetName fleet) {
        boolean starts =
                write.before().side(fleet).desired() < write.now().side(fleet).desired();
        Sight.Side other = write.now().side(fleet.other());
        rulings.holds(
                2,
                !starts
                        || woken.contains(fleet.other())
                        || other.group().instances().isEmpty(),
                write.call(),
                () -> "fleet %s is started while the other one runs: %s, %d instances"
                        .formatted(fleet, other, other.group().instances().size()));
    }

    private void remember(Sight now) {
        for (FleetName fleet : FleetName.values()) {
            wanted.put(fleet, now.side(fleet).desired());
        }
    }

    /** @param delay for how long mishaps may hold up a call in all */
    void look(Sight now, Duration delay) {
        for (FleetName fleet : FleetName.values()) {
            Sight.Side side = now.side(fleet);
            if (side.desired() > wanted.getOrDefault(fleet, side.desired()) && wanted.get(fleet) == 0) {
                woken.add(fleet);
            } else if (side.desired() == 0 && side.group().instances().isEmpty()) {
                woken.remove(fleet);
            }
        }
        remember(now);
        if (concern(now)) {
            alone(now);
            inTime(now, delay);
        }
    }

    /** Neither fleet was woken by anybody else, and yet both have an instance on which something runs that was installed. */
    private void alone(Sight now) {
        boolean both = isAtWork(now.side(FleetName.A)) && isAtWork(now.side(FleetName.B));
        rulings.holds(
                2, !both || !woken.isEmpty(), now.at(), () -> "two versions run: " + now.fleets(), "somebody looked");
    }

    private static boolean isAtWork(Sight.Side side) {
        return side.group().instances().stream()
                .anyMatch(instance -> instance.running() && instance.revision().isPresent());
    }

    private void inTime(Sight now, Duration delay) {
        Optional<Instant> until = now.latest()
                .filter(rollout -> rollout.isOpen() && rollout.progress().steps() == 0)
                .flatMap(Rollout::recreation)
                .flatMap(places -> places.closingAt().map(since -> since.plus(places.closedFor())));
        until.ifPresent(announced -> rulings.holds(
                1,
                now.at().isBefore(announced.plus(OVERDUE).plus(delay)),
                now.at(),
                () -> "users are shut out for longer than was announced, and nobody takes it back: until " + announced,
                "somebody looked"));
    }
}
