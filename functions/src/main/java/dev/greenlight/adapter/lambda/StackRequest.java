package dev.greenlight.adapter.lambda;

import dev.greenlight.domain.traffic.RuleWish;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A custom resource request of CloudFormation. Follows "Custom resource request objects".
 *
 * @param caller where and as what the answer is awaited; empty where the request does not say so
 * @param wish the rule that is asked for; empty where there are faults
 * @param force whether a rule that carries traffic may be deleted
 * @param faults everything that is wrong with it, without any of its values
 */
record StackRequest(
        Optional<Caller> caller, Optional<Type> type, Optional<RuleWish> wish, boolean force, List<String> faults) {

    private static final int MOST_VALUES = 5;
    private static final String PROPERTIES = "ResourceProperties/";
    private static final Set<String> WANTED = wanted();

    /** What CloudFormation wants done. */
    enum Type {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * Where and as what the answer is awaited.
     *
     * @param address presigned, a secret
     * @param physicalId the resource's id as of now; empty for one that is to be created
     */
    record Caller(URI address, String stackId, String requestId, String logicalId, Optional<String> physicalId) {

        @Override
        public String toString() {
            return "Caller[%s of %s]".formatted(logicalId, stackId);
        }
    }

    private static Set<String> wanted() {
        Set<String> paths = new HashSet<>(Set.of(
                "RequestType", "ResponseURL", "StackId", "RequestId", "LogicalResourceId", "PhysicalResourceId"));
        Set.of("Service", "ListenerArn", "Priority", "Force").forEach(name -> paths.add(PROPERTIES + name));
        for (int i = 0; i <= MOST_VALUES; i++) {
            paths.add(PROPERTIES + "Hosts/" + i);
            paths.add(PROPERTIES + "Paths/" + i);
        }
        return Set.copyOf(paths);
    }

    /** Reads a request. Never throws. */
    static StackRequest read(byte[] event) {
        Reading reading = new Reading(Harvest.of(event, WANTED));
        Optional<Caller> caller = caller(reading);
        Optional<Type> type = type(reading);
        Optional<RuleWish> wish = wish(reading);
        boolean force =
                reading.text(PROPERTIES + "Force").filter("true"::equals).isPresent();
        boolean faulty = !reading.faults().isEmpty();
        return new StackRequest(caller, type, faulty ? Optional.empty() : wish, force, reading.faults());
    }

    private static Optional<Caller> caller(Reading reading) {
        Optional<URI> address = reading.requiredId("ResponseURL").flatMap(text -> address(text, reading));
        Optional<String> stack = reading.required("StackId");
        Optional<String> request = reading.required("RequestId");
        Optional<String> logical = reading.required("LogicalResourceId");
        Optional<String> physical = reading.text("PhysicalResourceId");
        return address.isPresent() && stack.isPresent() && request.isPresent() && logical.isPresent()
                ? Optional.of(new Caller(address.get(), stack.get(), request.get(), logical.get(), physical))
                : Optional.empty();
    }

    private static Optional<URI> address(String text, Reading reading) {
        try {
            URI address = new URI(text);
            if (("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null) {
                return Optional.of(address);
            }
        } catch (URISyntaxException e) {
            // Told below, like any other text that is no web address.
        }
        reading.fault("ResponseURL: not a web address");
        return Optional.empty();
    }

    private static Optional<Type> type(Reading reading) {
        Optional<String> text = reading.required("RequestType");
        for (Type type : Type.values()) {
            if (text.filter(t -> t.equalsIgnoreCase(type.name())).isPresent()) {
                return Optional.of(type);
            }
        }
        text.ifPresent(t -> reading.fault("RequestType: not Create, Update or Delete"));
        return Optional.empty();
    }

    private static Optional<RuleWish> wish(Reading reading) {
        Optional<String> owner = reading.text("StackId");
        Optional<String> service = reading.required(PROPERTIES + "Service");
        Optional<String> listener = reading.required(PROPERTIES + "ListenerArn");
        List<String> hosts = list("Hosts", reading);
        List<String> paths = list("Paths", reading);
        Optional<Integer> priority = reading.required(PROPERTIES + "Priority").flatMap(text -> priority(text, reading));
        if (hosts.isEmpty()) {
            reading.fault("ResourceProperties.Hosts: missing");
        }
        return owner.isPresent()
                        && service.isPresent()
                        && listener.isPresent()
                        && priority.isPresent()
                        && !hosts.isEmpty()
                ? Optional.of(new RuleWish(owner.get(), service.get(), listener.get(), hosts, paths, priority.get()))
                : Optional.empty();
    }

    private static List<String> list(String name, Reading reading) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i <= MOST_VALUES; i++) {
            reading.text(PROPERTIES + name + "/" + i).ifPresent(values::add);
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
}
