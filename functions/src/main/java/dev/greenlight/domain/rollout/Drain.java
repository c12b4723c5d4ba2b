package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Says what still runs on the fleet that traffic has left: requests from before the switch, requests that still come, users who
 * strayed there. A pure function; it keeps rule 2 of docs/rules.md.
 */
public final class Drain {

    /**
     * How long after the switch nothing at all may be counted before that is taken for silence: a minute that began after it
     * ends within two, and is published within three more ("CloudWatch metrics for your Application Load Balancer").
     */
    static final Duration SILENCE = Duration.ofMinutes(5);

    /**
     * How long after the drain a release waits for requests to a fleet that it would take. What still comes then does not come by
     * the production rule: somebody asks the preview rule, or another rule that forwards to it, and may lose a request.
     */
    static final Duration STRAGGLERS = Duration.ofMinutes(15);

    /** The longest that two looks at the rule lie apart while somebody looks after a rollout: Sweep's minute, and one that failed. */
    static final Duration LOOKS = Duration.ofMinutes(2);

    /** For so long a note of stray users says as much as a new one: looks that find them again meanwhile write nothing. */
    static final Duration NOTED = LOOKS.dividedBy(4);

    /** For these a rollout ends that neither its revision nor anybody has ended. */
    private static final Set<Cause> INFIRM = EnumSet.of(Cause.PLATFORM, Cause.DEADLINE, Cause.ORPHANED);

    private final Duration delay;

    /** @param delay how long requests may still run on a fleet after traffic has left it: the deregistration delay */
    public Drain(Duration delay) {
        this.delay = delay;
    }

    /** The fleet that traffic has left; empty after a first release, and on one fleet. */
    public static Optional<FleetName> left(Rollout rollout) {
        return rollout.course().left();
    }

    /** Why the next release may not take the fleet that traffic has left yet; empty once it may. */
    public Optional<String> notToBeTaken(Rollout rollout, Observation seen, Instant now) {
        Optional<Restoration> back = rollout.restoration();
        if (back.isPresent()) {
            return RecreateCare.isGivenUp(rollout, back.get())
                    ? Optional.empty()
                    : Optional.of("fleet %s gets %s back"
                            .formatted(rollout.blue().orElse(rollout.green()), rollout.former()));
        }
        return left(rollout)
                .flatMap(fleet -> routed(rollout, fleet, seen, now)
                        .or(() -> isPatient(rollout, now)
                                ? reached(rollout, fleet, seen, now).or(() -> infirm(rollout, seen.fleet(fleet)))
                                : Optional.empty()));
    }

    /**
     * Where no user came, and neither the revision nor anybody's wish was the reason, the fleet itself may be. What has died on it
     * stays, for its health checks are suspended, and would fail one release after the other: the next one begins on a fresh fleet.
     */
    private static Optional<String> infirm(Rollout rollout, FleetState left) {
        return rollout.ending()
                .filter(ending -> !ending.trafficMoved() && INFIRM.contains(ending.cause()))
                .filter(ending -> left.counted() > 0)
                .map(ending -> "fleet %s is put to sleep first, for the revision was not to blame: %s"
                        .formatted(left.name(), ending.reason()));
    }

    /** Whether the next release still waits for requests to the fleet that it would take; later their count says nothing to it. */
    public boolean isPatient(Rollout rollout, Instant now) {
        return now.isBefore(drained(rollout).plus(STRAGGLERS));
    }

    /** The fleet whose requests are worth counting: it had users, the rule sends it no more and their drain is over, and it still runs. */
    public Optional<FleetName> toBeCounted(Rollout rollout, Observation seen, Instant now) {
        return left(rollout)
                .filter(fleet ->
                        hadUsers(rollout) && !seen.fleet(fleet).instances().isEmpty())
                .filter(fleet -> routed(rollout, fleet, seen, now).isEmpty());
    }

