package dev.greenlight.counterpart;

import org.junit.jupiter.api.AfterEach;

/** A contract that needs more of its counterpart than a table. */
public abstract class GroundContract extends Contract {

    /** The same ground for all of one test, and another one for the next. */
    protected abstract Ground ground();

    @AfterEach
    void leaveTheGround() {
        ground().close();
    }

    @Override
    protected final Counterpart counterpart() {
        return ground().counterpart();
    }

    /** The ports over this ground. */
    protected final Adapters adapters() {
        return new Adapters(ground());
    }
}
