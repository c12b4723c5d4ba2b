package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.clock.Timer;
import dev.greenlight.sandbox.cloudformation.ResourceKind.Standing;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.world.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Resources that a function of somebody's own answers for: asks the function that {@code ServiceToken} names, asynchronously, and
 * waits for the answer at a presigned address until {@code ServiceTimeout}, an hour unless the resource says otherwise.
 *
 * <p>Follows the pages "Custom resources", "Custom resource request objects" and "Custom resource response objects".
 */
final class CustomResources {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST_ANSWER = 4096;
    private static final Duration PATIENCE = Duration.ofHours(1);

    private final Account account;
    private final SandboxClock clock;
    private final SimulatedLambda lambda;
    private final String stackId;
    private final Map<URI, Pending> waiting = new ConcurrentHashMap<>();
    private long requests;

    /** What is wanted of a resource. */
    enum Kind {
        CREATE("Create"),
        UPDATE("Update"),
        DELETE("Delete");

        private final String word;

        Kind(String word) {
            this.word = word;
        }
    }

    /**
     * How a request ended.
     *
     * @param made what the function says that it is; its physical id alone where it failed, empty where it never answered
     * @param trouble why it failed
     */
    record Outcome(Optional<Made> made, Optional<String> trouble) {}

    private record Pending(String requestId, Resource resource, Consumer<Outcome> then, Timer patience) {}

    CustomResources(Account account, SandboxClock clock, SimulatedLambda lambda, String stackId) {
        this.account = account;
        this.clock = clock;
        this.lambda = lambda;
        this.stackId = stackId;
    }

    /** Asks for the resource; {@code then} is called once, perhaps before this returns. */
    void ask(Kind kind, Resource resource, JsonNode properties, Optional<Standing> before, Consumer<Outcome> then) {
        String requestId = UUID.nameUUIDFromBytes((stackId + " request " + requests++).getBytes(StandardCharsets.UTF_8))
                .toString();
        URI address = address(resource, requestId);
        Timer patience = clock.after(patience(properties), "answer of " + resource, () -> giveUp(address));
        waiting.put(address, new Pending(requestId, resource, then, patience));
        ObjectNode request = JSON.createObjectNode()
                .put("RequestType", kind.word)
                .put("ServiceToken", properties.path("ServiceToken").asText())
                .put("RequestId", requestId)
                .put("ResponseURL", address.toString())
                .put("ResourceType", resource.type())
                .put("LogicalResourceId", resource.id())
                .put("StackId", stackId);
        before.ifPresent(
                standing -> request.put("PhysicalResourceId", standing.made().ref()));
        request.set("ResourceProperties", texts(properties));
        if (kind == Kind.UPDATE) {
            request.set("OldResourceProperties", texts(before.orElseThrow().properties()));
        }
        try {
            lambda.invokeAsync(properties.path("ServiceToken").asText(), JSON.writeValueAsBytes(request));
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        } catch (RuntimeException refused) {
            end(address, new Outcome(Optional.empty(), Optional.of(String.valueOf(refused.getMessage()))));
        }
    }

    /** Takes what was put to a presigned address; what nobody waits for any more is kept by nobody. */
    void answer(URI to, byte[] body) {
        Pending pending = waiting.get(to);
        if (pending != null) {
            end(to, read(pending, body));
        }
    }

    private void giveUp(URI address) {
        end(
                address,
                new Outcome(
                        Optional.empty(),
                        Optional.of("CloudFormation did not receive a response from your Custom Resource.")));
    }

    private void end(URI address, Outcome outcome) {
        Pending ended = waiting.remove(address);
        if (ended != null) {
            ended.patience().cancel();
            ended.then().accept(outcome);
        }
    }

    private Outcome read(Pending pending, byte[] body) {
        JsonNode answer;
        try {
            answer = body.length > LARGEST_ANSWER ? JSON.missingNode() : JSON.readTree(body);
        } catch (IOException e) {
            answer = JSON.missingNode();
        }
        boolean itsOwn = answer.path("StackId").asText().equals(stackId)
                && answer.path("RequestId").asText().equals(pending.requestId())
                && answer.path("LogicalResourceId")
                        .asText()
                        .equals(pending.resource().id());
        String id = answer.path("PhysicalResourceId").asText();
        if (!itsOwn || id.isEmpty()) {
            return new Outcome(Optional.empty(), Optional.of("Invalid response: " + answer));
        }
        Map<String, String> data = new HashMap<>();
        answer.path("Data")
                .properties()
                .forEach(e -> data.put(e.getKey(), e.getValue().asText()));
        boolean success = answer.path("Status").asText().equals("SUCCESS");
        return new Outcome(
                Optional.of(new Made(id, data)),
                success ? Optional.empty() : Optional.of(answer.path("Reason").asText()));
    }

    private Duration patience(JsonNode properties) {
        String seconds = properties.path("ServiceTimeout").asText();
        return seconds.isEmpty() ? PATIENCE : Duration.ofSeconds(Long.parseLong(seconds));
    }

    private URI address(Resource resource, String requestId) {
        String path = URLEncoder.encode(stackId + "|" + resource.id() + "|" + requestId, StandardCharsets.UTF_8);
        return URI.create("https://cloudformation-custom-resource-response-%s.s3.%s.amazonaws.com/%s?X-Amz-Signature=%s"
                .formatted(account.region().replace("-", ""), account.region(), path, requestId.replace("-", "")));
    }

    /** Numbers and booleans reach a function as text. */
    private static JsonNode texts(JsonNode node) {
        if (node.isArray()) {
            ArrayNode list = JSON.createArrayNode();
            node.forEach(child -> list.add(texts(child)));
            return list;
        }
        if (node.isObject()) {
            ObjectNode object = JSON.createObjectNode();
            node.properties().forEach(e -> object.set(e.getKey(), texts(e.getValue())));
            return object;
        }
        return TextNode.valueOf(node.asText());
    }
}
