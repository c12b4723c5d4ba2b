package dev.greenlight.cli.compare;

/** Is told how far a comparison is, from several threads. */
public interface Spectator {

    /** A strategy goes on to what {@code what} says. */
    void at(String strategy, String what);

    /** A strategy is done. */
    void over(Measured measured);
}
