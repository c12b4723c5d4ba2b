package dev.greenlight.adapter.lambda;

import dev.greenlight.Wiring;
import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.usecase.OwnTrafficRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The function that owns the production rule: see {@link OwnTrafficRule}. */
public final class TrafficRuleHandler extends StackHandler<TrafficRuleHandler.Wish> {

    static final String NOT_MADE = "greenlight-rule-not-made";

    private static final int MOST_VALUES = 5;

    /**
     * What the resource's properties ask for.
     *
     * @param force whether a rule that carries traffic may be deleted
     */
    record Wish(String service, String listener, List<String> hosts, List<String> paths, int priority, boolean force) {

        RuleWish of(StackRequest.Caller caller) {
            return new RuleWish(caller.stackId(), service, listener, hosts, paths, priority);
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
        Set<String> names = new HashSet<>(Set.of("Service", "ListenerArn", "Priority", "Force"));
        for (int i = 0; i <= MOST_VALUES; i++) {
            names.add("Hosts/" + i);
            names.add("Paths/" + i);
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
        boolean force = reading.text("Force").filter("true"::equals).isPresent();
        if (hosts.isEmpty()) {
            reading.fault("ResourceProperties.Hosts: missing");
        }
        return service.isPresent() && listener.isPresent() && priority.isPresent() && !hosts.isEmpty()
                ? Optional.of(new Wish(service.get(), listener.get(), hosts, paths, priority.get(), force))
                : Optional.empty();
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