    /**
     * Whether the rule routes to a fleet that is to have no users: what they ask of it now runs on when they are gone. All traffic
     * on the blue of a promoted rollout is none of that, but a rollback.
     */
    public boolean strays(Rollout rollout, Observation seen) {
        Routing live = seen.route().routing();
        return left(rollout)
                .filter(fleet -> live.share(fleet) > 0)
                .filter(fleet -> rollout.phase() != Phase.PROMOTED || !live.isFull(fleet))
                .isPresent();
    }

    /** When the last request has ended that the fleet was given before the switch, or whenever else it had users. */
    public Instant drained(Rollout rollout) {
        return hadUsers(rollout)
                ? left(rollout.progress()).plus(delay)
                : rollout.progress().phaseSince();
    }

    /** Whether the fleet that is to have no users had some, or may have: who writes the rule may die before anybody sees it. */
    public static boolean hadUsers(Rollout rollout) {
        return rollout.trafficMoved()
                || rollout.progress().usersSince().isPresent()
                || rollout.progress().strayedAt().isPresent();
    }

    /** Whether stray users are worth another note: one that is this young says as much as a new one. */
    public static boolean toBeNoted(Rollout rollout, Instant now) {
        return rollout.progress()
                .strayedAt()
                .filter(noted -> now.isBefore(noted.plus(NOTED)))
                .isEmpty();
    }

    /**
     * When the fleet's last users can have left it: at the switch, not at the end of the bake after it. Who was seen on it later can
     * have stayed until the next look.
     */
    public static Instant left(Progress progress) {
        Instant switched = progress.phase() == Phase.PROMOTED
                ? progress.switchedAt().orElse(progress.phaseSince())
                : progress.phaseSince();
        return progress.strayedAt()
                .map(seen -> seen.plus(LOOKS))
                .filter(switched::isBefore)
                .orElse(switched);
    }

    /** Why the fleet that traffic has left may not be touched yet; empty once it may. */
    Optional<String> inUse(Rollout rollout, FleetName left, Observation seen, Instant now) {
        return routed(rollout, left, seen, now).or(() -> reached(rollout, left, seen, now));
    }

    private Optional<String> routed(Rollout rollout, FleetName left, Observation seen, Instant now) {
        if (seen.route().routing().share(left) > 0) {
            return Optional.of("the rule still routes to fleet %s: %s"
                    .formatted(left, seen.route().routing()));
        }
        Instant drained = drained(rollout);
        return now.isBefore(drained) ? Optional.of(mayRunUntil(left, drained)) : Optional.empty();
    }

    private static String mayRunUntil(FleetName fleet, Instant drained) {
        return "requests on fleet %s may run until %s".formatted(fleet, drained.truncatedTo(ChronoUnit.SECONDS));
    }

    /** The rule says where requests shall go; that none goes to this fleet any more is seen where they are counted. */
    private static Optional<String> reached(Rollout rollout, FleetName left, Observation seen, Instant now) {
        if (seen.requests().isEmpty()) {
            return Optional.empty();
        }
        Requests requests = seen.requests().get();
        if (requests.unanswered().isPresent()) {
            return Optional.of("nobody can say now whether requests still reach fleet %s: %s"
                    .formatted(left, requests.unanswered().get()));
        }
        if (requests.left() > 0) {
            return Optional.of("%d requests still reached fleet %s lately".formatted(requests.left(), left));
        }
        Instant since = left(rollout.progress());
        boolean counted = requests.other() > 0 || !now.isBefore(since.plus(SILENCE));
        return counted
                ? Optional.empty()
                : Optional.of(
                        "no minute since %s has been counted yet, so nobody knows whether requests still reach fleet %s"
                                .formatted(since.truncatedTo(ChronoUnit.SECONDS), left));
    }

    /** Why what users asked of a fleet that was to have none may still run there; empty once it is over. */
    public Optional<String> strayedLately(Rollout rollout, FleetName fleet, Instant now) {
        return rollout.progress()
                .strayedAt()
                .map(seen -> seen.plus(LOOKS).plus(delay))
                .filter(now::isBefore)
                .map(drained -> mayRunUntil(fleet, drained));
    }
}
