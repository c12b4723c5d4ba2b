package dev.greenlight.cli.demo;

/** How a release of the demo should end. */
public enum Plan {
    PROMOTED(Outcome.PROMOTED),
    REJECTED(Outcome.REJECTED),
    /** Its own pipeline takes it back, on what was counted. */
    TAKES_ITSELF_BACK(Outcome.ROLLED_BACK),
    /** A person takes it back, long after its pipeline was done. */
    TAKEN_BACK_BY_HAND(Outcome.ROLLED_BACK);

    private final Outcome outcome;

    Plan(Outcome outcome) {
        this.outcome = outcome;
    }

    public Outcome outcome() {
        return outcome;
    }
}
