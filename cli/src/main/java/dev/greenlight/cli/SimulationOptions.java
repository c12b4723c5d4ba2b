package dev.greenlight.cli;

import dev.greenlight.cli.simulate.Plan;
import dev.greenlight.cli.simulate.Plan.Systematic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What somebody asked {@code simulate} for, as it was typed: a plan, or everything that is wrong with it. */
final class SimulationOptions {

    /** About half a minute on two cores. */
    static final long USUAL = 350;

    private static final long MOST = 1_000_000_000;
    private static final long FIRST_SEED = 1;

    private final List<String> faults = new ArrayList<>();
    private final Plan plan;

    /** @param rollouts and the others: what was typed behind the option of that name; empty where it was left out */
    SimulationOptions(
            Optional<String> rollouts, Optional<String> seed, Optional<String> systematic, Optional<String> only) {
        long many = rollouts.map(text -> number("--rollouts", text, 0, MOST)).orElse(USUAL);
        long first = seed.map(text -> number("--seed", text, Long.MIN_VALUE, Long.MAX_VALUE))
                .orElse(FIRST_SEED);
        // Each of its stories is played at each of its moments: that is a matter of many minutes, and has to be asked
        // for.
        Systematic rest = systematic.map(this::systematic).orElse(Systematic.NONE);
        if (only.isPresent() && (rollouts.isPresent() || seed.isPresent() || systematic.isPresent())) {
            faults.add("--only plays one life: leave out --rollouts, --seed and --systematic");
        }
        if (faults.isEmpty() && many == 0 && rest == Systematic.NONE) {
            faults.add("--rollouts: 0 leaves nothing to play without --systematic");
        }
        this.plan = faults.isEmpty() && only.isEmpty() ? Plan.of(first, many, rest) : Plan.replaying(only.orElse(""));
    }

    /** One line each; empty where there is a plan. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** What is to be played; means nothing where there are faults. */
    Plan plan() {
        return plan;
    }

    private long number(String option, String text, long least, long most) {
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is out of bounds.
        }
        faults.add("%s: not a number from %d to %d: '%s'".formatted(option, least, most, text));
        return least;
    }

    private Systematic systematic(String text) {
        Optional<Systematic> known = Stream.of(Systematic.values())
                .filter(value -> word(value).equals(text))
                .findFirst();
        if (known.isEmpty()) {
            String words =
                    Stream.of(Systematic.values()).map(SimulationOptions::word).collect(Collectors.joining(", "));
            faults.add("--systematic: not one of %s: '%s'".formatted(words, text));
        }
        return known.orElse(Systematic.NONE);
    }

    private static String word(Systematic value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
