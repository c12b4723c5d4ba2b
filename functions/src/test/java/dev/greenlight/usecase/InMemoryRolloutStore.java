package dev.greenlight.usecase;

import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.RolloutStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A store in memory that keeps every condition of the real one, and can fall silent. */
final class InMemoryRolloutStore implements RolloutStore {

    private final Map<RolloutId, Rollout> rollouts = new HashMap<>();
    private final Map<String, Quarantine> quarantined = new HashMap<>();
    private Ledger ledger = Ledger.EMPTY;
    private boolean silent;
    private int overtaken;
    private volatile boolean hanging;

    void fallSilent() {
        silent = true;
    }

    void speakAgain() {
        silent = false;
    }

    /** It takes calls and answers none of them, until whoever called gives up. */
    void hang() {
        hanging = true;
    }

    /** That many of the next conditional writes come too late: each time somebody else has just written. */
    void overtake(int writes) {
        overtaken = writes;
    }

    private boolean isOvertaken() {
        boolean late = overtaken > 0;
        overtaken = Math.max(0, overtaken - 1);
        return late;
    }

    private void answer(String operation) {
        if (hanging) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException givenUp) {
                Thread.currentThread().interrupt();
            }
        }
        if (silent || hanging) {
            throw new CallFailed(CallFailed.Kind.UNAVAILABLE, "dynamodb:" + operation, "no answer", null);
        }
    }

    @Override
    public Ledger ledger() {
        answer("GetItem");
        return ledger;
    }

    @Override
    public Optional<Rollout> rollout(RolloutId id) {
        answer("GetItem");
        return Optional.ofNullable(rollouts.get(id));
    }

    @Override
    public boolean commit(Ledger next, List<Rollout> written, Optional<Quarantine> blamed) {
        answer("TransactWriteItems");
        if (isOvertaken()
                || next.version() != ledger.version()
                || !written.stream().allMatch(this::isCurrent)
                || !isNew(blamed)) {
            return false;
        }
        ledger = next.stored();
        written.forEach(r -> rollouts.put(r.id(), r.stored()));
        blamed.ifPresent(entry -> quarantined.put(entry.digest(), entry));
        return true;
    }

    @Override
    public boolean commit(Rollout rollout, Optional<Quarantine> blamed) {
        answer("TransactWriteItems");
        if (isOvertaken() || rollout.fence() != ledger.fence() || !isCurrent(rollout) || !isNew(blamed)) {
            return false;
        }
        rollouts.put(rollout.id(), rollout.stored());
        blamed.ifPresent(entry -> quarantined.put(entry.digest(), entry));
        return true;
    }

    @Override
    public boolean begin(Ledger next, Rollout rollout, Optional<Rollout> before) {
        answer("TransactWriteItems");
        return !quarantined.containsKey(rollout.revision().digest())
                && commit(
                        next, Stream.concat(before.stream(), Stream.of(rollout)).toList(), Optional.empty());
    }

    private boolean isNew(Optional<Quarantine> blamed) {
        return blamed.filter(entry -> quarantined.containsKey(entry.digest())).isEmpty();
    }

    private boolean isCurrent(Rollout rollout) {
        Rollout held = rollouts.get(rollout.id());
        return rollout.version() == (held == null ? 0 : held.version());
    }

    @Override
    public Optional<Quarantine> quarantine(String digest) {
        answer("GetItem");
        return Optional.ofNullable(quarantined.get(digest));
    }

    @Override
    public boolean release(String digest) {
        answer("DeleteItem");
        return quarantined.remove(digest) != null;
    }
}
