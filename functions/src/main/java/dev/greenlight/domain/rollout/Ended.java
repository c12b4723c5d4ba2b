package dev.greenlight.domain.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows from how a rollout ended: who is to blame, what the next one waits for, what is on its way back. */
public sealed interface Ended permits Rollout {

    Roles roles();

    Optional<Recreation> recreation();

    Progress progress();

    Optional<Ending> ending();

    /** Whether it was taken back, and nobody has been heard yet who blames its revision. */
    default boolean mayBeBlamed() {
        return isTakenBack() && !wasBlamed();
    }

    /** Whether its revision was quarantined for what it did, and whoever may have released it since. */
    default boolean wasBlamed() {
        return ending().filter(Ending::quarantined).isPresent();
    }

    /**
     * Until when no other rollout may begin; empty unless traffic was taken back from users, and where a person released it. A test that
     * was to end so hurt nobody.
     */
    default Optional<Instant> coolsUntil(Duration cooldown) {
        boolean hurtUsers = isTakenBack()
                && ending().filter(end -> end.trafficMoved() && !end.cooled() && end.cause() != Cause.TEST_OVER)
                        .isPresent();
        return hurtUsers ? Optional.of(progress().phaseSince().plus(cooldown)) : Optional.empty();
    }

    /** The deployment that was under way when it was taken back, and may still be; empty where it was installed or never began. */
    default Optional<String> leftInstalling() {
        return isTakenBack() && !progress().installed() ? progress().deployment() : Optional.empty();
    }

    /** What the fleet ran before is on its way back; empty where nothing is to come back, and once it is there. */
    default Optional<Restoration> restoration() {
        return isTakenBack()
                ? ending().flatMap(Ending::restoration)
                        .filter(back -> back.endedAt().isEmpty())
                : Optional.empty();
    }

    /** Since when its fleets are set as they are to be left: what was pinned before may be pinned once more by a call from before. */
    default Instant releasedSince() {
        return ending().flatMap(Ending::restoration)
                .flatMap(Restoration::endedAt)
                .orElse(progress().phaseSince());
    }

    /** What the way back brings back, in words. */
    default String former() {
        return recreation()
                .map(Recreation::former)
                .or(() -> roles().former().map(Former::name))
                .orElse("nothing");
    }

    private boolean isTakenBack() {
        return progress().phase() == Phase.ROLLED_BACK;
    }
}
