package dev.greenlight.domain.rollout;

/**
 * How a rollout ended that did not go well.
 *
 * @param cause why it was taken back, or would have been
 * @param trafficMoved false for a rejected rollout: no user's request ever reached green
 */
public record Ending(Cause cause, String reason, boolean trafficMoved) {}
