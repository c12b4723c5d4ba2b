package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.DeploymentConfigInfo;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHosts;
import software.amazon.awssdk.services.codedeploy.model.MinimumHealthyHostsPerZone;
import software.amazon.awssdk.services.codedeploy.model.ZonalConfig;

/**
 * CodeDeploy's configurations by which a rolling release goes from zone to zone, and comes back: nothing in one can be changed, but one of the
 * same name can take its place.
 */
final class ZoneConfigurations implements Subject {

    private static final String ASK = "codedeploy:GetDeploymentConfig";
    private static final String GONE =
            "nothing can be installed zone by zone, and what is taken back stays until a person installs something";
    private static final String OTHER =
            "CodeDeploy goes on to the next zone sooner than the functions look, or leaves fewer instances in service";

    private final CodeDeployClient codeDeploy;

    ZoneConfigurations(AccountClients clients) {
        this.codeDeploy = clients.codeDeploy();
    }

    @Override
    public String name() {
        return "CodeDeploy's configurations";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        notebook.asked(ASK);
        for (Part configuration : stack.parts("AWS::CodeDeploy::DeploymentConfig")) {
            String name = configuration.text("DeploymentConfigName");
            Place place = new Place("deployment configuration", name, configuration.physicalId());
            notebook.ask(
                            place,
                            ASK,
                            () -> codeDeploy
                                    .getDeploymentConfig(request -> request.deploymentConfigName(name))
                                    .deploymentConfigInfo(),
                            () -> notebook.missing(place, "it is gone", GONE, anew()))
                    .ifPresent(live -> compare(place, configuration.wanted(), live, notebook));
        }
    }

    private static void compare(Place place, JsonNode wanted, DeploymentConfigInfo live, Notebook notebook) {
        List<String> faults = new ArrayList<>();
        JsonNode zonal = wanted.path("ZonalConfig");
        Optional<ZonalConfig> zones = Optional.ofNullable(live.zonalConfig());
        MinimumHealthyHosts keeps = live.minimumHealthyHosts();
        MinimumHealthyHostsPerZone keepsInZone =
                zones.map(ZonalConfig::minimumHealthyHostsPerZone).orElse(null);
        differ("it keeps %s of the fleet in service", share(wanted.path("MinimumHealthyHosts")), keeps(keeps))
                .ifPresent(faults::add);
        differ(
                        "it keeps %s of a zone in service",
                        share(zonal.path("MinimumHealthyHostsPerZone")),
                        keepsInZone == null ? "nothing" : share(keepsInZone.typeAsString(), keepsInZone.value()))
                .ifPresent(faults::add);
        differ(
                        "it waits %s after the first zone",
                        seconds(zonal, "FirstZoneMonitorDurationInSeconds"),
                        seconds(zones.map(ZonalConfig::firstZoneMonitorDurationInSeconds)))
                .ifPresent(faults::add);
        differ(
                        "it waits %s after each other zone",
                        seconds(zonal, "MonitorDurationInSeconds"),
                        seconds(zones.map(ZonalConfig::monitorDurationInSeconds)))
                .ifPresent(faults::add);
        faults.forEach(fault -> notebook.missing(place, fault, OTHER, anew()));
        if (faults.isEmpty()) {
            notebook.well(place, "goes from zone to zone as it was deployed");
        }
    }

    private static Optional<String> differ(String what, String wanted, String live) {
        return Objects.equals(wanted, live)
                ? Optional.empty()
                : Optional.of(what.formatted(live) + ", deployed with " + wanted);
    }

    private static String keeps(MinimumHealthyHosts live) {
        return live == null ? "nothing" : share(live.typeAsString(), live.value());
    }

    private static String share(JsonNode minimum) {
        return share(minimum.path("Type").asText(), minimum.path("Value").asInt());
    }

    private static String share(String type, Integer value) {
        return type.equals("FLEET_PERCENT") ? value + "%" : value + " instances";
    }

    private static String seconds(JsonNode zonal, String name) {
        return zonal.path(name).asLong() + " s";
    }

    private static String seconds(Optional<Long> live) {
        return live.map(seconds -> seconds + " s").orElse("no time");
    }

    private static Remedy anew() {
        return Remedy.of(
                "delete what has its name, change strategy.keep by one in greenlight.yaml, and deploy: another setting makes"
                        + " configurations of other names");
    }
}
