package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.Journal;
import java.time.InstantSource;
import java.util.Optional;

/** Promotes a rollout without the rest of its bake: an urgent fix must not queue behind it. A failed check still takes it back. */
public final class Promote {

    private final Ports ports;
    private final InstantSource clock;
    private final Drive drive;

    public Promote(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
        this.drive = new Drive(ports, terms, clock);
    }

    /** @param named the rollout that is meant; empty for the one in flight */
    public Answer byHand(Optional<RolloutId> named, String reason) {
        Optional<Rollout> rollout =
                named.or(() -> ports.store().ledger().holder()).flatMap(ports.store()::rollout);
        if (rollout.isEmpty() || rollout.get().phase() != Phase.VERIFYING) {
            String what = rollout.map(r -> "rollout %s is %s"
                            .formatted(r.id(), r.phase().name().toLowerCase(java.util.Locale.ROOT)))
                    .orElse("no rollout is in flight");
            return new Answer.Failed(
                    Answer.Failure.ROLLOUT, what + ": only one that verifies under traffic can be promoted early");
        }
        Rollout asked = rollout.get().promoteAtOnce(clock.instant(), reason);
        if (!ports.store().commit(asked)) {
            return new Answer.Failed(Answer.Failure.UNAVAILABLE, "another call was at work on it: call again");
        }
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.of(asked.id()),
                        "asked to promote",
                        reason,
                        Optional.of(asked.green()),
                        "by hand",
                        ""));
        Token token = new Token(asked.id(), clock.instant());
        return drive.onwards(asked.stored(), Phase.PROMOTED, Optional.empty(), token);
    }
}
