package dev.greenlight.cli.simulate;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The worst that was seen in lives that broke no rule, of each kind; a kind that no life showed is absent. */
public record Worst(Map<Kind, Seen> kinds) {

    /** What is looked at, and which of two values is worse. */
    public enum Kind {
        /** Healthy instances under traffic, as a share of those that the load needed at that moment: 1 is enough, 0 is none. */
        HEALTHY_UNDER_TRAFFIC(Comparator.<Double>naturalOrder()),
        /** Seconds for which users' requests reached a version that fails some of them. */
        SECONDS_ON_BAD_VERSION(Comparator.<Double>reverseOrder()),
        /** Seconds from a person's first call to RollBack until all traffic was back. */
        SECONDS_TO_ROLL_BACK(Comparator.<Double>reverseOrder()),
        /** AWS calls that functions made, by rollout. */
        CALLS_OF_A_ROLLOUT(Comparator.<Double>reverseOrder()),
        /** AWS calls that one invocation made. */
        CALLS_OF_AN_INVOCATION(Comparator.<Double>reverseOrder()),
        /** Seconds from the end of a story until nothing was left to do. */
        SECONDS_TO_REST(Comparator.<Double>reverseOrder());

        private final Comparator<Double> worstFirst;

        Kind(Comparator<Double> worstFirst) {
            this.worstFirst = worstFirst;
        }

        boolean worse(double value, double than) {
            return worstFirst.compare(value, than) < 0;
        }
    }

    /**
     * One value and where to see it again.
     *
     * @param replay the options that play the life again
     */
    public record Seen(double value, String life, String replay) {}

    /** Nothing was seen yet. */
    public static final Worst NOTHING = new Worst(Map.of());

    public Worst {
        Map<Kind, Seen> ordered = new EnumMap<>(Kind.class);
        ordered.putAll(kinds);
        kinds = java.util.Collections.unmodifiableMap(ordered);
    }

    public Optional<Seen> of(Kind kind) {
        return Optional.ofNullable(kinds.get(kind));
    }

    Worst and(Kind kind, Seen seen) {
        Seen known = kinds.get(kind);
        if (known != null && !kind.worse(seen.value(), known.value())) {
            return this;
        }
        Map<Kind, Seen> more = new EnumMap<>(Kind.class);
        more.putAll(kinds);
        more.put(kind, seen);
        return new Worst(more);
    }
}
