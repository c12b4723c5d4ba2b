package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/** Lets a quarantined revision be released again, or the next rollout begin before the cooldown's end, because a person says so. */
public final class ReleaseQuarantine {

    /** A person's word is tried again where somebody else wrote the record in between. */
    private static final int COMMITS = 5;

    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;

    public ReleaseQuarantine(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Does both halves of what was asked for, or the one; the second also where the first fails, so that a call which
     * did one of them only may be repeated.
     *
     * @param revision what shall be released from quarantine
     * @param cooldown whether the cooldown is ended as well
     * @param reason the person's words
     * @return what became of each; failed if either failed
     */
    public Answer release(Optional<Revision> revision, boolean cooldown, String reason) {
        Optional<Answer> quarantine = revision.map(released -> release(released, reason));
        if (!cooldown) {
            return quarantine.orElseThrow();
        }
        Answer ended = releaseCooldown(reason);
        return quarantine.map(first -> both(first, ended)).orElse(ended);
    }

    private static Answer both(Answer first, Answer second) {
        String said = "%s; %s".formatted(first.message(), second.message());
        return Stream.of(second, first)
                .filter(Answer.Failed.class::isInstance)
                .<Answer>map(failed -> new Answer.Failed(((Answer.Failed) failed).failure(), said))
                .findFirst()
                .orElseGet(() -> new Answer.Done(said));
    }

    /**
     * Forgets the quarantine of this content, whatever name it had.
     *
     * @param reason the person's words
     * @return failed if no such content is quarantined: a mistyped digest must not look like a release
     */
    public Answer release(Revision revision, String reason) {
        if (!ports.store().release(revision.digest())) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION,
                    "nothing is quarantined under digest %s".formatted(revision.digest()));
        }
        tell(
                Optional.empty(),
                "release quarantine",
                "revision %s, %s: %s".formatted(revision.name(), revision.digest(), reason));
        return new Answer.Done("revision %s may be released again".formatted(revision.name()));
    }

    /**
     * Ends the cooldown that the latest rollback began.
     *
     * @param reason the person's words
     * @return failed if no rollout has to wait, so that nobody trusts in a release that released nothing
     */
    public Answer releaseCooldown(String reason) {
        for (int i = 0; i < COMMITS; i++) {
            Instant now = clock.instant();
            Optional<Rollout> cooling = cooling(now);
            if (cooling.isEmpty()) {
                return new Answer.Failed(Answer.Failure.ROLLOUT, "no rollout has to wait for a cooldown's end");
            }
            Rollout released = cooling.get().cooled(now, reason);
            if (ports.store().commit(released)) {
                String until =
                        cooling.get().coolsUntil(terms.cooldown()).orElseThrow().toString();
                tell(Optional.of(released.id()), "release cooldown", "%s, instead of at %s".formatted(reason, until));
                return new Answer.Done(
                        "the next rollout may begin, although %s was taken back".formatted(released.id()));
            }
        }
        return new Answer.Failed(Answer.Failure.UNAVAILABLE, "other calls were at work on it: call again");
    }

    private Optional<Rollout> cooling(Instant now) {
        return ports.store()
                .ledger()
                .latest()
                .flatMap(ports.store()::rollout)
                .filter(rollout -> rollout.coolsUntil(terms.cooldown())
                        .filter(now::isBefore)
                        .isPresent());
    }

    private void tell(Optional<RolloutId> rollout, String decision, String reason) {
        ports.journal().tell(new Journal.Entry(rollout, decision, reason, Optional.empty(), "0", ""));
    }
}
