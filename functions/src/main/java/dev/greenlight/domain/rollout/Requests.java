package dev.greenlight.domain.rollout;

/**
 * What the load balancer counted since traffic left a fleet, in the whole minutes that are looked at.
 *
 * @param left requests to the fleet that traffic has left
 * @param other requests to the other one: where there are some, those minutes have been published
 */
public record Requests(long left, long other) {}
