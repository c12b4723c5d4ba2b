package dev.greenlight.domain.rollout;

/** Where a rollout stands. The first five are open: the rollout holds the service's lock. */
public enum Phase {
    /** Green gets its first instance. */
    PREPARING,
    /** The revision is installed on it, then green grows to its full size. */
    INSTALLING,
    /** Green is checked apart from users. */
    VALIDATING,
    /** Traffic moves, step by step. */
    SHIFTING,
    /** Green is checked under traffic. */
    VERIFYING,
    /** Green serves; blue, if there is one, is warm. */
    PROMOTED,
    /** Blue sleeps: there is no way back any more. */
    RETIRED,
    /** Blue serves again, or never stopped. */
    ROLLED_BACK;

    public boolean isOpen() {
        return compareTo(PROMOTED) < 0;
    }

    /** The phase that follows when all goes well. */
    public Phase next() {
        return switch (this) {
            case PREPARING -> INSTALLING;
            case INSTALLING -> VALIDATING;
            case VALIDATING -> SHIFTING;
            case SHIFTING -> VERIFYING;
            case VERIFYING -> PROMOTED;
            case PROMOTED -> RETIRED;
            case RETIRED, ROLLED_BACK -> throw new IllegalStateException(this + " is an end");
        };
    }
}
