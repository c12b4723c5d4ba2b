package dev.greenlight.sandbox.eventbridge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.cloudwatch.AlarmChange;
import dev.greenlight.sandbox.lambda.Deliveries;
import dev.greenlight.sandbox.lambda.Deliveries.Delivery;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.world.Account;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The account's default event bus: matches events against rules and invokes the rules' functions asynchronously.
 *
 * <p>Follows the page "Events and event patterns". What AWS services send is best effort, so a {@linkplain #deliveries plan} may lose or
 * double events; a lost one is still in {@link #events}.
 */
public final class EventBus implements Consumer<Event> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SandboxClock clock;
    private final Account account;
    private final SimulatedLambda lambda;
    private final Deliveries deliveries = Deliveries.bestEffort();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicLong numbers = new AtomicLong();

    private record Rule(String name, Predicate<Event> pattern, String function) {}

    public EventBus(SandboxClock clock, Account account, SimulatedLambda lambda) {
        this.clock = clock;
        this.account = account;
        this.lambda = lambda;
    }

    /** Adds a rule; the function, a name or an ARN, gets the events that match in AWS's own JSON. */
    public void rule(String name, Predicate<Event> pattern, String function) {
        rules.add(new Rule(name, pattern, function));
    }

    /** Takes the rules of that name away. */
    public void removeRule(String name) {
        rules.removeIf(rule -> rule.name().equals(name));
    }

    /** How events are delivered; may lose some. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** Every event that was put on the bus, whether somebody got it or not. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Puts an event on the bus. */
    @Override
    public void accept(Event event) {
        events.add(event);
        List<Rule> matching =
                rules.stream().filter(rule -> rule.pattern().test(event)).toList();
        if (!matching.isEmpty()) {
            byte[] payload = json(event);
            matching.forEach(rule -> deliver(rule, payload));
        }
    }

    /** Puts an alarm's change of state on the bus, in the shape of "CloudWatch Alarm State Change". */
    public void accept(AlarmChange change) {
        accept(AlarmEvent.of(change));
    }

    private void deliver(Rule rule, byte[] payload) {
        Delivery delivery =
                new Delivery(rule.function(), numbers.getAndIncrement(), new String(payload, StandardCharsets.UTF_8));
        for (Duration delay : deliveries.delays(delivery)) {
            clock.after(delay, "rule " + rule.name(), () -> lambda.invokeAsync(rule.function(), payload));
        }
    }

    private byte[] json(Event event) {
        String seed = "event " + events.size();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("version", "0");
        body.put(
                "id",
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString());
        body.put("detail-type", event.detailType());
        body.put("source", event.source());
        body.put("account", account.id());
        body.put("time", event.time().truncatedTo(ChronoUnit.SECONDS).toString());
        body.put("region", account.region());
        body.put("resources", event.resources());
        body.put("detail", event.detail());
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + event, e);
        }
    }
}
