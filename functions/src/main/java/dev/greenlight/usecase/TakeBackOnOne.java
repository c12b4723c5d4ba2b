package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.port.CallFailed;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Takes back a rollout on one fleet: the record is closed and the deployment of the former revision begins. That takes minutes, in which
 * users go on waiting; Sweep sees it through.
 */
final class TakeBackOnOne {

    private final TakeBack takeBack;
    private final InstantSource clock;

    TakeBackOnOne(TakeBack takeBack, InstantSource clock) {
        this.clock = clock;
        this.takeBack = takeBack;
    }

    Answer takeBack(Order order, Rollout rollout, Route route) {
        boolean noWayBack = rollout.trafficMoved() && rollout.roles().former().isEmpty();
        if (noWayBack && order.cause() == Cause.BY_HAND) {
            return refused(
                    rollout, "nobody knows what was there before rollout %s: release an older revision anew", route);
        }
        Instant closes = rollout.progress().phaseSince().plus(OneFleet.WAY_BACK);
        if (rollout.phase() == Phase.PROMOTED && !clock.instant().isBefore(closes)) {
            return refused(
                    rollout,
                    "rollout %%s was promoted in place of %s, and its way back was open until %s: release that anew"
                            .formatted(rollout.former(), closes.truncatedTo(ChronoUnit.SECONDS)),
                    route);
        }
        // A call that reads an old record must not go on with it.
        takeBack.markRule(order.tags(route), order.quarantine() ? order.cause() : Cause.SEEN_ON_RULE);
        Optional<Rollout> closed;
        try {
            closed = takeBack.close(rollout.id(), order.cause(), order.reason(), false, order.quarantine());
        } catch (CallFailed silent) {
            return new Answer.Failed(
                    Answer.Failure.UNAVAILABLE,
                    "the rule says that it is taken back, and Sweep will see to it; the store is silent: "
                            + silent.getMessage());
        }
        Rollout now = closed.orElse(rollout);
        takeBack.tell(now, now.trafficMoved() ? "roll back" : "reject", order.reason(), route);
        return new Answer.Done(
                words(now),
                Map.of("rollout", now.id().value(), "cause", order.cause().name()));
    }

    /** Why an alarm says nothing of it now: the announced downtime rings by itself, and what rings on after its echo is found by the checks. */
    Optional<String> echo(Rollout rollout) {
        Instant over = rollout.progress().phaseSince().plus(OneFleet.ECHO);
        boolean watched = rollout.phase() == Phase.VERIFYING && !clock.instant().isBefore(over);
        return rollout.hasDowntime() && !watched
                ? Optional.of(
                        "the downtime of rollout %s, which was announced, may have set it off".formatted(rollout.id()))
                : Optional.empty();
    }

    private Answer refused(Rollout rollout, String why, Route route) {
        String reason = why.formatted(rollout.id());
        takeBack.tell(rollout, "refuse", reason, route);
        return new Answer.Failed(Answer.Failure.ROLLOUT, reason);
    }

    private static String words(Rollout rollout) {
        if (!rollout.trafficMoved()) {
            return "nothing had been installed";
        }
        if (rollout.restoration().isEmpty()) {
            return "fleet %s has %s back".formatted(rollout.green(), rollout.former());
        }
        String by = rollout.restoration()
                .flatMap(Restoration::deployment)
                .map(id -> "deployment " + id + " brings it")
                .orElse("Sweep brings it within its minute");
        return "%s comes back onto fleet %s: %s. That takes minutes".formatted(rollout.former(), rollout.green(), by);
    }
}
