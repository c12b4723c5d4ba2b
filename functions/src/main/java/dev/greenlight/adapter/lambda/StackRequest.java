package dev.greenlight.adapter.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A custom resource request of CloudFormation. Follows "Custom resource request objects".
 *
 * @param caller where and as what the answer is awaited; empty where the request does not say so
 * @param properties what is asked for; empty where there are faults
 * @param faults everything that is wrong with it, without any of its values
 * @param <P> the properties of one kind of resource
 */
record StackRequest<P>(Optional<Caller> caller, Optional<Type> type, Optional<P> properties, List<String> faults) {

    private static final String PROPERTIES = "ResourceProperties";
    private static final Set<String> ENVELOPE =
            Set.of("RequestType", "ResponseURL", "StackId", "RequestId", "LogicalResourceId", "PhysicalResourceId");

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

    /**
     * Reads a request. Never throws.
     *
     * @param wanted the properties that {@code properties} asks for, lists with an index: {@code Hosts/0}
     */
    static <P> StackRequest<P> read(byte[] event, Set<String> wanted, Function<Reading, Optional<P>> properties) {
        Set<String> paths = new HashSet<>(ENVELOPE);
        wanted.forEach(name -> paths.add(PROPERTIES + "/" + name));
        Reading reading = new Reading(Harvest.of(event, Harvest.Wanted.of(paths)));
        Optional<Caller> caller = caller(reading);
        Optional<Type> type = type(reading);
        Optional<P> asked = properties.apply(reading.under(PROPERTIES));
        boolean faulty = !reading.faults().isEmpty();
        return new StackRequest<>(caller, type, faulty ? Optional.empty() : asked, reading.faults());
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
}
