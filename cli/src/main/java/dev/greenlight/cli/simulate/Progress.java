package dev.greenlight.cli.simulate;

/** Hears how far a run has come, from any of its threads, one call at a time. */
@FunctionalInterface
public interface Progress {

    /** Wants to hear nothing. */
    Progress NONE = (lives, of, violations) -> {};

    /** So many of the run's lives are over, and so many of them broke a rule. */
    void at(long lives, long of, long violations);
}
