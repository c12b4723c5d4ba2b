package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Decision;
import dev.greenlight.domain.rollout.Drain;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.RolloutPolicy;
import dev.greenlight.domain.rollout.Terms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes an open rollout up and moves it towards a phase: observe, decide, act, until the policy says wait or the phase is
 * reached. Every turn does one thing; the store is told after each, and its fence is checked before the first.
 */
final class Drive {

    /** More turns than any rollout needs between two waits; reaching it means that deciding and seeing disagree. */
    private static final int TURNS = 32;

    private final Ports ports;
    private final InstantSource clock;
    private final Turn.Means means;

    Drive(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
        this.means = new Turn.Means(
                ports,
                terms,
                clock,
                new RolloutPolicy(terms.pace()),
                new Observe(ports, terms),
                new Drain(terms.drain()),
                new TakeBack(ports, clock),
                new TakeCare(ports, terms, clock));
    }

    /**
     * Drives the rollout through {@code phase}, as that phase's hook.
     *
     * @param revision where the revision lies; needed by the hook that installs it
     */
    Answer through(Phase phase, RolloutId id, Optional<RevisionLocation> revision, Token token) {
        Optional<Rollout> found = ports.store().rollout(id);
        if (found.isEmpty()) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION, "no rollout %s is known: PrepareGreen begins one".formatted(id));
        }
        Rollout rollout = found.get();
        if (rollout.isOpen() && !rollout.onTrial() && rollout.phase().compareTo(phase) < 0) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION,
                    "rollout %s is still %s: this hook comes later".formatted(id, Reached.words(rollout.phase())));
        }
        return onwards(rollout, phase.next(), revision, token);
    }

    /** Drives an open rollout from where it is until {@code goal} is reached. */
    Answer onwards(Rollout start, Phase goal, Optional<RevisionLocation> revision, Token token) {
        if (start.phase().compareTo(goal) >= 0) {
            return Reached.by(start);
        }
        Logbook book = new Logbook(ports, start, token);
        Optional<Answer> stale = book.commit(start.beat(clock.instant()));
        if (stale.isPresent()) {
            return stale.get();
        }
        Turn turn = new Turn(means, book, goal, revision);
        for (int i = 0; i < TURNS; i++) {
            Optional<Answer> answer = turn.take();
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return new Answer.InProgress("still at work after %d turns".formatted(TURNS), token);
    }

    /**
     * Looks at a rollout that may stay as it is for days, and brings it on where there is something to do. A look that finds nothing
     * leaves nothing in the store.
     */
    Answer watch(Rollout rollout, Token token) {
        Instant now = clock.instant();
        Observation seen = means.observe().open(rollout, now);
        return means.policy().next(rollout, seen, now) instanceof Decision.Hold hold
                ? new Turn(means, new Logbook(ports, rollout, token), Phase.PROMOTED, Optional.empty())
                        .hold(hold, seen)
                        .orElseThrow()
                : onwards(rollout, Phase.PROMOTED, Optional.empty(), token);
    }
}
