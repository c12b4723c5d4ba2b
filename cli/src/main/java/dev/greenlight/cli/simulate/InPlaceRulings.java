package dev.greenlight.cli.simulate;

import dev.greenlight.cli.simulate.Sight.Side;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.sandbox.world.ModelledDataPlane.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a release in place promises instead of rules 1 to 3: its fleet is pinned and its record says that users are on it before anything
 * is installed, requests go unanswered only while it installs or brings back what was there, and whoever takes it back is heard.
 */
final class InPlaceRulings {

    /** What was installed last may need so long until its instances answer, and until the record says that it is over. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(2);

    private final Place place;
    private final Rulings rulings;
    private final boolean mayBeLost;
    private long lost;
    private Instant announced = Instant.MIN;

    /** @param mayBeLost whether requests may go unanswered for another reason */
    InPlaceRulings(Place place, Rulings rulings, boolean mayBeLost) {
        this.place = place;
        this.rulings = rulings;
        this.mayBeLost = mayBeLost;
    }

    static boolean concern(Place place) {
        Strategy strategy = place.scrutiny().terms().strategy();
        return strategy instanceof Strategy.InPlace || strategy.inTurn();
    }

    /** Whether the rollout is one in place on this fleet. */
    static boolean on(FleetName fleet, Sight now) {
        return now.latest()
                .filter(rollout -> rollout.onOneFleet() && rollout.green() == fleet)
                .isPresent();
    }

    /** Something was deployed to the fleet that serves. */
    static void deployed(Rulings rulings, Written write, FleetName fleet) {
        Rollout rollout = write.now().latest().orElseThrow();
        Side side = write.now().side(fleet);
        rulings.holds(
                2,
                rollout.trafficMoved(),
                write.call(),
                () -> "deployed to a fleet with users on it before the record said so: " + side);
        rulings.holds(
                2,
                side.group().capacity().min() >= rollout.sizing().green(),
                write.call(),
                () -> "deployed to a fleet with users on it that is not pinned: " + side);
    }

    /** Looks whether users' requests went unanswered since the last look, and whether they were told. */
    void look() {
        Sight now = place.sight();
        if (now.latest().filter(InPlaceRulings::installs).isPresent()) {
            announced = now.at();
        }
        Tally tally = place.plane().tallies().get(Tally.BALANCER);
        long before = lost;
        lost = tally == null ? 0 : tally.failed();
        if (lost > before && !mayBeLost) {
            rulings.holds(
                    1,
                    !now.at().isAfter(announced.plus(AFTERWARDS)),
                    now.at(),
                    () -> "%d requests went unanswered while nothing was installed".formatted(lost - before),
                    "users asked");
        }
    }

    private static boolean installs(Rollout rollout) {
        boolean forward =
                rollout.trafficMoved() && rollout.isOpen() && rollout.phase().compareTo(Phase.SHIFTING) < 0;
        boolean onOne =
                rollout.onOneFleet() && (forward || rollout.restoration().isPresent());
        return onOne || RecreateRulings.shutsOut(rollout);
    }

    /** Long enough before it closes: the functions' clock is another one. */
    private static boolean hasWayBack(Rollout rollout, Instant now) {
        return rollout.phase() == Phase.PROMOTED
                && now.isBefore(
                        rollout.progress().phaseSince().plus(OneFleet.WAY_BACK).minus(AFTERWARDS));
    }

    /** A person's call to RollBack. */
    void asked(Asked asked) {
        Optional<Rollout> open = asked.before()
                .latest()
                .filter(rollout -> rollout.hasDowntime()
                        && (rollout.isOpen() || hasWayBack(rollout, asked.now().at())));
        if (open.isPresent() && asked.steady() && asked.undisturbed() && !asked.unseen()) {
            boolean closed = asked.now()
                    .latest()
                    .filter(rollout -> rollout.phase() == Phase.ROLLED_BACK
                            || rollout.onOneFleet() && rollout.roles().former().isEmpty())
                    .isPresent();
            rulings.holds(
                    3,
                    closed,
                    asked.now().at(),
                    () -> "a person asked for a rollback and the rollout is not taken back: " + asked.answer(),
                    "a person asked for a rollback");
        }
    }
}
