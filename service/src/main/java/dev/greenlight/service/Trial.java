package dev.greenlight.service;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An A/B test: some users try green for a time, then both sides are compared.
 *
 * @param who tries green
 * @param runs how long the test runs
 * @param end what follows where the comparison does not speak against green
 * @param within how long a person is waited for, where that is asked of one
 * @param goesOn whether green gets everybody where nobody came; otherwise it is taken back
 */
public record Trial(
        Who who, Duration runs, End end, Duration within, boolean goesOn, Bar bar, Optional<Metric> metric) {

    /** The same without the service's own metric. */
    public Trial unmeasured() {
        return new Trial(who, runs, end, within, goesOn, bar, Optional.empty());
    }

    /** The same, held to another bar. */
    public Trial heldTo(Bar other) {
        return new Trial(who, runs, end, within, goesOn, other, metric);
    }

    /** The same with other waits. */
    Trial waiting(UnaryOperator<Duration> other) {
        return new Trial(who.waiting(other), other.apply(runs), end, other.apply(within), goesOn, bar, metric);
    }

    /** Who tries green. */
    public sealed interface Who permits Share, Audience {

        /** The same, staying for another time. */
        default Who waiting(UnaryOperator<Duration> other) {
            return this;
        }
    }

    /** Whoever the load balancer draws. @param percent of the users @param sticks for how long a user stays on a side */
    public record Share(int percent, Duration sticks) implements Who {
        @Override
        public Who waiting(UnaryOperator<Duration> other) {
            return new Share(percent, other.apply(sticks));
        }
    }

    /** What follows a test that does not speak against green. */
    public enum End {
        PROMOTE("promote"),
        ROLL_BACK("roll-back"),
        WAIT("wait");

        private final String word;

        End(String word) {
            this.word = word;
        }

        /** As the file and the functions' settings say it. */
        public String word() {
            return word;
        }
    }

    /**
     * How much worse than blue green may be.
     *
     * @param errorShare how much larger its share of failed requests may be, 0 to 1
     * @param latencyRatio how many times blue's 99th percentile its own may be
     * @param minimumRequests fewer on either side say nothing
     */
    public record Bar(double errorShare, double latencyRatio, int minimumRequests) {}

    /**
     * A metric of the service's own in CloudWatch.
     *
     * @param side the dimension whose value is the Auto Scaling group's name
     * @param perRequest whether its sum for each request is compared; otherwise its average
     * @param tolerance by how large a share of blue's value green's may be worse, 0 to 1
     * @param minimumSamples fewer on either side say nothing
     */
    public record Metric(
            String namespace,
            String name,
            String side,
            Map<String, String> dimensions,
            boolean perRequest,
            boolean higherIsBetter,
            double tolerance,
            int minimumSamples) {
        public Metric {
            dimensions = Map.copyOf(dimensions);
        }
    }
}
