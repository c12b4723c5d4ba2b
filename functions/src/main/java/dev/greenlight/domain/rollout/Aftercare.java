package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Decides what a closed rollout still needs: blue kept ready while it is warm, the fleet that traffic has left put to sleep
 * in bounded slices, pins released. A pure function; it keeps rules 2, 7 and 11 of docs/rules.md.
 */
public final class Aftercare {

    /** The most instances that one call may remove. */
    public static final int SLICE = 10;

    /**
     * The longest that a call may be at work which read the record before it was closed: a hook's two minutes, and what two clocks may
     * differ by. What it pins meanwhile is released once more, so nothing is settled before.
     */
    public static final Duration AT_WORK = Duration.ofMinutes(3);

    private final Drain drain;

    public Aftercare(Drain drain) {
        this.drain = drain;
    }

    /** The one thing to do next for a rollout that is closed and not settled. Asked again after each but {@code Rest}. */
    public Care next(Rollout rollout, Observation seen, Instant now) {
        return switch (rollout.phase()) {
            case PROMOTED -> warm(rollout, seen, now);
            case RETIRED ->
                resumed(rollout, seen)
                        .or(() -> forgotten(rollout, seen.route().tags()))
                        .orElseGet(() -> asleep(rollout, seen, rollout.blue(), now));
            case ROLLED_BACK -> rolledBack(rollout, seen, now);
            case PREPARING, INSTALLING, VALIDATING, SHIFTING, VERIFYING ->
                throw new IllegalArgumentException(
                        "rollout %s is still open: %s".formatted(rollout.id(), rollout.phase()));
        };
    }

    private Care warm(Rollout rollout, Observation seen, Instant now) {
        FleetState green = seen.fleet(rollout.green());
        if (rollout.blue().isEmpty()) {
            return misset(rollout, green).orElseGet(() -> settle(rollout, seen, now));
        }
        FleetName blue = rollout.blue().get();
        if (rollout.recreation().isPresent()) {
            return marked(rollout, seen.route())
                    .or(() -> resumed(rollout, seen))
                    .orElseGet(() -> asleep(rollout, seen, Optional.of(blue), now));
        }
        Optional<Care> back = takenBack(rollout, blue, seen.route());
        if (back.isPresent()) {
            return back.get();
        }
        Optional<String> inUse = drain.inUse(rollout, blue, seen, now);
        boolean timeUp = rollout.progress()
                .warmUntil()
                .filter(until -> !now.isBefore(until))
                .isPresent();
        if (timeUp && inUse.isEmpty()) {
            return new Care.Retire("fleet %s was kept until %s"
                    .formatted(blue, rollout.progress().warmUntil().get()));
        }
        return misset(rollout, green)
                .or(() -> timeUp ? Optional.empty() : follow(rollout, seen, inUse.isPresent()))
                .or(() -> resized(rollout, seen.fleet(blue), inUse.isPresent()))
                .orElseGet(() -> new Care.Rest(inUse.orElse("blue is warm")));
    }

    /**
     * A rollback came between the decision to retire blue and its record, and died before it could tell; or a hand was as quick. Traffic
     * on a blue that still stands is a rollback, whoever wrote it, and so is the rule's word while it names blue, for the write may not
     * show yet; on one that sleeps it is nothing of the kind.
     */
    private static Optional<Care> resumed(Rollout rollout, Observation seen) {
        Route route = seen.route();
        return rollout.blue()
                .filter(blue -> seen.fleet(blue).targets().canTake(1))
                .filter(blue ->
                        route.routing().isFull(blue) || route.tags().blue().isPresent())
                .flatMap(blue -> takenBack(rollout, blue, route));
    }

    private static Optional<Care> forgotten(Rollout rollout, RuleTags tags) {
        boolean named =
                tags.rollout().equals(Optional.of(rollout.id())) && tags.blue().isPresent();
        return named ? Optional.of(new Care.ForgetBlue(tags.withoutBlue())) : Optional.empty();
    }

    private static Optional<Care> takenBack(Rollout rollout, FleetName blue, Route route) {
        return marked(rollout, route)
                .or(() -> route.routing().isFull(blue)
                        ? Optional.of(new Care.TakenBack(
                                Cause.SEEN_ON_RULE, "all traffic is on fleet %s again".formatted(blue)))
                        : Optional.empty());
    }

    private static Optional<Care> marked(Rollout rollout, Route route) {
        return route.tags()
                .takenBack(rollout.id())
                .map(cause -> new Care.TakenBack(cause, "the rule says that it was rolled back"));
    }

    /** Blue grows with the load at once, and shrinks with it in slices while nothing reaches it. */
    private static Optional<Care> follow(Rollout rollout, Observation seen, boolean inUse) {
        int load = Math.toIntExact(seen.fleet(rollout.green()).inService());
        int size = rollout.sizing().blue();
        if (load > size) {
            return Optional.of(new Care.FollowLoad(load));
        }
        FleetState blue = seen.fleet(rollout.green().other());
        boolean sliceHasLeft = blue.leaving() == 0;
        return load < size && load > 0 && !inUse && sliceHasLeft
                ? Optional.of(new Care.FollowLoad(Math.max(load, size - SLICE)))
                : Optional.empty();
    }

    private static Optional<Care> resized(Rollout rollout, FleetState blue, boolean inUse) {
        ScalingPlan plan = Pins.plan(rollout, blue.name()).orElseThrow();
        int size = rollout.sizing().blue();
        int now = blue.scaling().desired();
        if (now > size && !inUse && blue.leaving() > 0) {
            return Optional.of(leaving(blue));
        }
        int next = now <= size ? size : inUse ? now : Math.max(size, now - SLICE);
        ScalingPlan bounded = plan.sized(next);
        return bounded.holdsFor(blue.scaling())
                ? Optional.empty()
                : Optional.of(new Care.Scale(blue.name(), bounded, "as its role asks"));
    }

