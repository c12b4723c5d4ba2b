package dev.greenlight.domain.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far a rollout has come.
 *
 * @param phaseSince when this phase began
 * @param heartbeat when a hook last took the rollout up
 * @param steps how many of the strategy's steps were seen on the rule
 * @param stepSince when the last of them was seen; in {@code SHIFTING} before the first, when shifting was first asked for
 * @param usersSince the earliest moment at which users can have reached green: stored before the first write to the rule, and
 *     anew before the next one where that one never showed
 * @param steadyReads how many spaced reads in a row found all checks passing
 * @param lastRead when the last of them was
 * @param deployment CodeDeploy's id of the deployment that installs the revision
 * @param installed whether that deployment succeeded: what scales out from now on gets the new revision
 * @param promoteNow a person asked not to wait any more: for no step, no pause and no bake
 * @param resumed the step that a person has let go on; 0 for none
 * @param warmUntil when blue's time is up
 * @param switchedAt when the strategy's last step was seen on the rule: from then on all users are to be on green
 * @param strayedAt when the rule was last seen to route to a fleet that was to have no users, a hand's doing or a stale writer's; later
 *     where it may have done so until later, since nobody looked
 */
public record Progress(
        Phase phase,
        Instant phaseSince,
        Instant heartbeat,
        int steps,
        Optional<Instant> stepSince,
        Optional<Instant> usersSince,
        int steadyReads,
        Optional<Instant> lastRead,
        Optional<String> deployment,
        boolean installed,
        boolean promoteNow,
        int resumed,
        Optional<Instant> warmUntil,
        Optional<Instant> switchedAt,
        Optional<Instant> strayedAt) {

    /** How long a write to the rule may take to show, with time to spare: its one try ends within ten seconds. */
    static final Duration ATTEMPT = Duration.ofMinutes(1);

    static Progress begin(Instant now) {
        return new Progress(
                Phase.PREPARING,
                now,
                now,
                0,
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    Progress enter(Phase next, Instant now) {
        return new Progress(
                next,
                now,
                now,
                steps,
                Optional.empty(),
                usersSince,
                0,
                Optional.empty(),
                deployment,
                installed,
                promoteNow,
                resumed,
                warmUntil,
                next == Phase.VERIFYING ? stepSince : switchedAt,
                strayedAt);
    }

    Progress beat(Instant now) {
        Progress taken = at(now, steps, stepSince, steadyReads, lastRead);
        // Half of it: the rule is read after this moment, and yet this is no look that found users.
        return mayHaveStayed(now) ? taken.strayed(now.minus(Drain.LOOKS.dividedBy(2))) : taken;
    }

    /** Whether users had strayed when a hook looked last, longer ago than looks lie apart: nobody saw when they left. */
    private boolean mayHaveStayed(Instant now) {
        return strayedAt
                .filter(seen -> heartbeat.isBefore(seen.plus(Drain.NOTED)) && now.isAfter(seen.plus(Drain.LOOKS)))
                .isPresent();
    }

    Progress shiftingAskedAt(Instant now) {
        return at(now, steps, Optional.of(now), steadyReads, lastRead);
    }

    /**
     * The rule is about to be written. The last attempt's moment stays while that write may still show; where it is older and the
     * rule shows the weights from before, it came to nothing.
     */
    Progress usersFrom(Instant now) {
        return users(usersSince
                .filter(attempt -> steps > 0 || now.isBefore(attempt.plus(ATTEMPT)))
                .or(() -> Optional.of(now)));
    }

    Progress stepSeen(int step, Instant now) {
        return at(now, step, Optional.of(now), 0, Optional.empty()).users(usersSince.or(() -> Optional.of(now)));
    }

    Progress read(int steady, Instant now) {
        return at(now, steps, stepSince, steady, Optional.of(now));
    }

    Progress installingBy(String id) {
        return asked(Optional.of(id), false, promoteNow, resumed, warmUntil);
    }

    /** Another deployment is to follow the one before. */
    Progress installingAnew() {
        return asked(Optional.empty(), false, promoteNow, resumed, warmUntil);
    }

    Progress nowInstalled() {
        return asked(deployment, true, promoteNow, resumed, warmUntil);
    }

    Progress promoteAtOnce() {
        return asked(deployment, installed, true, resumed, warmUntil);
    }

    Progress resume() {
        return asked(deployment, installed, promoteNow, steps, warmUntil);
    }

    Progress warmUntil(Optional<Instant> until) {
        return asked(deployment, installed, promoteNow, resumed, until);
    }

    Progress strayed(Instant now) {
        return new Progress(
                phase,
                phaseSince,
                heartbeat,
                steps,
                stepSince,
                usersSince,
                steadyReads,
                lastRead,
                deployment,
                installed,
                promoteNow,
                resumed,
                warmUntil,
                switchedAt,
                Optional.of(now));
    }

    private Progress at(Instant beat, int seen, Optional<Instant> seenAt, int steady, Optional<Instant> readAt) {
        return new Progress(
                phase,
                phaseSince,
                beat,
                seen,
                seenAt,
                usersSince,
                steady,
                readAt,
                deployment,
                installed,
                promoteNow,
                resumed,
                warmUntil,
                switchedAt,
                strayedAt);
    }

    private Progress users(Optional<Instant> since) {
        return new Progress(
                phase,
                phaseSince,
                heartbeat,
                steps,
                stepSince,
                since,
                steadyReads,
                lastRead,
                deployment,
                installed,
                promoteNow,
                resumed,
                warmUntil,
                switchedAt,
                strayedAt);
    }

    private Progress asked(Optional<String> by, boolean done, boolean promote, int released, Optional<Instant> until) {
        return new Progress(
                phase,
                phaseSince,
                heartbeat,
                steps,
                stepSince,
                usersSince,
                steadyReads,
                lastRead,
                by,
                done,
                promote,
                released,
                until,
                switchedAt,
                strayedAt);
    }
}
