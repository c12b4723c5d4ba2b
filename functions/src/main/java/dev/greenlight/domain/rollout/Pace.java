package dev.greenlight.domain.rollout;

import java.time.Duration;

/**
 * How long a rollout may take where, and how long it watches.
 *
 * @param preparing until green's first instance is in service
 * @param installing until the revision is on all of green
 * @param validating until all checks of green have passed
 * @param approval between validation and the first call to shift, a person's approval included
 * @param shifting for one change of routing to be allowed and seen
 * @param verifying until the checks under traffic give a verdict, counted from the end of the bake
 * @param bake how long green is watched under all traffic before it is promoted
 * @param steadyReads how many reads in a row must find everything passing
 * @param readSpacing the least time between two reads that count
 * @param blueLifetime how long blue stays warm after promotion
 * @param orphaned silence after which Sweep takes a rollout up
 */
public record Pace(
        Duration preparing,
        Duration installing,
        Duration validating,
        Duration approval,
        Duration shifting,
        Duration verifying,
        Duration bake,
        int steadyReads,
        Duration readSpacing,
        Duration blueLifetime,
        Duration orphaned) {

    public Pace {
        if (steadyReads < 1) {
            throw new IllegalArgumentException("at least one read must count, not " + steadyReads);
        }
    }
}
