package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Action.Share;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.HealthCheck;
import dev.greenlight.sandbox.world.LoadBalancer;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.TargetGroup;
import dev.greenlight.sandbox.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The load balancer's types: the world has one balancer with one listener that counts, and rules and target groups. */
final class BalancerKinds {

    private static final String DELAY = "deregistration_delay.timeout_seconds";
    private static final String SLOW_START = "slow_start.duration_seconds";
    private static final int PORT = 80;
    private static final String NAME = "Name";

    private final World world;
    private final String name;

    BalancerKinds(World world, String name) {
        this.world = world;
        this.name = name;
    }

    Map<String, ResourceKind> kinds() {
        return Map.of(
                "AWS::ElasticLoadBalancingV2::LoadBalancer", new Balancers(),
                "AWS::ElasticLoadBalancingV2::Listener", new Listeners(),
                "AWS::ElasticLoadBalancingV2::TargetGroup", new Groups(),
                "AWS::ElasticLoadBalancingV2::ListenerRule", new Rules());
    }

    private final class Balancers implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            LoadBalancer made = world.loadBalancers().stream()
                    .findFirst()
                    .orElseGet(() -> world.createLoadBalancer(
                            name, PORT, new Action.Fixed(404, "text/plain", "no such listener")));
            return new Made(
                    made.arn(),
                    Map.of(
                            "LoadBalancerArn", made.arn(),
                            "LoadBalancerFullName", made.dimension(),
                            "DNSName", made.dnsName()));
        }

        @Override
        public void delete(Standing standing) {
            // It answers nothing any more when its rules are gone; the world keeps the shell for the next stack.
        }
    }

    /** The one listener that answers by itself is the world's; one that only sends elsewhere, to HTTPS, exists on paper. */
    private final class Listeners implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            String arn = world.loadBalancer().listenerArn();
            JsonNode action = properties.path("DefaultActions").path(0);
            if (action.path("Type").asText().equals("redirect")) {
                return made(arn.substring(0, arn.length() - 4) + "feed");
            }
            world.found(defaultRule().arn(), action(action));
            return made(arn);
        }

        private Made made(String arn) {
            return new Made(arn, Map.of("ListenerArn", arn));
        }

        private Rule defaultRule() {
            return world.rules().getLast();
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            JsonNode action = properties.path("DefaultActions").path(0);
            if (!action.path("Type").asText().equals("redirect")) {
                world.writeAction(defaultRule().arn(), action(action));
            }
            return standing.made();
        }

        @Override
        public void delete(Standing standing) {
            // Goes with the load balancer.
        }
    }

    private final class Groups implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            TargetGroup made = world.createTargetGroup(
                    properties.path(NAME).asText(), health(properties), delay(properties), false);
            change(made.arn(), properties);
            return new Made(
                    made.arn(),
                    Map.of(
                            "TargetGroupArn", made.arn(),
                            "TargetGroupFullName", made.dimension(),
                            "TargetGroupName", made.name()));
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            change(standing.made().ref(), properties);
            return standing.made();
        }

        private void change(String arn, JsonNode properties) {
            world.change(arn, health(properties), delay(properties), seconds(properties, SLOW_START, 0));
        }

        /** Follows "AWS::ElasticLoadBalancingV2::TargetGroup". */
        @Override
        public Set<String> fixed() {
            return Set.of(NAME, "IpAddressType", "Port", "Protocol", "ProtocolVersion", "TargetType", "VpcId");
        }

        @Override
        public Optional<String> naming() {
            return Optional.of(NAME);
        }

        @Override
        public void delete(Standing standing) {
            world.deleteTargetGroup(standing.made().ref());
        }

        private HealthCheck health(JsonNode properties) {
            return new HealthCheck(
                    properties.path("HealthCheckPath").asText("/"),
                    Duration.ofSeconds(
                            properties.path("HealthCheckIntervalSeconds").asInt(30)),
                    Duration.ofSeconds(
                            properties.path("HealthCheckTimeoutSeconds").asInt(5)),
                    properties.path("HealthyThresholdCount").asInt(5),
                    properties.path("UnhealthyThresholdCount").asInt(2),
                    200);
        }

        private Duration delay(JsonNode properties) {
            return seconds(properties, DELAY, 300);
        }

        private Duration seconds(JsonNode properties, String key, long otherwise) {
            for (JsonNode attribute : properties.path("TargetGroupAttributes")) {
                if (attribute.path("Key").asText().equals(key)) {
                    return Duration.ofSeconds(attribute.path("Value").asLong());
                }
            }
            return Duration.ofSeconds(otherwise);
        }
    }

    private final class Rules implements ResourceKind {

        @Override
        public Made create(String logicalId, JsonNode properties) {
            Rule made = world.createRule(
                    properties.path("Priority").asInt(),
                    conditions(properties),
                    action(properties.path("Actions").path(0)));
            return new Made(made.arn(), Map.of("RuleArn", made.arn()));
        }

        @Override
        public Made update(Standing standing, JsonNode properties) {
            if (properties.path("Priority").asInt()
                    != standing.properties().path("Priority").asInt()) {
                throw new UnsupportedOperationException("the sandbox does not move rules");
            }
            world.direct(standing.made().ref(), conditions(properties));
            world.writeAction(
                    standing.made().ref(), action(properties.path("Actions").path(0)));
            return standing.made();
        }

        /** Follows "AWS::ElasticLoadBalancingV2::ListenerRule". */
        @Override
        public Set<String> fixed() {
            return Set.of("ListenerArn");
        }

        @Override
        public void delete(Standing standing) {
            world.deleteRule(standing.made().ref());
        }
    }

    private static List<Condition> conditions(JsonNode properties) {
        List<Condition> conditions = new ArrayList<>();
        for (JsonNode condition : properties.path("Conditions")) {
            conditions.add(
                    switch (condition.path("Field").asText()) {
                        case "host-header" ->
                            new Condition.Host(
                                    texts(condition.path("HostHeaderConfig").path("Values")));
                        case "path-pattern" ->
                            new Condition.Path(
                                    texts(condition.path("PathPatternConfig").path("Values")));
                        case "http-header" ->
                            new Condition.Header(
                                    condition
                                            .path("HttpHeaderConfig")
                                            .path("HttpHeaderName")
                                            .asText(),
                                    texts(condition.path("HttpHeaderConfig").path("Values")));
                        default ->
                            throw new TemplateFault("the sandbox does not know the condition "
                                    + condition.path("Field").asText());
                    });
        }
        return conditions;
    }

    private static Action action(JsonNode action) {
        return switch (action.path("Type").asText()) {
            case "forward" ->
                new Action.Forward(
                        List.of(new Share(action.path("TargetGroupArn").asText(), 1)), Optional.empty());
            case "fixed-response" -> {
                JsonNode config = action.path("FixedResponseConfig");
                yield new Action.Fixed(
                        config.path("StatusCode").asInt(),
                        config.path("ContentType").asText(),
                        config.path("MessageBody").asText());
            }
            default ->
                throw new TemplateFault("the sandbox does not know the action "
                        + action.path("Type").asText());
        };
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
