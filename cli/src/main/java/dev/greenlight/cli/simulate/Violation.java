package dev.greenlight.cli.simulate;

import java.util.List;

/**
 * A life that broke a rule, as short as it could be made.
 *
 * @param life what names it: "seed 17", or the name of a systematic life
 * @param seed of a random life; 0 for a systematic one
 * @param rule the rule of docs/rules.md that broke first, 1 to 11
 * @param what what was seen, in words
 * @param history the life in lines: its service, what people, the world and AWS did, and around the breakage the calls and decisions with their times
 * @param replay the options that play it again, such as {@code --seed 17 --rollouts 1}
 */
public record Violation(String life, long seed, int rule, String what, List<String> history, String replay) {

    public Violation {
        history = List.copyOf(history);
    }
}
