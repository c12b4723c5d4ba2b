package dev.greenlight.domain.strategy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What an A/B test asks at its end.
 *
 * @param sticks for how long a user of a share stays on the side that first answered, at most {@link #LONGEST_STICKING}; empty where
 *     what a request carries says on which side it is, a header or an address
 * @param end what follows where the comparison does not speak against green
 * @param bar how green may compare with blue
 * @param metric what the service itself counts, and what is compared as well
 */
public record Trial(Optional<Duration> sticks, End end, Bar bar, Optional<Metric> metric) {

    /** Longer than this a load balancer keeps nobody on a target group ("TargetGroupStickinessConfig"). */
    public static final Duration LONGEST_STICKING = Duration.ofDays(7);

    public Trial {
        if (sticks.filter(time -> time.toSeconds() < 1 || time.compareTo(LONGEST_STICKING) > 0)
                .isPresent()) {
            throw new IllegalArgumentException(
                    "a user sticks to a side for a second to seven days, not " + sticks.get());
        }
    }

    /** What follows where green is no worse. */
    public enum End {
        /** Green gets everybody. */
        PROMOTE,
        /** The test is over; a later release brings what it taught. */
        ROLL_BACK,
        /** A person decides. */
        WAIT
    }

    /**
     * How much worse than blue green may be, over the whole test.
     *
     * @param errorShare how much larger green's share of failed requests may be, 0 to 1
     * @param latencyRatio how many times blue's 99th percentile green's may be, from 1
     * @param minimumRequests fewer on either side are no evidence
     */
    public record Bar(double errorShare, double latencyRatio, long minimumRequests) {
        public Bar {
            if (!(errorShare >= 0 && errorShare < 1 && latencyRatio >= 1 && minimumRequests >= 1)) {
                throw new IllegalArgumentException(
                        "a bar needs a share from 0 to 1, a ratio from 1 and a request: %s, %s, %d"
                                .formatted(errorShare, latencyRatio, minimumRequests));
            }
        }
    }

    /**
     * A metric of the service's own in CloudWatch, which tells the sides apart by the name of their Auto Scaling group.
     *
     * @param side the dimension whose value is that name; CloudWatch's agent calls it {@code AutoScalingGroupName}
     * @param dimensions the other dimensions
     * @param counted what of it is compared
     * @param higherIsBetter whether green fails by being lower; otherwise by being higher
     * @param tolerance by how large a share of blue's value green's may be worse, 0 to 1
     * @param minimumSamples fewer on either side are no evidence
     */
    public record Metric(
            String namespace,
            String name,
            String side,
            Map<String, String> dimensions,
            Counted counted,
            boolean higherIsBetter,
            double tolerance,
            long minimumSamples) {

        public Metric {
            dimensions = Map.copyOf(dimensions);
            if (!(tolerance >= 0 && tolerance < 1 && minimumSamples >= 1)) {
                throw new IllegalArgumentException("a metric needs a tolerance from 0 to 1 and a sample: %s, %d"
                        .formatted(tolerance, minimumSamples));
            }
        }
    }

    /** What of a metric is compared: the sides have different numbers of users, so that sums say nothing. */
    public enum Counted {
        /** Its sum for each request to the side: orders, clicks. */
        PER_REQUEST,
        /** Its average: a basket's worth. */
        AVERAGE
    }
}
