package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.sandbox.cloudformation.Paper;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Pseudo;
import dev.greenlight.sandbox.cloudformation.Resolver;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.world.Account;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One stack's resources as configured, all of which a hand may change or remove. */
public final class PaperAccount {

    private final Account account;
    private final String stack;
    private final String template;
    private final Map<String, Item> items = new LinkedHashMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Map<String, JsonNode> boundaries = new HashMap<>();
    private final Map<String, ObjectNode> published = new HashMap<>();
    private final List<String> alarms = new ArrayList<>();
    private final List<String> composites = new ArrayList<>();
    private final List<String> connections = new ArrayList<>();
    private String status = "CREATE_COMPLETE";

    /** Deploys the template under ids that look as AWS makes them. */
    public PaperAccount(Account account, String stack, String json) {
        this(account, stack, json, new Paper(account, stack, "on paper"));
    }

    /**
     * Deploys the template.
     *
     * @param json the template, of which parameters without a value get one
     * @param made the ids of what exists in more than name
     */
    public PaperAccount(Account account, String stack, String json, Physical made) {
        this.account = account;
        this.stack = stack;
        this.template = json;
        Template read = Template.read(json);
        Map<String, String> parameters = new HashMap<>(Pseudo.parameters(
                account.id(), account.region(), stack, account.arn("cloudformation", "stack/" + stack)));
        read.parameters().keySet().forEach(name -> parameters.put(name, "value-of-" + name));
        PaperIds physical = new PaperIds(account, made);
        Resolver resolver = new Resolver(read, physical, parameters);
        for (Resource resource : read.resources()) {
            // Equal parts of a template may be one node: a hand changes one thing.
            ObjectNode properties = resolver.properties(resource).deepCopy();
            String id = physical.ref(resource).orElseThrow();
            ids.put(resource.id(), id);
            items.put(resource.id(), new Item(resource.id(), resource.type(), id, properties));
        }
        for (Item version : all("AWS::Lambda::Version")) {
            find("AWS::Lambda::Function", version.text("FunctionName"))
                    .ifPresent(function -> published.put(
                            function.logicalId(), function.properties().deepCopy()));
        }
    }

    /**
     * One resource as it is configured now.
     *
     * @param logicalId its name in the template
     * @param id its name or ARN
     * @param properties as the template writes them; may be changed
     */
    public record Item(String logicalId, String type, String id, ObjectNode properties) {

        String text(String property) {
            return properties.path(property).asText("");
        }
    }

    public Account account() {
        return account;
    }

    /** The properties of a resource, to be changed by hand. */
    public ObjectNode change(String logicalId) {
        return item(logicalId).properties();
    }

    /**
     * The properties of a function's published version, to which its alias leads; what is done to the function itself does not change
     * it ("Manage Lambda function versions", developer guide).
     */
    public ObjectNode published(String logicalId) {
        return Optional.ofNullable(published.get(logicalId))
                .orElseThrow(() -> new IllegalArgumentException(logicalId + " has no version"));
    }

    /** Whether a version of the function was published. */
    public boolean isPublished(String logicalId) {
        return published.containsKey(logicalId);
    }

    /** Somebody deletes it past the stack, which goes on believing in it. */
    public void remove(String logicalId) {
        item(logicalId);
        items.remove(logicalId);
    }

    /** The logical id of the one resource of a type whose logical id starts so. */
    public String logicalId(String type, String start) {
        List<String> found = items.values().stream()
                .filter(item -> item.type().equals(type) && item.logicalId().startsWith(start))
                .map(Item::logicalId)
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException("%s of %s: %s".formatted(start, type, found));
        }
        return found.getFirst();
    }

    /** The physical id of a resource, also of one that was removed. */
    public String id(String logicalId) {
        return Optional.ofNullable(ids.get(logicalId)).orElseThrow();
    }

    /** What a permissions boundary of that ARN allows. */
    public void boundary(String arn, JsonNode document) {
        boundaries.put(arn, document);
    }

    /** An alarm that no stack made. */
    public void foreignAlarm(String name) {
        alarms.add(name);
    }

    /** Whoever made that alarm deletes it. */
    public void removeForeignAlarm(String name) {
        alarms.remove(name);
    }

    /** A composite alarm that no stack made. */
    public void foreignComposite(String name) {
        composites.add(name);
    }

    /** A connection that no stack made, and that is available. */
    public void foreignConnection(String arn) {
        connections.add(arn);
    }

    /** The stack's status is this from now on. */
    public void status(String now) {
        status = now;
    }

    String status() {
        return status;
    }

    String stack() {
        return stack;
    }

    String template() {
        return template;
    }

    /** Everything that the stack believes in: physical ids and types by logical id. */
    Map<String, String> ids() {
        return ids;
    }

    List<String> alarms() {
        return alarms;
    }

    List<String> composites() {
        return composites;
    }

    List<String> connections() {
        return connections;
    }

    Optional<JsonNode> boundary(String arn) {
        return Optional.ofNullable(boundaries.get(arn));
    }

    List<Item> all(String type) {
        return items.values().stream().filter(item -> item.type().equals(type)).toList();
    }

    Optional<Item> find(String type, Predicate<Item> which) {
        return all(type).stream().filter(which).findFirst();
    }

    Optional<Item> find(String type, String id) {
        return find(type, item -> item.id().equals(id));
    }

    private Item item(String logicalId) {
        return Optional.ofNullable(items.get(logicalId))
                .orElseThrow(() -> new IllegalArgumentException("no resource " + logicalId));
    }
}
