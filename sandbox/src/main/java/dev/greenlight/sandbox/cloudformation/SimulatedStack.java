package dev.greenlight.sandbox.cloudformation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.sandbox.cloudformation.CustomResources.Outcome;
import dev.greenlight.sandbox.cloudformation.ResourceKind.Standing;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A stack: creates, updates and deletes what a template describes, resource by resource, and goes back when one fails.
 *
 * <p>Follows the pages "Understand CloudFormation stack creation events", "Update behaviors of stack resources",
 * "DeletionPolicy attribute" and "UpdateReplacePolicy attribute": a resource is touched by an update only if its resolved properties changed; what is replaced or gone is removed after all others
 * have succeeded; a deletion that fails stops only the deletion of what the resource needs. Types without a {@linkplain ResourceKind kind}
 * exist on paper only.
 */
public final class SimulatedStack implements Physical {

    private final StackSettings settings;
    private String id;
    private Hands hands;
    private int lives;
    private final Map<String, Standing> standing = new LinkedHashMap<>();
    private final List<StackEvent> events = new CopyOnWriteArrayList<>();
    private Duration pace = Duration.ZERO;
    private final ValuesOfBefore valuesOfBefore = new ValuesOfBefore();
    private StackStatus status;
    private Template template;
    private Resolver resolver;
    private Set<String> touched = new HashSet<>();
    private Replaced replaced = new Replaced();

    public SimulatedStack(StackSettings settings) {
        this.settings = settings;
    }

    /** From now on the work on one resource takes so long; before, all that waits for no answer is done at once. */
    public synchronized void pace(Duration other) {
        pace = other;
    }

    /**
     * How an update that failed goes back: with references resolved anew, so that an attribute that changed meanwhile counts as
     * it is now, or with the very values of before. Which of them CloudFormation does, no page says.
     */
    public synchronized void goesBackWithValuesOfBefore(boolean ofBefore) {
        valuesOfBefore.wanted(ofBefore);
    }

    /** Starts to create it. */
    public synchronized void create(Template wanted) {
        require(status == null || status == StackStatus.DELETE_COMPLETE, "create");
        // A stack of the same name is another stack.
        id = settings.account()
                .arn("cloudformation", "stack/%s/0a1b2c3d-0000-4000-8000-%012d".formatted(settings.name(), ++lives));
        hands = new Hands(
                settings.kinds(), new CustomResources(settings.account(), settings.clock(), settings.lambda(), id));
        template = wanted;
        begin(StackStatus.CREATE_IN_PROGRESS);
        forward(wanted, () -> become(StackStatus.CREATE_COMPLETE), reason -> undoCreation());
    }

    /** Starts to bring it to another template. */
    public synchronized void update(Template wanted) {
        require(updatable(), "update");
        Template before = template;
        template = wanted;
        begin(StackStatus.UPDATE_IN_PROGRESS);
        forward(wanted, this::cleanUp, reason -> goBack(before));
    }

    /** Starts to delete it. */
    public synchronized void delete() {
        require(status != null && !status.inProgress(), "delete");
        begin(StackStatus.DELETE_IN_PROGRESS);
        remove(
                new ArrayList<>(standing.values()).reversed(),
                failures -> become(failures ? StackStatus.DELETE_FAILED : StackStatus.DELETE_COMPLETE));
    }

    /** Where it is; empty before it was created. */
    public synchronized Optional<StackStatus> status() {
        return Optional.ofNullable(status);
    }

    /** Whether an update may begin. */
    public synchronized boolean updatable() {
        return status != null && status.updatable();
    }

