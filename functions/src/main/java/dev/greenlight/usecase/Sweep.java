package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutPolicy;
import dev.greenlight.domain.rollout.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Comes by every minute and finishes what nobody else does: a rollout with users on green goes on to its verdict, one
 * without is taken back, a closed one is looked after until nothing of it is left. What the fleets launch from is kept for as
 * long as they serve.
 */
public final class Sweep {

    /** With users on green, silence of a few calls is enough for Sweep to watch in the pipeline's place. */
    private static final Duration SILENCE = Duration.ofMinutes(2);

    /** Whoever drives it enforces the deadline itself; this much later Sweep takes it that nobody who can is left. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;
    private final Drive drive;
    private final TakeCare takeCare;
    private final RollBack rollBack;
    private final KeepLaunches keepLaunches;

    public Sweep(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
        this.drive = new Drive(ports, terms, clock);
        this.takeCare = new TakeCare(ports, terms, clock);
        this.rollBack = new RollBack(ports, terms, clock);
        this.keepLaunches = new KeepLaunches(ports, clock);
    }

    /** Only the latest rollout can have anything left: the one before it was settled when it began. */
    public Answer tick() {
        Optional<Rollout> latest = latest();
        if (latest.isEmpty()) {
            return new Answer.Done("nothing is left to do");
        }
        Answer answer = brought(latest.get());
        // Last, and of the record as it is by now: a rollout in flight does not wait for it.
        latest().ifPresent(keepLaunches::look);
        return answer;
    }

    private Optional<Rollout> latest() {
        return ports.store().ledger().latest().flatMap(ports.store()::rollout);
    }

    private Answer brought(Rollout rollout) {
        if (rollout.settled()) {
            takeCare.hear(rollout);
            return new Answer.Done("nothing is left to do");
        }
        return rollout.isOpen() ? open(rollout) : new Answer.Done(takeCare.look(rollout));
    }

    private Answer open(Rollout rollout) {
        Instant now = clock.instant();
        Instant deadline = new RolloutPolicy(terms.pace()).deadline(rollout);
        boolean overdue = now.isAfter(deadline.plus(MARGIN));
        boolean awaitsApproval = rollout.awaitsApproval();
        boolean shifting = rollout.phase() == Phase.VERIFYING || rollout.phase() == Phase.SHIFTING && !awaitsApproval;
        Instant heard = rollout.progress().heartbeat();
        if (shifting && (overdue || now.isAfter(heard.plus(SILENCE)))) {
            Token token = new Token(rollout.id(), now);
            return rollout.onTrial()
                    ? drive.watch(rollout, token)
                    : drive.onwards(rollout, Phase.PROMOTED, Optional.empty(), token);
        }
        if (overdue && !shifting && !awaitsApproval) {
            // A function that dies on every try still leaves a heartbeat each time.
            return rollBack.orphaned(rollout, "nobody has brought it on until %s".formatted(deadline));
        }
        if (!shifting && !awaitsApproval && now.isAfter(heard.plus(terms.pace().orphaned()))) {
            return rollBack.orphaned(rollout, "nobody has driven it since %s".formatted(heard));
        }
        if (awaitsApproval && now.isAfter(deadline)) {
            return rollBack.orphaned(rollout, "nobody has shifted its traffic until %s".formatted(deadline));
        }
        return new Answer.Done("rollout %s is in flight".formatted(rollout.id()));
    }
}
