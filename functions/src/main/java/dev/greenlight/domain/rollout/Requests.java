package dev.greenlight.domain.rollout;

import java.util.Optional;

/**
 * What the load balancer counted since traffic left a fleet, in the whole minutes that are looked at.
 *
 * @param left requests to the fleet that traffic has left
 * @param other requests to the other one: where there are some, those minutes have been published
 * @param unanswered why nobody could count; empty where somebody did
 */
public record Requests(long left, long other, Optional<String> unanswered) {

    public Requests(long left, long other) {
        this(left, other, Optional.empty());
    }

    /** Whoever counts them gave no answer, and why: that says nothing of the requests. */
    public static Requests unanswered(String why) {
        return new Requests(0, 0, Optional.of(why));
    }
}
