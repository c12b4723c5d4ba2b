package dev.greenlight.sandbox.fault;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkRequest;

/** One operation of an API, read off the class of its requests once: millions of calls are made of a few dozen classes. */
public final class Operation {

    private static final Pattern IDENTIFIER = Pattern.compile(".*(Arn|Name|Id)s?");
    private static final String DEPLOYMENT_GROUP = "deploymentGroupName";

    private static final Map<Class<?>, Operation> KNOWN = new ConcurrentHashMap<>();

    private final String name;
    private final List<SdkField<?>> identifiers;
    private final boolean mayNameDeploymentGroup;

    private Operation(SdkRequest first) {
        this.name = first.getClass().getSimpleName().replaceFirst("Request$", "");
        this.identifiers = first.sdkFields().stream()
                .filter(field -> IDENTIFIER.matcher(field.memberName()).matches())
                .toList();
        this.mayNameDeploymentGroup =
                first.sdkFields().stream().anyMatch(field -> field.memberName().equals(DEPLOYMENT_GROUP));
    }

    /** The operation that such a request asks for. */
    public static Operation of(SdkRequest request) {
        Operation known = KNOWN.get(request.getClass());
        return known != null ? known : KNOWN.computeIfAbsent(request.getClass(), type -> new Operation(request));
    }

    /** As the API names it, such as ModifyRule. */
    public String name() {
        return name;
    }

    /** What the request is about: the first thing that it names; for CodeDeploy, application and group as in an ARN. */
    String resource(SdkRequest request) {
        int wanted = namesDeploymentGroup(request) ? 2 : 1;
        StringBuilder named = new StringBuilder();
        for (SdkField<?> field : identifiers) {
            Optional<String> text = text(field.getValueOrDefault(request));
            if (text.isPresent()) {
                named.append(named.isEmpty() ? "" : "/").append(text.get());
                wanted--;
            }
            if (wanted == 0) {
                break;
            }
        }
        return named.toString();
    }

    private boolean namesDeploymentGroup(SdkRequest request) {
        return mayNameDeploymentGroup
                && request.getValueForField(DEPLOYMENT_GROUP, String.class).isPresent();
    }

    private static Optional<String> text(Object value) {
        if (value instanceof Collection<?> several && !several.isEmpty()) {
            return Optional.of(several.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return value instanceof String one ? Optional.of(one) : Optional.empty();
    }
}
