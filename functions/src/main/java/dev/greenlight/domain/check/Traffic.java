package dev.greenlight.domain.check;

import java.util.OptionalDouble;

/**
 * What the load balancer counted for one fleet in a window. Load balancers leave out metrics without data, so requests of
 * zero mean "none were seen", never "all was well".
 *
 * @param requests requests that were routed to the fleet
 * @param errors answers of the fleet with a status of 500 or more
 * @param lost requests for which the fleet gave no answer: connections that failed, and requests without any answer counted
 * @param p99Millis 99th percentile of the answer time in milliseconds; empty where nothing was measured
 */
public record Traffic(long requests, long errors, long lost, OptionalDouble p99Millis) {

    public static final Traffic NONE = new Traffic(0, 0, 0, OptionalDouble.empty());

    /** Share of requests that failed, 0 to 1; 0 where there were none. */
    public double errorShare() {
        return requests == 0 ? 0 : Math.min(1, (double) (errors + lost) / requests);
    }
}
