package dev.greenlight.adapter.dynamodb;

import dev.greenlight.adapter.Aws;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One stored map of attributes, read by type. What is not there, or is not of its type, was not written by this version of
 * Greenlight: that is a fault for a person, never a guess.
 */
record Item(Map<String, AttributeValue> attributes) {

    String text(String name) {
        return optionalText(name).orElseThrow(() -> unreadable(name, "is missing"));
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
    }

    long number(String name) {
        AttributeValue value = attributes.get(name);
        if (value == null || value.n() == null) {
            throw unreadable(name, "is no number");
        }
        return Long.parseLong(value.n());
    }

    /** A number with a fraction, which is written as a text, so that it is read as it was. */
    double fraction(String name) {
        try {
            return Double.parseDouble(text(name));
        } catch (NumberFormatException e) {
            throw unreadable(name, "is no number");
        }
    }

    int whole(String name) {
        return Math.toIntExact(number(name));
    }

    /** @param before what records say that were written before there was such a number */
    int whole(String name, int before) {
        return attributes.containsKey(name) ? whole(name) : before;
    }

    boolean flag(String name) {
        AttributeValue value = attributes.get(name);
        if (value == null || value.bool() == null) {
            throw unreadable(name, "is neither true nor false");
        }
        return value.bool();
    }

    /** Whether it is there and true: records that were written before there was such a flag say no. */
    boolean isSet(String name) {
        return attributes.containsKey(name) && flag(name);
    }

    Instant instant(String name) {
        return optionalInstant(name).orElseThrow(() -> unreadable(name, "is missing"));
    }

    Optional<Instant> optionalInstant(String name) {
        try {
            return optionalText(name).map(Instant::parse);
        } catch (DateTimeException e) {
            throw unreadable(name, "is no instant");
        }
    }

    Duration duration(String name) {
        return optionalDuration(name).orElseThrow(() -> unreadable(name, "is missing"));
    }

    Optional<Duration> optionalDuration(String name) {
        try {
            return optionalText(name).map(Duration::parse);
        } catch (DateTimeException e) {
            throw unreadable(name, "is no duration");
        }
    }

    /** One of the named values; a name that this version does not know was written by a newer one. */
    <E extends Enum<E>> E oneOf(Class<E> type, String name) {
        return known(type, name, text(name));
    }

    <E extends Enum<E>> Optional<E> optionalOneOf(Class<E> type, String name) {
        return optionalText(name).map(text -> known(type, name, text));
    }

    <E extends Enum<E>> List<E> listOf(Class<E> type, String name) {
        return list(name, value -> known(type, name, value.s()));
    }

    private static <E extends Enum<E>> E known(Class<E> type, String name, String text) {
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(text)) {
                return value;
            }
        }
        throw unreadable(name, "is '" + text + "', which this version does not know");
    }

    List<Item> items(String name) {
        return list(name, value -> new Item(value.m()));
    }

    /** Records that were written before there was such a list have none of them. */
    List<Item> itemsOrNone(String name) {
        return attributes.containsKey(name) ? items(name) : List.of();
    }

    private <T> List<T> list(String name, Function<AttributeValue, T> read) {
        AttributeValue value = attributes.get(name);
        if (value == null || !value.hasL()) {
            throw unreadable(name, "is no list");
        }
        return value.l().stream().map(read).toList();
    }

    Item item(String name) {
        return optionalItem(name).orElseThrow(() -> unreadable(name, "is missing"));
    }

    Optional<Item> optionalItem(String name) {
        return Optional.ofNullable(attributes.get(name))
                .filter(AttributeValue::hasM)
                .map(value -> new Item(value.m()));
    }

    private static RuntimeException unreadable(String name, String how) {
        return Aws.unusable("dynamodb:GetItem", "the stored attribute %s %s".formatted(name, how));
    }
}
