package dev.greenlight.domain.traffic;

import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the production rule does with a request. */
public sealed interface Routing {

    /** Nobody serves yet: the rule answers 503 by itself. */
    record Closed() implements Routing {
        @Override
        public String toString() {
            return "closed (503)";
        }
    }

    /**
     * The rule forwards to the two fleets.
     *
     * @param sticky for how long a client stays on the fleet that first answered it, whatever the weights become; empty where each
     *     request is drawn anew
     */
    record Weighted(Weights weights, Optional<Duration> sticky) implements Routing {

        /** Each request is drawn anew. */
        public Weighted(Weights weights) {
            this(weights, Optional.empty());
        }

        @Override
        public String toString() {
            return weights + (sticky.isPresent() ? " (sticky)" : "");
        }
    }

    /**
     * The audience of an A/B test is on one fleet, by a rule of its own above the production rule, and everybody else is not.
     *
     * @param green the fleet that the audience is on
     */
    record Audience(FleetName green) implements Routing {
        @Override
        public String toString() {
            return "the audience on fleet %s, nobody else".formatted(green);
        }
    }

    /**
     * The rule does something that Greenlight never writes.
     *
     * @param description says what
     * @param to the fleets that are known to get requests
     */
    record Foreign(String description, Set<FleetName> to) implements Routing {

        public Foreign {
            to = Set.copyOf(to);
        }

        /** Nobody knows where requests go. */
        public Foreign(String description) {
            this(description, Set.of());
        }

        @Override
        public String toString() {
            return "not Greenlight's: " + description;
        }
    }

    static Routing full(FleetName fleet) {
        return new Weighted(Weights.full(fleet));
    }

    /** Whether every request goes to {@code fleet}. */
    default boolean isFull(FleetName fleet) {
        return this instanceof Weighted w && w.weights().of(fleet) == 100;
    }

    /** Whether some requests are known to go to {@code fleet}. */
    default boolean routesTo(FleetName fleet) {
        return switch (this) {
            case Closed c -> false;
            case Weighted w -> w.weights().of(fleet) > 0;
            case Audience a -> true;
            case Foreign f -> f.to().contains(fleet);
        };
    }

    /**
     * The percentage of requests that {@code fleet} is given at most; nobody knows how many an audience is, and what is not Greenlight's may
     * be anything, so both count as all.
     */
    default int share(FleetName fleet) {
        return switch (this) {
            case Closed c -> 0;
            case Weighted w -> w.weights().of(fleet);
            case Audience a -> 100;
            case Foreign f -> 100;
        };
    }
}