    /** Waits until nothing is in progress, on a clock that moves by itself. */
    public synchronized void await() {
        try {
            while (status != null && status.inProgress()) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its history, oldest first. */
    public List<StackEvent> events() {
        return List.copyOf(events);
    }

    /** Takes a custom resource's answer, as the place of a presigned address does. */
    public void answer(URI to, byte[] body) {
        Hands waiting;
        synchronized (this) {
            waiting = hands;
        }
        waiting.answer(to, body);
    }

    /** The physical id of what stands under a logical id; empty when nothing does. */
    public synchronized Optional<Made> made(String logicalId) {
        return Optional.ofNullable(standing.get(logicalId)).map(Standing::made);
    }

    @Override
    public synchronized Optional<String> ref(Resource resource) {
        Standing stands = standing.get(resource.id());
        return stands == null
                ? settings.paper().ref(resource)
                : Optional.of(stands.made().ref());
    }

    @Override
    public synchronized Optional<String> attribute(Resource resource, String attribute) {
        Standing stands = standing.get(resource.id());
        return Optional.ofNullable(stands)
                .map(s -> s.made().attributes().get(attribute))
                .or(() -> settings.paper().attribute(resource, attribute));
    }

    @Override
    public Optional<String> secret(String secret) {
        return settings.paper().secret(secret);
    }

    /** Resolves the values of its template with what stands now. */
    public synchronized Resolver resolver() {
        return resolverOf(template);
    }

    private void begin(StackStatus underway) {
        touched = new HashSet<>();
        replaced = new Replaced();
        valuesOfBefore.note(standing);
        resolver = resolverOf(template);
        become(underway);
    }

    private Resolver resolverOf(Template wanted) {
        Map<String, String> values = new HashMap<>(
                Pseudo.parameters(settings.account().id(), settings.account().region(), settings.name(), id));
        values.putAll(settings.parameters());
        return new Resolver(wanted, this, values);
    }

    private void forward(Template wanted, Runnable well, Consumer<String> badly) {
        Deque<Step> steps = new ArrayDeque<>();
        for (Resource resource : wanted.inOrder()) {
            if (hands.know(resource)) {
                steps.add(end -> bring(resource, end));
            }
        }
        Step.walk(steps, badly, well);
    }

    /** Brings one resource to what the template says of it now. */
    private void bring(Resource resource, Consumer<Optional<String>> end) {
        Optional<Standing> before = Optional.ofNullable(standing.get(resource.id()));
        JsonNode properties;
        try {
            properties = resolver.properties(resource);
        } catch (TemplateFault fault) {
            end.accept(Optional.of(fault.getMessage()));
            return;
        }
        if (before.filter(b -> b.properties().equals(properties)).isPresent()) {
            end.accept(Optional.empty());
            return;
        }
        touched.add(resource.id());
        make(resource, properties, before, trouble -> {
            note(
                    resource.id(),
                    (before.isEmpty() ? "CREATE" : "UPDATE") + (trouble.isEmpty() ? "_COMPLETE" : "_FAILED"),
                    trouble);
            later(() -> end.accept(trouble));
        });
    }

    private void make(
            Resource resource, JsonNode properties, Optional<Standing> before, Consumer<Optional<String>> end) {
        hands.make(resource, properties, before, outcome -> settle(resource, properties, before, outcome, end));
    }

    private synchronized void settle(
            Resource resource,
            JsonNode properties,
            Optional<Standing> before,
            Outcome outcome,
            Consumer<Optional<String>> end) {
        // A creation that failed is deleted all the same; one that never answered, under an id that CloudFormation
        // makes up.
        Made made = outcome.made()
                .or(() -> before.map(Standing::made))
                .orElseGet(() -> Made.of(settings.name() + "-" + resource.id() + "-1A2B3C4D5E6F"));
        boolean took = outcome.trouble().isEmpty() || before.isEmpty() && resource.custom();
        if (took) {
            standing.put(resource.id(), new Standing(resource, properties, made));
            before.filter(b -> !b.made().ref().equals(made.ref())).ifPresent(replaced::add);
        }
        end.accept(outcome.trouble());
    }

    private void undoCreation() {
        become(StackStatus.ROLLBACK_IN_PROGRESS);
        remove(
                new ArrayList<>(standing.values()).reversed(),
                failures -> become(failures ? StackStatus.ROLLBACK_FAILED : StackStatus.ROLLBACK_COMPLETE));
    }

    private void cleanUp() {
        become(StackStatus.UPDATE_COMPLETE_CLEANUP_IN_PROGRESS);
        removeObsolete(template, () -> become(StackStatus.UPDATE_COMPLETE));
    }

    /**
     * The template from before is what is wanted again, of everything that was touched. What is new is deleted after that.
     */
    private void goBack(Template before) {
        become(StackStatus.UPDATE_ROLLBACK_IN_PROGRESS);
        template = before;
        resolver = resolverOf(before);
        Deque<Step> steps = new ArrayDeque<>();
        for (Resource resource : before.inOrder()) {
            if (touched.contains(resource.id()) && standing.containsKey(resource.id())) {
                steps.add(end -> restore(resource, end));
            }
        }
        Step.walk(
                steps,
                reason -> become(StackStatus.UPDATE_ROLLBACK_FAILED),
                () -> removeObsolete(before, () -> become(StackStatus.UPDATE_ROLLBACK_COMPLETE)));
    }

    private void restore(Resource resource, Consumer<Optional<String>> end) {
        if (replaced.comesBack(resource, standing)) {
            later(() -> end.accept(Optional.empty()));
            return;
        }
        JsonNode wanted = valuesOfBefore.of(resource, resolver);
        make(resource, wanted, Optional.of(standing.get(resource.id())), trouble -> {
            note(resource.id(), trouble.isEmpty() ? "UPDATE_COMPLETE" : "UPDATE_FAILED", trouble);
            later(() -> end.accept(trouble));
        });
    }

    /** A clean-up that fails leaves the old resource behind and the stack complete, as CloudFormation does. */
    private void removeObsolete(Template wanted, Runnable then) {
        List<Standing> gone = replaced.and(standing, wanted);
        Collections.reverse(gone);
        remove(gone, failures -> then.run());
    }

    private void remove(List<Standing> all, Consumer<Boolean> then) {
        Set<String> needed = new HashSet<>();
        boolean[] failures = {false};
        Deque<Step> steps = new ArrayDeque<>();
        for (Standing one : all) {
            steps.add(end -> remove(one, needed, trouble -> {
                if (trouble.isPresent()) {
                    failures[0] = true;
                    needed.addAll(CreationOrder.allNeeds(template, one.resource()));
                }
                end.accept(Optional.empty());
            }));
        }
        Step.walk(steps, reason -> {}, () -> then.accept(failures[0]));
    }

    private void remove(Standing one, Set<String> needed, Consumer<Optional<String>> end) {
        String logicalId = one.resource().id();
        if (needed.contains(logicalId)) {
            end.accept(Optional.empty());
            return;
        }
        Consumer<Optional<String>> ended = trouble -> {
            if (trouble.isEmpty()) {
                standing.remove(logicalId, one);
            }
            note(logicalId, trouble.isEmpty() ? "DELETE_COMPLETE" : "DELETE_FAILED", trouble);
            later(() -> end.accept(trouble));
        };
        hands.remove(
                one, replaced.policy(one, template, status == StackStatus.UPDATE_ROLLBACK_IN_PROGRESS), trouble -> {
                    synchronized (this) {
                        ended.accept(trouble);
                    }
                });
    }

    private void later(Runnable next) {
        if (pace.isZero()) {
            next.run();
        } else {
            settings.clock().after(pace, "stack " + settings.name(), () -> {
                synchronized (this) {
                    next.run();
                }
            });
        }
    }

    private void become(StackStatus next) {
        status = next;
        note(settings.name(), next.name(), Optional.empty());
        notifyAll();
    }

    private void note(String resource, String what, Optional<String> reason) {
        events.add(new StackEvent(settings.clock().instant(), resource, what, reason.orElse("")));
    }

    private void require(boolean possible, String what) {
        if (!possible) {
            throw new IllegalStateException("cannot %s a stack that is %s".formatted(what, status));
        }
    }
}
