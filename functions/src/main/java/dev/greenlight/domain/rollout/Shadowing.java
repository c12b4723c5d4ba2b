package dev.greenlight.domain.rollout;

import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.traffic.ShadowRoute;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Decides about a rollout's shadow: it is opened once green has passed what is asked of it apart from users, and closed before
 * any user comes. What somebody else made of the shadow rule is waited for, and written over when the rollout ends.
 */
final class Shadowing {

    private final RolloutPolicy policy;

    Shadowing(RolloutPolicy policy) {
        this.policy = policy;
    }

    /** Green has passed what is asked of it apart from users. */
    Decision begin(Shadow shadow, Rollout rollout, Observation seen, Instant now, String passed) {
        return switch (live(seen)) {
            case ShadowRoute.Closed closed ->
                new Decision.Shadowed(shadow.asked(now), passed + "; copies of users' requests come next");
            case ShadowRoute.To stray ->
                inTime(new Decision.CloseShadow("nobody has asked for " + stray), stray, rollout, seen, now);
            case ShadowRoute.Foreign foreign -> policy.hold(rollout, seen, changed(foreign), now);
        };
    }

    /** The shadow was asked for. */
    Decision next(Shadow shadow, Rollout rollout, Observation seen, Instant now) {
        ShadowRoute live = live(seen);
        Outcome outcome = Verdict.worst(seen.verdicts());
        if (outcome == Outcome.FAIL && shadow.since().isPresent()) {
            return policy.retreat(
                    rollout,
                    seen,
                    Cause.CHECK_FAILED,
                    "on copies of users' requests: " + Verdict.summary(seen.verdicts(), Outcome.FAIL));
        }
        if (shadow.over()) {
            return closing(live, rollout, seen, now);
        }
        if (shadow.since().isEmpty()) {
            return opening(shadow, live, rollout, seen, now);
        }
        if (!live.leadsTo(rollout.green())) {
            return policy.hold(rollout, seen, changed(live), now);
        }
        Instant end = shadow.since().get().plus(shadow.watch());
        if (now.isBefore(end)) {
            String reason = "green gets copies until " + end.truncatedTo(ChronoUnit.SECONDS);
            return policy.hold(rollout, seen, reason, now);
        }
        return outcome == Outcome.PASS
                ? new Decision.Shadowed(shadow.ended(), Verdict.summary(seen.verdicts(), Outcome.PASS))
                : policy.hold(rollout, seen, RolloutPolicy.undecided(seen), now);
    }

    private Decision opening(Shadow shadow, ShadowRoute live, Rollout rollout, Observation seen, Instant now) {
        if (live.leadsTo(rollout.green())) {
            return new Decision.Shadowed(shadow.seen(now), "the shadow rule shows " + live);
        }
        return live.isClosed()
                ? inTime(new Decision.OpenShadow(rollout.green()), live, rollout, seen, now)
                : policy.hold(rollout, seen, changed(live), now);
    }

    private Decision closing(ShadowRoute live, Rollout rollout, Observation seen, Instant now) {
        return live.isClosed()
                ? new Decision.Advance("green was watched on copies of users' requests")
                : inTime(new Decision.CloseShadow("the copies have been watched"), live, rollout, seen, now);
    }

    /** A write that never shows holds no lock. */
    private Decision inTime(Decision due, ShadowRoute live, Rollout rollout, Observation seen, Instant now) {
        return now.isBefore(policy.deadline(rollout))
                ? due
                : policy.hold(rollout, seen, "the shadow rule still shows " + live, now);
    }

    private static ShadowRoute live(Observation seen) {
        return seen.shadow().orElseGet(ShadowRoute.Closed::new);
    }

    private static String changed(ShadowRoute live) {
        return "the shadow rule was changed by someone else: " + live;
    }
}
