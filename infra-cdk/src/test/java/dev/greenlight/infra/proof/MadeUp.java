package dev.greenlight.infra.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.Paper;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.world.Account;
import java.util.Optional;

/** What a stack would have made, on paper, with the production rule that its owner would have made on the listener. */
final class MadeUp implements Physical {

    private static final String RULE = "Custom::GreenlightTrafficRule";

    private final Template template;
    private final Paper paper;

    MadeUp(Template template, Account account) {
        this.template = template;
        this.paper = new Paper(account, "made-up", "");
    }

    @Override
    public Optional<String> ref(Resource resource) {
        return resource.type().equals(RULE)
                ? Optional.of(
                        listener(resource.properties().path("ListenerArn")).replace(":listener/", ":listener-rule/")
                                + "/9683b2d02a6cabee")
                : paper.ref(resource);
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
