package dev.greenlight.adapter;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import software.amazon.awssdk.utils.builder.ToCopyableBuilder;

/**
 * An AWS that leaves a field out of its answers: one field after the other, at any depth. What an API page calls optional may be
 * missing, and what it calls required was missing before.
 */
final class Incomplete {

    /** Where a field of an answer stands: {@code DescribeRules.Rules.0.Actions.0.Type}. */
    private final List<String> seen = new ArrayList<>();

    private Optional<String> without = Optional.empty();

    /** The client, with the chosen field taken out of all its answers. */
    <C> C over(Class<C> type, C client) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, calling(client)));
    }

    private InvocationHandler calling(Object client) {
        return (proxy, method, arguments) -> {
            boolean call = arguments != null && arguments.length == 1 && arguments[0] instanceof SdkRequest;
            if (!call && method.isDefault()) {
                // A request that is still to be built: the proxy is called again with it.
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            Object answer = invoked(client, method, arguments);
            return answer instanceof SdkResponse response ? answered(method, response) : answer;
        };
    }

    private static Object invoked(Object client, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(client, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object answered(Method method, SdkResponse response) {
        return rebuilt(method.getName(), (SdkPojo) response);
    }

    /** All fields that answers had since the last time that one was chosen. */
    List<String> fields() {
        return seen.stream().distinct().toList();
    }

    void leaveNothingOut() {
        without = Optional.empty();
        seen.clear();
    }

    void leaveOut(String field) {
        without = Optional.of(field);
    }

    private SdkPojo rebuilt(String path, SdkPojo value) {
        if (!(value instanceof ToCopyableBuilder<?, ?> copyable)) {
            return value;
        }
        SdkBuilder<?, ?> builder = (SdkBuilder<?, ?>) copyable.toBuilder();
        for (SdkField<?> field : value.sdkFields()) {
            Object part = field.getValueOrDefault(value);
            if (part == null) {
                continue;
            }
            String name = path + "." + field.memberName();
            seen.add(name);
            field.set(builder, without.filter(name::equals).isPresent() ? null : part(name, part));
        }
        return (SdkPojo) builder.build();
    }

    private Object part(String path, Object value) {
        return switch (value) {
            case SdkPojo pojo -> rebuilt(path, pojo);
            case List<?> list -> {
                List<Object> parts = new ArrayList<>();
                for (int i = 0; i < list.size(); i++) {
                    parts.add(part(path + "." + i, list.get(i)));
                }
                yield parts;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> parts = new LinkedHashMap<>();
                map.forEach((key, entry) -> parts.put(key, part(path + "." + key, entry)));
                yield parts;
            }
            default -> value;
        };
    }
}
