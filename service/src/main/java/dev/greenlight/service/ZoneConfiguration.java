package dev.greenlight.service;

import java.time.Duration;

/**
 * A deployment configuration of CodeDeploy's that goes from one Availability Zone to the next. Nothing in one can be changed, so that its name says
 * what is in it ("AWS::CodeDeploy::DeploymentConfig").
 *
 * @param first seconds in which nothing is begun after the first zone
 * @param monitor seconds after each other one
 * @param keep percent of all instances that stay in service
 * @param keepInZone percent of the instances in the zone that is worked on
 */
public record ZoneConfiguration(String name, long first, long monitor, int keep, int keepInZone) {

    /**
     * How much longer than its bake nothing is begun after a zone: the functions have so long to say that nothing shall. They take it that it is
     * this long.
     */
    public static final Duration GATE = Duration.ofMinutes(4);

    /** With time to watch each zone. */
    public static ZoneConfiguration forward(String service, Config.Traffic.Rolling rolling) {
        return of(
                service, rolling, rolling.firstBake().plus(GATE), rolling.bake().plus(GATE));
    }

    /** Without, for what is taken back. */
    public static ZoneConfiguration back(String service, Config.Traffic.Rolling rolling) {
        return of(service, rolling, Duration.ZERO, Duration.ZERO);
    }

    private static ZoneConfiguration of(
            String service, Config.Traffic.Rolling rolling, Duration first, Duration monitor) {
        String name = "greenlight-%s-zones-%d-%d-%d-%d"
                .formatted(service, rolling.keep(), rolling.keepInZone(), first.toSeconds(), monitor.toSeconds());
        return new ZoneConfiguration(
                name, first.toSeconds(), monitor.toSeconds(), rolling.keep(), rolling.keepInZone());
    }
}
