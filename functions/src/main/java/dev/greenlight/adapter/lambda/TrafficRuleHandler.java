package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.domain.traffic.Trait;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.usecase.OwnTrafficRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The function that owns the production rule, and that of an A/B test's audience: see {@link OwnTrafficRule}. */
public final class TrafficRuleHandler extends StackHandler<TrafficRuleHandler.Wish> {

    static final String NOT_MADE = "greenlight-rule-not-made";

    private static final int MOST_VALUES = 5;

    private static final String HEADER = "http-header";
    private static final String QUERY = "query-string";
    private static final String SOURCE = "source-ip";

    /**
     * What the resource's properties ask for.
     *
     * @param audience present where the rule is that of an audience
     * @param force whether a production rule that carries traffic may be deleted
     */
    record Wish(
            String service,
            String listener,
            List<String> hosts,
            List<String> paths,
            int priority,
            Optional<RuleWish.Audience> audience,
            boolean force) {

        RuleWish of(StackRequest.Caller caller) {
            return new RuleWish(caller.stackId(), service, listener, hosts, paths, priority, audience);
        }
    }

    public TrafficRuleHandler() {
        this(Wiring.stackHooksOfThisFunction(), Wiring.stackAnswersOfThisFunction());
    }

    public TrafficRuleHandler(Supplier<? extends StackHooks> hooks) {
        this(hooks, () -> hooks.get().stackAnswers());
    }

    TrafficRuleHandler(Supplier<? extends StackHooks> hooks, Supplier<? extends StackAnswers> answers) {
        super(hooks, answers, wanted());
    }

    private static Set<String> wanted() {
        Set<String> names = new HashSet<>(Set.of("Service", "ListenerArn", "Priority", "Force", "Above"));
        for (int i = 0; i <= MOST_VALUES; i++) {
            names.add("Hosts/" + i);
            names.add("Paths/" + i);
            String trait = "Audience/" + i;
            names.add(trait + "/Field");
            names.add(trait + "/Name");
            for (int value = 0; value <= MOST_VALUES; value++) {
                names.add(trait + "/Values/" + value);
            }
        }
        return names;
    }

    @Override
    String notMade() {
        return NOT_MADE;
    }

    @Override
    Optional<Wish> properties(Reading reading) {
        Optional<String> service = reading.required("Service");
        Optional<String> listener = reading.required("ListenerArn");
        List<String> hosts = list("Hosts", reading);
        List<String> paths = list("Paths", reading);
        Optional<Integer> priority = reading.required("Priority").flatMap(text -> priority(text, reading));
        Optional<RuleWish.Audience> audience =
                reading.text("Above").flatMap(production -> audience(production, reading));
        boolean force = reading.text("Force").filter("true"::equals).isPresent();
        if (hosts.isEmpty()) {
            reading.fault("ResourceProperties.Hosts: missing");
        }
        return service.isPresent() && listener.isPresent() && priority.isPresent() && !hosts.isEmpty()
                ? Optional.of(new Wish(service.get(), listener.get(), hosts, paths, priority.get(), audience, force))
                : Optional.empty();
    }

    /** Whose requests come before production's: each trait in the shape of a rule's condition. */
    private static Optional<RuleWish.Audience> audience(String production, Reading reading) {
        List<Trait> traits = new ArrayList<>();
        for (int i = 0; i <= MOST_VALUES; i++) {
            String at = "Audience/" + i;
            reading.text(at + "/Field")
                    .flatMap(field -> trait(field, at, reading))
                    .ifPresent(traits::add);
        }
        if (traits.isEmpty()) {
            reading.fault("ResourceProperties.Audience: missing");
            return Optional.empty();
        }
        return Optional.of(new RuleWish.Audience(production, traits));
    }

    private static Optional<Trait> trait(String field, String at, Reading reading) {
        List<String> values = list(at + "/Values", reading);
        String name = reading.text(at + "/Name").orElse("");
        boolean known = List.of(HEADER, QUERY, SOURCE).contains(field);
        if (!known || values.isEmpty() || name.isEmpty() && !field.equals(SOURCE)) {
            reading.fault("ResourceProperties.%s: no condition that a rule takes".formatted(at));
            return Optional.empty();
        }
        return Optional.of(
                switch (field) {
                    case HEADER -> new Trait.Header(name, values);
                    case QUERY -> new Trait.Query(name, values);
                    default -> new Trait.Source(values);
                });
    }

    private static List<String> list(String name, Reading reading) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= MOST_VALUES; i++) {
            reading.text(name + "/" + i).ifPresent(values::add);
        }
        if (values.size() > MOST_VALUES) {
            reading.fault("ResourceProperties.%s: more than %d".formatted(name, MOST_VALUES));
        }
        return values;
    }

    private static Optional<Integer> priority(String text, Reading reading) {
        if (text.matches("\\d{1,5}")) {
            int priority = Integer.parseInt(text);
            if (priority >= 1 && priority <= RuleWish.LAST_PRIORITY) {
                return Optional.of(priority);
            }
        }
        reading.fault("ResourceProperties.Priority: not a number from 1 to " + RuleWish.LAST_PRIORITY);
        return Optional.empty();
    }

    @Override
    StackReply settled(StackRequest.Type type, StackRequest.Caller caller, Wish wish, StackHooks world) {
        OwnTrafficRule owner = new OwnTrafficRule(world.trafficRules());
        OwnTrafficRule.Result result = switch (type) {
            case CREATE -> owner.create(wish.of(caller));
            case UPDATE -> owner.update(id(caller), wish.of(caller));
            case DELETE -> owner.delete(id(caller), wish.of(caller), wish.force());
        };
        return switch (result) {
            case OwnTrafficRule.Result.Stands stands -> stands(stands.rule());
            case OwnTrafficRule.Result.Gone gone -> new StackReply(id(caller), "", Map.of());
            case OwnTrafficRule.Result.Refused refused -> failed(caller, refused.reason());
        };
    }

    private static StackReply stands(OwnedRule rule) {
        return new StackReply(rule.arn(), "", Map.of("Priority", String.valueOf(rule.priority())));
    }
}
