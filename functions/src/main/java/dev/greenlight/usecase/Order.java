package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import java.util.Optional;

/** What is to be taken back, why, and what is known of it. */
record Order(Optional<RolloutId> named, Memory memory, Cause cause, String reason, boolean quarantine) {

    static Order automatic(Rollout rollout, Cause cause, String reason) {
        return new Order(Optional.of(rollout.id()), Memory.of(rollout), cause, reason, true);
    }

    Optional<Rollout> rollout() {
        return memory.rollout();
    }

    /** Where no user has ever been on green there is nothing to write, unless a person asks for it. */
    boolean nothingMoved(Route route) {
        return rollout()
                .filter(r -> r.isOpen() && !r.trafficMoved() && !route.routing().routesTo(r.green()))
                .isPresent();
    }

    /** Whether this rollout ends before any user met green. */
    boolean nobodyMet(Route route) {
        return rollout().filter(r -> !r.trafficMoved() && !reachedUsers(route)).isPresent();
    }

    /** Whether blue may be too small, although nothing is to be written: whoever wrote may have died before it was raised. */
    boolean mayLack(Route route) {
        return !nothingMoved(route) && rollout().filter(Rollout::settled).isEmpty();
    }

    Optional<FleetName> blue(Route route) {
        return rollout().isPresent() ? rollout().get().blue() : route.tags().blue();
    }

    boolean reachedUsers(Route route) {
        return rollout().filter(r -> route.routing().routesTo(r.green())).isPresent();
    }

    /** Whether users may have met green before: a call that was to take it back may have died, or seen an old rule, before it could say so. */
    boolean mayHaveMet(Route route) {
        return rollout().filter(r -> r.isOpen() && r.strays(route)).isPresent() && !reachedUsers(route);
    }

    Optional<RolloutId> id(Route route) {
        return rollout().map(Rollout::id).or(route.tags()::rollout);
    }

    /** What the rule is to remember, so that the rollout learns of it whatever becomes of this call and of the store. */
    RuleTags tags(Route route) {
        return rollout()
                .filter(r -> !route.tags().rollout().equals(Optional.of(r.id())))
                .map(r -> RuleTags.begin(r.id(), r.blue()))
                .orElse(route.tags());
    }
}