    private Care rolledBack(Rollout rollout, Observation seen, Instant now) {
        Optional<Care> copied = copied(seen);
        if (copied.isPresent()) {
            return copied.get();
        }
        Optional<Cause> blame = seen.route().tags().blame(rollout);
        if (blame.isPresent()) {
            return new Care.TakenBack(blame.get(), "the rule says that it was rolled back for it");
        }
        return RecreateCare.next(rollout, seen, now)
                .or(() -> OneFleetCare.next(rollout, seen, now))
                .or(() -> Drain.left(rollout).map(green -> empty(rollout, green, seen, now)))
                .orElseGet(() -> asleep(rollout, seen, Optional.empty(), now));
    }

    /** Green is to have no users any more, and to sleep. */
    private Care empty(Rollout rollout, FleetName green, Observation seen, Instant now) {
        Routing live = seen.route().routing();
        if (rollout.blue().isPresent() && live.routesTo(green)) {
            return undo(rollout, rollout.blue().get(), seen);
        }
        if (rollout.blue().isEmpty() && seen.fleet(green).targets().canTake(1)) {
            if (live.isFull(green)) {
                return new Care.Stay(
                        "all users are on fleet %s, and there is nothing better for them".formatted(green));
            }
            if (live.equals(new Routing.Audience(green))) {
                // Who wrote to two rules died between them, and nobody went on in time.
                return new Care.Undo(Routing.full(green), "nothing is blue, and the rules show " + live);
            }
        }
        return drain.inUse(rollout, green, seen, now)
                .<Care>map(Care.Rest::new)
                .orElseGet(() -> asleep(rollout, seen, Optional.of(green), now));
    }

    /** Whoever took it back may have died before it closed the shadow, or opened it late. */
    private static Optional<Care> copied(Observation seen) {
        return seen.shadow()
                .filter(live -> !live.isClosed())
                .map(live -> new Care.CloseShadow("the rollout is over, and the shadow rule shows " + live));
    }

    /** A stale writer, or a hand, gave green traffic again; RollBack's own rule says whether blue may have it back. */
    private static Care undo(Rollout rollout, FleetName blue, Observation seen) {
        Routing live = seen.route().routing();
        return switch (WayBack.decide(
                rollout.blue(),
                live,
                seen.fleet(blue).targets(),
                seen.fleet(blue.other()).targets())) {
            case WayBack.Write write ->
                new Care.Undo(
                        write.to(), "fleet %s had traffic after the rollback: %s".formatted(rollout.green(), live));
            case WayBack.AlreadyThere there -> new Care.Rest(there.reason());
            case WayBack.Refused refused -> new Care.Rest(refused.reason());
        };
    }

    private Care asleep(Rollout rollout, Observation seen, Optional<FleetName> left, Instant now) {
        if (left.isPresent()) {
            FleetState fleet = seen.fleet(left.get());
            if (seen.route().routing().share(left.get()) > 0) {
                return new Care.Rest("the rule routes to fleet %s again: %s"
                        .formatted(left.get(), seen.route().routing()));
            }
            Optional<String> strays = drain.strayedLately(rollout, left.get(), now);
            if (strays.isPresent()) {
                return new Care.Rest(strays.get());
            }
            Optional<Care> smaller = smaller(rollout, fleet);
            if (smaller.isPresent()) {
                return smaller.get();
            }
        }
        return released(rollout, seen).orElseGet(() -> settle(rollout, seen, now));
    }

    /** One slice less; the next one waits until this one has left. */
    private Optional<Care> smaller(Rollout rollout, FleetState fleet) {
        int now = fleet.scaling().desired();
        if (fleet.leaving() > 0) {
            return Optional.of(leaving(fleet));
        }
        if (now == 0) {
            return Optional.empty();
        }
        int size = Math.max(0, now - SLICE);
        ScalingPlan plan =
                ScalingPlan.unpinned(Pins.left(rollout, fleet.name())).sized(size);
        return Optional.of(new Care.Scale(fleet.name(), plan, "to %d instances".formatted(size)));
    }

    private static Care leaving(FleetState fleet) {
        return new Care.Rest("%d instances of fleet %s are leaving".formatted(fleet.leaving(), fleet.name()));
    }

    /** Both fleets as they were found, each in the role that it now has. */
    private Optional<Care> released(Rollout rollout, Observation seen) {
        return free(rollout, seen.a()).or(() -> free(rollout, seen.b()));
    }

    private Optional<Care> free(Rollout rollout, FleetState fleet) {
        ScalingPlan plan = ScalingPlan.unpinned(Pins.left(rollout, fleet.name()));
        boolean mine = fleet.name() == rollout.green() || rollout.blue().isPresent();
        return mine && !plan.holdsFor(fleet.scaling())
                ? Optional.of(new Care.Scale(fleet.name(), plan.sparing(fleet.scaling()), "as it was found"))
                : Optional.empty();
    }

    static Optional<Care> misset(Rollout rollout, FleetState fleet) {
        return Pins.plan(rollout, fleet.name())
                .filter(plan -> !plan.holdsFor(fleet.scaling()))
                .map(plan -> new Care.Scale(fleet.name(), plan.sparing(fleet.scaling()), "as its role asks"));
    }

    private static Care settle(Rollout rollout, Observation seen, Instant now) {
        Instant alone = rollout.releasedSince().plus(AT_WORK);
        return now.isBefore(alone)
                ? new Care.Rest("all is given back; a call from before may be at work until "
                        + alone.truncatedTo(ChronoUnit.SECONDS))
                : new Care.Settle(seen.route().tags().withoutBlue());
    }
}
