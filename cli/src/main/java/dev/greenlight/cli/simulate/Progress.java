package dev.greenlight.cli.simulate;

/** Hears how far a run has come, from any of its threads, one call at a time. */
@FunctionalInterface
public interface Progress {

    /** Wants to hear nothing. */
    Progress NONE = (part, done, of, violations) -> {};

    /** What a run plays one after the other. */
    enum Part {
        /** Random lives, counted by the rollouts that began in them. */
        ROLLOUTS,
        /** Lives with one thing wrong, counted one by one. */
        SINGLES,
        /** Lives with two crashes, counted one by one. */
        PAIRS
    }

    /** So much of this part is over, and so many lives of the whole run broke a rule. */
    void at(Part part, long done, long of, long violations);
}
