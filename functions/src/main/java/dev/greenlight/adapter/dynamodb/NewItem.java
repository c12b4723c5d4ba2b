package dev.greenlight.adapter.dynamodb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Collects the attributes of an item to write; what is empty is left out. */
final class NewItem {

    private final Map<String, AttributeValue> attributes = new LinkedHashMap<>();

    /** Writes what the value calls itself: a text, an instant, an enum's name. */
    NewItem text(String name, Object value) {
        return put(name, AttributeValue.fromS(value.toString()));
    }

    NewItem optional(String name, Optional<?> value) {
        value.ifPresent(v -> text(name, v));
        return this;
    }

    NewItem number(String name, long value) {
        return put(name, AttributeValue.fromN(Long.toString(value)));
    }

    NewItem flag(String name, boolean value) {
        return put(name, AttributeValue.fromBool(value));
    }

    NewItem texts(String name, List<String> values) {
        return put(
                name,
                AttributeValue.fromL(values.stream().map(AttributeValue::fromS).toList()));
    }

    NewItem item(String name, NewItem inner) {
        return put(name, AttributeValue.fromM(inner.attributes));
    }

    NewItem items(String name, List<NewItem> inner) {
        return put(
                name,
                AttributeValue.fromL(inner.stream()
                        .map(i -> AttributeValue.fromM(i.attributes))
                        .toList()));
    }

    private NewItem put(String name, AttributeValue value) {
        attributes.put(name, value);
        return this;
    }

    /** All attributes, together with those of the item's keys. */
    Map<String, AttributeValue> with(Map<String, AttributeValue> keys) {
        Map<String, AttributeValue> all = new LinkedHashMap<>(keys);
        all.putAll(attributes);
        return all;
    }
}
