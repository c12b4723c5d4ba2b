package dev.greenlight.cli.installed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.service.Config;
import dev.greenlight.service.ZoneConfiguration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a release from zone to zone needs of CodeDeploy: two configurations, groups that control traffic, and functions that may use both. */
final class FittedZones {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STATEMENTS = "/Properties/Policies/0/PolicyDocument/Statement";

    /** What InstallRevision asks as well: users are on each zone that is done. */
    private static final Set<String> MEASURE = Set.of("SeeAlarms", "SeeMetrics");

    private static final String ALL_AT_ONCE = "CodeDeployDefault.AllAtOnce";

    /** Whoever begins to bring back what was there before. */
    private static final Set<String> BRINGING_BACK =
            Set.of("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic", "Promote", "RollBack");

    private final ObjectNode resources;

    FittedZones(ObjectNode resources) {
        this.resources = resources;
    }

    void fit(String service, Config.Traffic.Rolling rolling) {
        ZoneConfiguration forward = ZoneConfiguration.forward(service, rolling);
        ZoneConfiguration back = ZoneConfiguration.back(service, rolling);
        configuration("FleetsDeploymentsForward", forward);
        configuration("FleetsDeploymentsBack", back);
        resources.properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals("AWS::CodeDeploy::DeploymentGroup")) {
                drains((ObjectNode) resource.getValue().path("Properties"));
            }
        });
        knows("InstallRevision", List.of(ALL_AT_ONCE, forward.name(), back.name()));
        BRINGING_BACK.forEach(hook -> knows(hook, List.of(back.name())));
        knows("Sweep", List.of(ALL_AT_ONCE, back.name()));
        List<JsonNode> measure = statements("AllowTraffic")
                .filter(statement -> MEASURE.contains(statement.path("Sid").asText()))
                .toList();
        roles("InstallRevision").forEach(statements -> measure.forEach(one -> statements.add(one.deepCopy())));
    }

    private void configuration(String id, ZoneConfiguration configuration) {
        ObjectNode resource = resources.putObject(id);
        resource.put("Type", "AWS::CodeDeploy::DeploymentConfig");
        ObjectNode properties = resource.putObject("Properties");
        properties.put("DeploymentConfigName", configuration.name());
        properties.put("ComputePlatform", "Server");
        percent(properties.putObject("MinimumHealthyHosts"), configuration.keep());
        ObjectNode zonal = properties.putObject("ZonalConfig");
        zonal.put("FirstZoneMonitorDurationInSeconds", configuration.first());
        zonal.put("MonitorDurationInSeconds", configuration.monitor());
        percent(zonal.putObject("MinimumHealthyHostsPerZone"), configuration.keepInZone());
    }

    private static void percent(ObjectNode minimum, int value) {
        minimum.put("Type", "FLEET_PERCENT");
        minimum.put("Value", value);
    }

    /** The group is named after its fleet, and so is the fleet's target group. */
    private static void drains(ObjectNode group) {
        ((ObjectNode) group.path("DeploymentStyle")).put("DeploymentOption", "WITH_TRAFFIC_CONTROL");
        group.put("DeploymentConfigName", "CodeDeployDefault.OneAtATime");
        String name = group.path("DeploymentGroupName").asText().replace("greenlight-", "gl-");
        group.putObject("LoadBalancerInfo")
                .putArray("TargetGroupInfoList")
                .addObject()
                .put("Name", name);
    }

    private void knows(String hook, List<String> configurations) {
        statements(hook)
                .filter(statement -> statement.path("Sid").asText().equals("KnowDeploymentConfig"))
                .forEach(statement -> names((ObjectNode) statement, configurations));
    }

    private Stream<JsonNode> statements(String hook) {
        return roles(hook).flatMap(ArrayNode::valueStream);
    }

    private Stream<ArrayNode> roles(String hook) {
        return resources.properties().stream()
                .filter(resource -> resource.getKey().startsWith("Hooks" + hook + "Role"))
                .map(role -> (ArrayNode) role.getValue().at(STATEMENTS));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was JSON is none any more", e);
        }
    }

    private static void names(ObjectNode statement, List<String> configurations) {
        String known = statement.path("Resource").toString();
        ArrayNode resources = statement.putArray("Resource");
        for (String name : configurations) {
            resources.add(read(known.replace(ALL_AT_ONCE, name)));
        }
    }
}
