package dev.greenlight.domain.rollout;

/** Why a rollout was taken back. */
public enum Cause {
    /** A check said that the revision is bad. */
    CHECK_FAILED(true),
    /** The revision could not be installed. */
    INSTALL_FAILED(true),
    /** An alarm fired while its fleet was green. */
    ALARM(true),
    /** A person asked for it. */
    BY_HAND(true),
    /** A person, or another tool, wrote all traffic to blue. */
    SEEN_ON_RULE(false),
    /** Its A/B test is over, and was to end so. */
    TEST_OVER(false),
    /** Time ran out without a verdict. */
    DEADLINE(false),
    /** The platform failed, not the revision: an agent that is silent, a missing right. */
    PLATFORM(false),
    /** The pipeline's stage failed, was stopped or canceled. */
    STAGE_ENDED(false),
    /** Nobody called for too long. */
    ORPHANED(false);

    private final boolean blamesRevision;

    Cause(boolean blamesRevision) {
        this.blamesRevision = blamesRevision;
    }

    /** Whether the revision is quarantined: throttling or a missing permission is no verdict on it. */
    public boolean blamesRevision() {
        return blamesRevision;
    }
}
