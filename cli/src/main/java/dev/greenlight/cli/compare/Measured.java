package dev.greenlight.cli.compare;

/**
 * What one strategy cost. Times are the sandbox clock's but for {@code rollbackSeconds}.
 *
 * @param name the strategy's
 * @param runs how often the good release was made; the losses are summed over them, downtime, mixed time, minutes and calls are means
 * @param requests all requests of the good releases
 * @param requestsLost those of them that no release answered well: no answer at all, or an error of the load balancer's
 * @param downtimeSeconds time in which no request was answered well
 * @param mixedSeconds time in which both versions answered users
 * @param rollbackSeconds from a person's call until the last answer that was not a good one of the former version, by the wall; what takes
 *     long is waited for on a clock that runs fast, and counts as it would on the wall
 * @param exposure who met the bad version while it was out
 * @param releaseMinutes from the merge until the release was promoted
 * @param extraInstanceHours instance hours beyond the size of the fleet that serves, from the merge until the old fleet is gone
 * @param awsCalls calls that the hooks made for the good release
 * @param good the good release over time; the last one of several
 * @param bad the bad one
 */
public record Measured(
        String name,
        int runs,
        long requests,
        long requestsLost,
        double downtimeSeconds,
        double mixedSeconds,
        double rollbackSeconds,
        Exposure exposure,
        double releaseMinutes,
        double extraInstanceHours,
        double awsCalls,
        Picture good,
        Picture bad) {}
