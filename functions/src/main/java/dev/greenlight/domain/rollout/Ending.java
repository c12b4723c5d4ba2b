package dev.greenlight.domain.rollout;

/**
 * How a rollout was taken back.
 *
 * @param trafficMoved false for a rejected rollout: no user's request ever reached green
 */
public record Ending(Cause cause, String reason, boolean trafficMoved) {}
