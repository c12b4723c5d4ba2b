package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.Journal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Puts the old fleet to sleep once its time is up and nothing reaches it. The group itself is never deleted. */
public final class RetireBlue {

    private final Ports ports;
    private final InstantSource clock;
    private final TakeCare takeCare;

    public RetireBlue(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.clock = clock;
        this.takeCare = new TakeCare(ports, terms, clock);
    }

    /** The appointment came. One that names a rollout whose blue has another role by now does nothing. */
    public Answer timeUp(RolloutId id) {
        Optional<Rollout> rollout = latest(Optional.of(id)).filter(RetireBlue::keepsBlue);
        return rollout.map(r -> (Answer) new Answer.Done(takeCare.look(r)))
                .orElseGet(() -> new Answer.Ignored("rollout %s has no fleet to retire".formatted(id)));
    }

    /** A person does not want to wait for blue's time. */
    public Answer byHand(Optional<RolloutId> named, String reason) {
        Optional<Rollout> rollout = latest(named).filter(r -> r.phase() == Phase.PROMOTED && keepsBlue(r));
        if (rollout.isEmpty()) {
            return new Answer.Failed(Answer.Failure.ROLLOUT, "no promoted rollout keeps a fleet warm");
        }
        Instant now = clock.instant();
        Rollout asked = rollout.get().keepWarmUntil(now, reason);
        if (!ports.store().commit(asked)) {
            return new Answer.Failed(Answer.Failure.UNAVAILABLE, "another call was at work on it: call again");
        }
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.of(asked.id()), "asked to retire", reason, Optional.of(asked.green()), "by hand", ""));
        return new Answer.Done(takeCare.look(asked.stored()));
    }

    /** Where only one fleet may run at a time, blue sleeps already. */
    private static boolean keepsBlue(Rollout rollout) {
        return rollout.blue().isPresent() && rollout.recreation().isEmpty();
    }

    private Optional<Rollout> latest(Optional<RolloutId> named) {
        Optional<RolloutId> latest = ports.store().ledger().latest();
        return latest.filter(id -> named.isEmpty() || named.equals(latest))
                .flatMap(ports.store()::rollout)
                .filter(r -> !r.isOpen() && !r.settled());
    }
}
