package dev.greenlight.cli.simulate;

import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.RolloutStore;
import java.util.List;
import java.util.Optional;

/** A store that does what the deployed one does, where a mutant does not override it. */
abstract class AlteredStore implements RolloutStore {

    final RolloutStore deployed;

    AlteredStore(RolloutStore deployed) {
        this.deployed = deployed;
    }

    @Override
    public Ledger ledger() {
        return deployed.ledger();
    }

    @Override
    public Optional<Rollout> rollout(RolloutId id) {
        return deployed.rollout(id);
    }

    @Override
    public boolean commit(Ledger ledger, List<Rollout> rollouts, Optional<Quarantine> blamed) {
        return deployed.commit(ledger, rollouts, blamed);
    }

    @Override
    public boolean commit(Rollout rollout, Optional<Quarantine> blamed) {
        return deployed.commit(rollout, blamed);
    }

    @Override
    public boolean begin(Ledger ledger, Rollout rollout, Optional<Rollout> before) {
        return deployed.begin(ledger, rollout, before);
    }

    @Override
    public Optional<Quarantine> quarantine(String digest) {
        return deployed.quarantine(digest);
    }

    @Override
    public boolean release(String digest) {
        return deployed.release(digest);
    }
}
