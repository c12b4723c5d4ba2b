package dev.greenlight.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Reads environment variables one by one and collects everything that is wrong with them. */
final class Variables {

    static final String PREFIX = "GREENLIGHT_";

    private final Map<String, String> environment;
    private final Set<String> asked = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    void fault(String name, String text) {
        faults.add(name + ": " + text);
    }

    /** Makes the settings, if nothing is wrong; a variable that nobody asked for is a misspelt one. */
    <T> T result(Supplier<T> settings) {
        environment.keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !asked.contains(name))
                .sorted()
                .forEach(name -> fault(name, "no such setting"));
        if (!faults.isEmpty()) {
            throw new ConfigurationFault(faults);
        }
        return settings.get();
    }

    Optional<String> text(String name) {
        asked.add(name);
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
    }

    /** Where a fault was found the value is never used: {@link #result} throws. */
    String required(String name) {
        return text(name).orElseGet(() -> {
            fault(name, "missing");
            return "";
        });
    }

    String required(String name, Pattern form, String described) {
        String value = required(name);
        if (!value.isEmpty() && !form.matcher(value).matches()) {
            fault(name, "not %s: '%s'".formatted(described, cut(value)));
        }
        return value;
    }

    Duration duration(String name, Duration otherwise) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            Duration read = Duration.parse(text.get());
            if (!read.isNegative()) {
                return read;
            }
        } catch (DateTimeException e) {
            // Told below, like a negative one.
        }
        fault(name, "not a duration such as PT15M: '%s'".formatted(cut(text.get())));
        return otherwise;
    }

    int number(String name, int otherwise, int least, int most) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int read = Integer.parseInt(text.get());
            if (read >= least && read <= most) {
                return read;
            }
        } catch (NumberFormatException e) {
            // Told below, like one that is out of bounds.
        }
        fault(name, "not a number from %d to %d: '%s'".formatted(least, most, cut(text.get())));
        return otherwise;
    }

    /** One of a few words, the first of which stands where nothing is said. */
    String choice(String name, String... words) {
        Optional<String> text = text(name);
        String value = text.orElse(words[0]);
        if (!Arrays.asList(words).contains(value)) {
            fault(name, "'%s' is not one of: %s".formatted(cut(value), String.join(", ", words)));
        }
        return value;
    }

    /** A list with commas; empty where the variable is not there. */
    Optional<List<String>> list(String name) {
        return text(name)
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    /** JSON objects with texts, numbers and booleans as their only values; each value comes as its text. */
    List<Map<String, String>> objects(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return List.of();
        }
        Optional<List<Map<String, String>>> read = FlatJson.read(text.get());
        if (read.isEmpty()) {
            fault(name, "not a JSON object, or list of objects, with plain values");
        }
        return read.orElse(List.of());
    }

    private static String cut(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
}
