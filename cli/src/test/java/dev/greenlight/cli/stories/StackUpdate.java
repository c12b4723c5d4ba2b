package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.sandbox.cloudformation.SimulatedStack;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import dev.greenlight.sandbox.cloudformation.Template;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An update of the installation to another machine image, and to a maximum that has nothing to do with it. */
final class StackUpdate {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A template is large, and stories play many updates to the same one. */
    private static final Map<String, Template> READ = new ConcurrentHashMap<>();

    private StackUpdate() {}

    /** Brings the stack to that image; where a maximum is given, whoever wrote {@code greenlight.yaml} changed it, too. */
    static void to(String image, int maximum, Festival festival) {
        SimulatedStack stack = festival.service.stack();
        stack.update(READ.computeIfAbsent(image + " " + maximum, same -> template(image, String.valueOf(maximum))));
        festival.clock.advance(Duration.ZERO);
        assertThat(stack.status()).as(stack.events().toString()).contains(StackStatus.UPDATE_COMPLETE);
    }

    private static Template template(String image, String maximum) {
        try {
            JsonNode template = JSON.readTree(Blueprint.festivalText());
            template.path("Resources").forEach(resource -> {
                JsonNode properties = resource.path("Properties");
                switch (resource.path("Type").asText()) {
                    case "AWS::EC2::LaunchTemplate" ->
                        ((ObjectNode) properties.path("LaunchTemplateData")).put("ImageId", image);
                    case "AWS::AutoScaling::AutoScalingGroup" -> ((ObjectNode) properties).put("MaxSize", maximum);
                    case "Custom::GreenlightLaunchVersion" ->
                        ((ObjectNode) properties.path("Group")).put("MaxSize", maximum);
                    default -> {
                        // Everything else stays.
                    }
                }
            });
            return Template.read(JSON.writeValueAsString(template));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
