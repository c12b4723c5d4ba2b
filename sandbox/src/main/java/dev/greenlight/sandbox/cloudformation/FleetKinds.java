package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.HealthCheckType;
import dev.greenlight.sandbox.world.LaunchTemplate;
import dev.greenlight.sandbox.world.LaunchTemplates.Source;
import dev.greenlight.sandbox.world.Mirror;
import dev.greenlight.sandbox.world.World;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Auto Scaling groups and what they launch from. */
final class FleetKinds {

    private static final String NAME = "AutoScalingGroupName";
    private static final String TARGETS = "TargetGroupARNs";

    private final World world;

    FleetKinds(World world) {
        this.world = world;
    }

    Map<String, ResourceKind> kinds() {
        return Map.of(
                "AWS::EC2::LaunchTemplate", new Templates(),
                "AWS::AutoScaling::AutoScalingGroup", new Groups());
    }

    /** Every update makes a new version; the sandbox keeps of it the image, and whether a first boot lets instances copy requests. */
    private final class Templates implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            boot(properties);
            return made(world.launchTemplates().create(logicalId, image(properties)));
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            String id = standing.made().ref();
            boot(properties);
            world.launchTemplates().revise(id, image(properties));
            return made(world.launchTemplates().template(id).orElseThrow());
        }

        @Override
        public void delete(Standing standing) {
            // Instances that were launched from it stay as they are.
        }

        /** Instances differ in what they boot by their versions; the sandbox lets all of them have what the latest one says. */
        private void boot(JsonNode properties) {
            String userData =
                    properties.path("LaunchTemplateData").path("UserData").asText();
            world.mirror(Mirror.installedBy(new String(Base64.getDecoder().decode(userData), StandardCharsets.UTF_8)));
        }

        private String image(JsonNode properties) {
            return properties.path("LaunchTemplateData").path("ImageId").asText();
        }

        private Made made(LaunchTemplate template) {
            return new Made(
                    template.id(),
                    Map.of(
                            "LaunchTemplateId", template.id(),
                            "LatestVersionNumber", String.valueOf(template.latestVersion()),
                            "DefaultVersionNumber", String.valueOf(template.defaultVersion())));
        }
    }

    /**
     * Follows the pages "AWS::AutoScaling::AutoScalingGroup" and "UpdatePolicy attribute": without a DesiredCapacity a group starts with its minimum; an
     * update sets the sizes that the template gives, unless {@code IgnoreUnmodifiedGroupSizeProperties} keeps those that it did not change.
     */
    private final class Groups implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            String name = properties.path(NAME).asText();
            int least = properties.path("MinSize").asInt();
            Capacity capacity = new Capacity(
                    least,
                    properties.path("DesiredCapacity").asInt(least),
                    properties.path("MaxSize").asInt());
            List<String> targets = new ArrayList<>();
            properties.path(TARGETS).forEach(arn -> targets.add(arn.asText()));
            world.createAutoScalingGroup(name, capacity, targets, tags(properties));
            set(name, properties);
            return Made.of(name);
        }

        private void set(String name, JsonNode properties) {
            JsonNode template = properties.path("LaunchTemplate");
            world.launchTemplates()
                    .launchFrom(
                            name,
                            new Source(
                                    template.path("LaunchTemplateId").asText(),
                                    template.path("Version").asText()));
            world.healthCheckType(
                    name,
                    HealthCheckType.valueOf(properties.path("HealthCheckType").asText("EC2")));
            world.groupTags(name).putAll(tags(properties));
        }

        @Override
        public Set<String> fixed() {
            return Set.of(NAME);
        }

        @Override
        public Optional<String> naming() {
            return Optional.of(NAME);
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            if (!properties.path(TARGETS).equals(standing.properties().path(TARGETS))) {
                throw new UnsupportedOperationException("the sandbox does not give a group other target groups");
            }
            String name = standing.made().ref();
            boolean ignores = standing.resource()
                    .definition()
                    .path("UpdatePolicy")
                    .path("AutoScalingScheduledAction")
                    .path("IgnoreUnmodifiedGroupSizeProperties")
                    .asBoolean();
            set(name, properties);
            synchronized (world) {
                Capacity now = world.autoScalingGroup(name).orElseThrow().capacity();
                int min = size("MinSize", now.min(), standing.properties(), properties, ignores);
                int max = size("MaxSize", now.max(), standing.properties(), properties, ignores);
                int desired = size("DesiredCapacity", now.desired(), standing.properties(), properties, ignores);
                world.capacity(name, new Capacity(min, Math.max(min, Math.min(max, desired)), max));
            }
            return standing.made();
        }

        private int size(String property, int live, JsonNode before, JsonNode wanted, boolean ignores) {
            boolean unmodified = before.path(property).equals(wanted.path(property));
            return ignores && unmodified ? live : wanted.path(property).asInt(live);
        }

        @Override
        public void delete(Standing standing) {
            world.deleteAutoScalingGroup(standing.made().ref());
        }

        private Map<String, String> tags(JsonNode properties) {
            Map<String, String> tags = new LinkedHashMap<>();
            properties
                    .path("Tags")
                    .forEach(tag ->
                            tags.put(tag.path("Key").asText(), tag.path("Value").asText()));
            return tags;
        }
    }
}
