package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import dev.greenlight.sandbox.cloudformation.Template;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The function that owns the production rule does its part of a stack's life under its own role. */
class RuleOwnerStories {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void another_host_leaves_the_weights_alone_and_by_force_the_rule_goes_with_the_stack() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            festival.release("v2");
            Map<String, Integer> weights = festival.weights();

            festival.service.stack().update(elsewhereByForce());
            festival.clock.advance(Duration.ZERO);

            assertThat(festival.service.stack().status()).contains(StackStatus.UPDATE_COMPLETE);
            assertThat(festival.weights()).isEqualTo(weights);
            assertThat(festival.sandbox.world().rules().toString()).contains("shop.example.com");

            festival.service.stack().delete();
            festival.pass(Duration.ofMinutes(1));

            assertThat(festival.sandbox.world().rules().toString()).doesNotContain("shop.example.com");
        }
    }

    /** The shop has another name, and its rule may go although it carries traffic. */
    private static Template elsewhereByForce() {
        try {
            JsonNode template = JSON.readTree(Blueprint.festivalText());
            template.path("Resources").forEach(resource -> {
                if (resource.path("Type").asText().equals("Custom::GreenlightTrafficRule")) {
                    ObjectNode properties = (ObjectNode) resource.path("Properties");
                    properties.putArray("Hosts").add("shop.example.com");
                    properties.put("Force", "true");
                }
            });
            return Template.of(template);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
