package dev.greenlight.infra.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.Paper;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.world.Account;
import java.util.Map;
import java.util.Optional;

/** What a stack would have made, on paper, with the rules that their owner would have made on the listener. */
final class MadeUp implements Physical {

    /** Ids of what the owner of the rules makes, by the resource's type. */
    private static final Map<String, String> RULES = Map.of(
            "Custom::GreenlightTrafficRule", "9683b2d02a6cabee", "Custom::GreenlightAudienceRule", "9683b2d02a6cabef");

    private final Template template;
    private final Paper paper;

    MadeUp(Template template, Account account) {
        this.template = template;
        this.paper = new Paper(account, "made-up", "");
    }

    @Override
    public Optional<String> ref(Resource resource) {
        return Optional.ofNullable(RULES.get(resource.type()))
                .map(id -> listener(resource.properties().path("ListenerArn")).replace(":listener/", ":listener-rule/")
                        + "/" + id)
                .or(() -> paper.ref(resource));
    }

    /** Named outright where it was there before, or else one of the template's. */
    private String listener(JsonNode named) {
        if (named.isTextual()) {
            return named.asText();
        }
        String id = named.has("Ref")
                ? named.path("Ref").asText()
                : named.path("Fn::GetAtt").path(0).asText();
        return paper.ref(template.resource(id)).orElseThrow();
    }

    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        return paper.attribute(resource, attribute);
    }
}
