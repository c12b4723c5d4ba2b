package dev.greenlight.usecase;

import dev.greenlight.counterpart.Counterpart;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.RolloutStoreContract;

/** The double keeps the real store's contract, so that what is proven over it holds. */
class InMemoryRolloutStoreTest extends RolloutStoreContract {

    private final RolloutStore store = new InMemoryRolloutStore();

    @Override
    protected Counterpart counterpart() {
        return Counterpart.SANDBOX;
    }

    @Override
    protected RolloutStore store() {
        return store;
    }
}
