package dev.greenlight.sandbox.codedeploy;

import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.ZonalConfig;

/**
 * A deployment configuration: how many instances stay in service while others are deployed to, and whether that goes from zone to zone.
 *
 * <p>Follows "Create a deployment configuration", "CodeDeploy instance health" and the API pages MinimumHealthyHosts and ZonalConfig.
 */
record Configuration(String name, Minimum fleet, Optional<Zones> zones) {

    /** One instance after the other; the last one may fail ("MinimumHealthyHosts"). */
    static final Configuration ONE_AT_A_TIME =
            new Configuration("CodeDeployDefault.OneAtATime", new Minimum(true, 100), Optional.empty());

    static final Configuration ALL_AT_ONCE =
            new Configuration("CodeDeployDefault.AllAtOnce", new Minimum(true, 0), Optional.empty());

    /** @param percent whether {@code value} is a percentage, or else a number of instances */
    record Minimum(boolean percent, int value) {

        /** Of so many instances; fractions are rounded up. */
        int of(int instances) {
            return percent ? Math.ceilDiv(instances * value, 100) : value;
        }
    }

    /**
     * One Availability Zone after the other.
     *
     * @param first how long nothing is begun after the first of them
     * @param monitor how long after each other one
     */
    record Zones(Duration first, Duration monitor, Minimum each) {}

    static Configuration of(CreateDeploymentConfigRequest request) {
        var fleet = request.minimumHealthyHosts();
        return new Configuration(
                request.deploymentConfigName(),
                new Minimum(fleet.typeAsString().equals("FLEET_PERCENT"), fleet.value()),
                Optional.ofNullable(request.zonalConfig()).map(Configuration::zones));
    }

    private static Zones zones(ZonalConfig zonal) {
        var each = zonal.minimumHealthyHostsPerZone();
        Duration monitor = seconds(zonal.monitorDurationInSeconds());
        return new Zones(
                zonal.firstZoneMonitorDurationInSeconds() == null
                        ? monitor
                        : seconds(zonal.firstZoneMonitorDurationInSeconds()),
                monitor,
                each == null
                        ? new Minimum(true, 0)
                        : new Minimum(each.typeAsString().equals("FLEET_PERCENT"), each.value()));
    }

    private static Duration seconds(Long value) {
        return value == null ? Duration.ZERO : Duration.ofSeconds(value);
    }
}
