package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.InstalledService;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.port.RolloutStore;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What the store says, read again only when something was written there: it is looked at far more often than that. */
final class Records {

    private final RolloutStore store;
    private final LongSupplier version;
    private long versionRead;
    private Said said;

    /**
     * @param ledger who holds the lock
     * @param latest the latest rollout that was given it
     */
    record Said(Ledger ledger, Optional<Rollout> latest) {}

    private Records(RolloutStore store, LongSupplier version) {
        this.store = store;
        this.version = version;
        this.versionRead = version.getAsLong();
        this.said = read();
    }

    /** @param store the service's, past all faults */
    static Records of(InstalledService service, RolloutStore store) {
        return new Records(store, service::storeVersion);
    }

    /** What it says at this moment. */
    synchronized Said now() {
        long newest = version.getAsLong();
        if (newest != versionRead) {
            versionRead = newest;
            said = read();
        }
        return said;
    }

    private Said read() {
        Ledger ledger = store.ledger();
        return new Said(ledger, ledger.latest().flatMap(store::rollout));
    }
}
