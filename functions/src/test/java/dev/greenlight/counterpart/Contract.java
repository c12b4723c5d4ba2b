package dev.greenlight.counterpart;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every implementation of a port does, said once, in domain words; each subclass puts one counterpart of AWS behind it. Where a
 * counterpart is known to depart from AWS's pages, {@link Departures} says so.
 */
@ExtendWith(ContractTerms.class)
public abstract class Contract {

    /** Who plays AWS. */
    protected abstract Counterpart counterpart();
}
