package dev.greenlight.domain.traffic;

import dev.greenlight.domain.fleet.FleetName;

/** What the shadow rule does with the copy of a request. No user ever sees what becomes of one. */
public sealed interface ShadowRoute {

    /** The rule answers 204 by itself: no fleet gets a copy. */
    record Closed() implements ShadowRoute {
        @Override
        public String toString() {
            return "closed (204)";
        }
    }

    /** Every copy goes to this fleet. */
    record To(FleetName fleet) implements ShadowRoute {
        @Override
        public String toString() {
            return "copies to fleet " + fleet;
        }
    }

    /** The rule does something that Greenlight never writes; {@code description} says what. */
    record Foreign(String description) implements ShadowRoute {
        @Override
        public String toString() {
            return "not Greenlight's: " + description;
        }
    }

    default boolean isClosed() {
        return this instanceof Closed;
    }

    default boolean leadsTo(FleetName fleet) {
        return this instanceof To to && to.fleet() == fleet;
    }
}
