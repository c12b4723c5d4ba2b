package dev.greenlight.cli.simulate;

/**
 * A life that the simulator itself could not play: a fault of the simulator's, which says nothing of the rules.
 *
 * @param life what names it
 * @param replay the options that play it again
 */
public record Breakdown(String life, String replay, Throwable cause) {}
