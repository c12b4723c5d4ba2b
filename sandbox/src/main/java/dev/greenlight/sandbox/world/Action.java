package dev.greenlight.sandbox.world;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a listener rule does with a request (user guide, "Action types for listener rules"). */
public sealed interface Action {

    /**
     * Sends it to one of the groups, by weight.
     *
     * @param shares the groups in the order in which they were written
     * @param stickiness for how long a client stays with its group; empty when group stickiness is off
     */
    record Forward(List<Share> shares, Optional<Duration> stickiness) implements Action {
        public Forward {
            shares = List.copyOf(shares);
            if (shares.isEmpty() || shares.size() > 5) {
                throw new IllegalArgumentException("a forward action names 1 to 5 target groups");
            }
        }

        /** The one group that has any weight, which is how it is nearly always; empty when there are several or none. */
        public Optional<String> sole() {
            Optional<String> sole = Optional.empty();
            for (Share share : shares) {
                if (share.weight() > 0 && sole.isPresent()) {
                    return Optional.empty();
                }
                sole = share.weight() > 0 ? Optional.of(share.targetGroupArn()) : sole;
            }
            return sole;
        }

        /** Whether it names this group, whatever the weight: a client that sticks to it stays there. */
        boolean names(String targetGroupArn) {
            for (Share share : shares) {
                if (share.targetGroupArn().equals(targetGroupArn)) {
                    return true;
                }
            }
            return false;
        }

        /** The weights by target group ARN. */
        public Map<String, Integer> weights() {
            Map<String, Integer> weights = new LinkedHashMap<>();
            shares.forEach(share -> weights.put(share.targetGroupArn(), share.weight()));
            return weights;
        }
    }

    /** Answers it without a target. */
    record Fixed(int status, String contentType, String body) implements Action {}

    /** One target group's weight in a forward action, 0 to 999. */
    record Share(String targetGroupArn, int weight) {
        public Share {
            if (weight < 0 || weight > 999) {
                throw new IllegalArgumentException("a weight is 0 to 999, was " + weight);
            }
        }
    }
}
