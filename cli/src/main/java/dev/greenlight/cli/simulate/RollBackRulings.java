package dev.greenlight.cli.simulate;

import dev.greenlight.cli.simulate.Sight.Side;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.world.TargetState;
import java.util.Optional;

/** Whoever asks for a rollback gets it, or there is nothing to roll back to: what rule 3 promises to people. */
final class RollBackRulings {

    private static final String MOMENT = "a person asked for a rollback";

    private final Rulings rulings;

    RollBackRulings(Rulings rulings) {
        this.rulings = rulings;
    }

    /** What a call saw too late, or what went wrong in it, the person's next call makes good. */
    void judge(Asked asked) {
        Optional<Rollout> latest = asked.before().latest();
        Optional<FleetName> blue = latest.filter(RollBackRulings::hasWayBack).flatMap(Rollout::blue);
        if (blue.isEmpty() || !asked.steady() || !canServe(asked.before(), blue.get())) {
            return;
        }
        if (asked.routed() && (asked.undisturbed() || named(asked, latest.get()))) {
            // Where only one fleet runs at a time, users may be shut out until the other one has gone.
            boolean shutOut =
                    latest.get().recreation().isPresent() && !asked.now().open();
            holds(asked, shutOut || asked.everythingOn(blue.get()), "users are not all on blue");
        }
        if (asked.undisturbed() && !asked.unseen()) {
            boolean closed = asked.now()
                    .latest()
                    .filter(rollout -> rollout.phase() == Phase.ROLLED_BACK)
                    .isPresent();
            holds(asked, closed, "the rollout is not rolled back");
        }
    }

    private void holds(Asked asked, boolean kept, String what) {
        rulings.holds(
                3,
                kept,
                asked.now().at(),
                () -> "a person asked for a rollback and %s: %s, %s"
                        .formatted(what, asked.answer(), asked.now().fleets()),
                MOMENT);
    }

    private static boolean hasWayBack(Rollout rollout) {
        return rollout.isOpen() || rollout.phase() == Phase.PROMOTED && !rollout.settled();
    }

    /** While the store is silent, the rule says who blue is: from before the first weight moved. */
    private static boolean named(Asked asked, Rollout rollout) {
        return rollout.id().value().equals(asked.before().tags().get("greenlight:rollout"))
                && rollout.blue()
                        .map(FleetName::name)
                        .equals(Optional.ofNullable(asked.before().tags().get("greenlight:blue")));
    }

    /** As rule 3 says it: a healthy target, and no larger share of unhealthy ones than what it replaces. */
    static boolean canServe(Sight sight, FleetName blue) {
        Side to = sight.side(blue);
        Side from = sight.side(blue.other());
        return to.count(TargetState.HEALTHY) > 0
                && to.count(TargetState.UNHEALTHY) * from.count(TargetState.HEALTHY)
                        <= from.count(TargetState.UNHEALTHY) * to.count(TargetState.HEALTHY);
    }
}
