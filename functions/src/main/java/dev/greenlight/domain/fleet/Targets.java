package dev.greenlight.domain.fleet;

/**
 * How many targets of a fleet's target group are in which state, as one DescribeTargetHealth call saw them.
 *
 * <p>A target is {@code initial} until its first health check is answered, {@code unused} while no rule routes to its
 * group. Source: Elastic Load Balancing user guide, "Health checks for Application Load Balancer target groups".
 */
public record Targets(int healthy, int initial, int unhealthy, int draining, int unused) {

    public static final Targets NONE = new Targets(0, 0, 0, 0, 0);

    /**
     * Whether this fleet may be given traffic that needs {@code needed} healthy targets. Unhealthy targets forbid it,
     * because a group that is only unhealthy fails open; initial ones neither count nor block.
     */
    public boolean canTake(int needed) {
        return healthy >= Math.max(1, needed) && unhealthy == 0;
    }

    /**
     * Whether traffic may be given back to this fleet from {@code other}: it has a healthy target, and its share of
     * unhealthy ones is no larger. A smaller fleet is not a worse one; what it lacks is raised.
     */
    public boolean noWorseThan(Targets other) {
        // Both sides have their own unhealthy targets in the divisor as well, which cancel out.
        return healthy > 0 && (long) unhealthy * other.healthy <= (long) other.unhealthy * healthy;
    }

    @Override
    public String toString() {
        return "%d healthy, %d unhealthy, %d initial".formatted(healthy, unhealthy, initial);
    }
}
