package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Takes back a rollout of whose fleets only one may run at a time: the record is closed, users are shut out, and green begins to leave. That
 * blue comes back after it takes minutes; Sweep sees it through.
 */
final class TakeBackInTurn {

    private final Ports ports;
    private final Terms terms;
    private final TakeBack takeBack;
    private final TakeCare takeCare;
    private final InstantSource clock;

    TakeBackInTurn(Ports ports, Terms terms, TakeBack takeBack, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.takeBack = takeBack;
        this.takeCare = new TakeCare(ports, terms, clock);
        this.clock = clock;
    }

    Answer takeBack(Order order, Rollout rollout, Route route) {
        Instant closes = rollout.progress().phaseSince().plus(OneFleet.WAY_BACK);
        if (rollout.phase() == Phase.PROMOTED && !clock.instant().isBefore(closes)) {
            String reason = "rollout %s was promoted after %s, and its way back was open until %s: release that anew"
                    .formatted(rollout.id(), rollout.former(), closes.truncatedTo(ChronoUnit.SECONDS));
            takeBack.tell(rollout, "refuse", reason, route);
            return new Answer.Failed(Answer.Failure.ROLLOUT, reason);
        }
        // A call that reads an old record must not go on with it.
        takeBack.markRule(order.tags(route), order.quarantine() ? order.cause() : Cause.SEEN_ON_RULE);
        Optional<Rollout> closed;
        try {
            closed = takeBack.close(
                    rollout.id(), order.cause(), order.reason(), order.reachedUsers(route), order.quarantine());
        } catch (CallFailed silent) {
            return new Answer.Failed(
                    Answer.Failure.UNAVAILABLE,
                    "the rule says that it is taken back, and the store is silent, which alone knows how: call again: "
                            + silent.getMessage());
        }
        Rollout now = closed.orElse(rollout);
        takeBack.tell(now, now.felt() ? "roll back" : "reject", order.reason(), route);
        takeCare.beginBack(now);
        return new Answer.Done(
                words(now),
                Map.of("rollout", now.id().value(), "cause", order.cause().name()));
    }

    private static String words(Rollout rollout) {
        if (!rollout.felt()) {
            return "no user had felt anything of it";
        }
        if (rollout.restoration().isEmpty()) {
            return "%s serves again".formatted(rollout.former());
        }
        return "%s comes back on fleet %s, and users are shut out until it is there: that takes minutes%s"
                .formatted(rollout.former(), rollout.blue().orElseThrow(), asLongAs(rollout));
    }

    /** The way there took about as long as the way back will. */
    private static String asLongAs(Rollout rollout) {
        Optional<Instant> closed = rollout.recreation().orElseThrow().closedAt();
        Optional<Instant> opened = rollout.progress().switchedAt().or(rollout.progress()::usersSince);
        return closed.flatMap(from -> opened.map(to -> Duration.between(from, to)))
                .filter(Duration::isPositive)
                .map(there -> ", about %d as on the way there".formatted(Math.ceilDiv(there.toSeconds(), 60)))
                .orElse("");
    }

    /**
     * While the store is silent, blue can be let in again where it still stands behind a closed rule, which is one write; what it was before
     * and whether green may be emptied only the store knows.
     *
     * @return empty where the rule alone can tell, and where this service is released otherwise
     */
    Optional<Answer> withoutStore(Order order, Route route) {
        boolean unknown = order.rollout().isEmpty() && terms.strategy().inTurn();
        boolean stands = route.routing() instanceof Routing.Closed
                && order.blue(route)
                        .filter(blue -> ports.router().targets(blue).canTake(1))
                        .isPresent();
        return unknown && !stands
                ? Optional.of(new Answer.Failed(
                        Answer.Failure.UNAVAILABLE,
                        "the store is silent, and only it knows which fleet may be emptied: call again"))
                : Optional.empty();
    }
}
