package dev.greenlight.config;

import java.time.DateTimeException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The values of one object in a variable; what is left over at the end is unknown. */
final class Fields {

    private final Variables variables;
    private final String variable;
    private final Map<String, String> left;
    private boolean wrong;

    Fields(Variables variables, String variable, Map<String, String> values) {
        this.variables = variables;
        this.variable = variable;
        this.left = new LinkedHashMap<>(values);
    }

    <T> T value(String name, T otherwise, Function<String, T> read) {
        String text = left.remove(name);
        try {
            return text == null ? otherwise : read.apply(text);
        } catch (NumberFormatException | DateTimeException e) {
            check(false, name, "cannot be read");
            return otherwise;
        }
    }

    void check(boolean holds, String name, String text) {
        if (!holds) {
            wrong = true;
            variables.fault(variable, name + " " + text);
        }
    }

    <T> Optional<T> result(Supplier<? extends T> made) {
        left.keySet().forEach(name -> check(false, name, "is unknown"));
        return wrong ? Optional.empty() : Optional.of(made.get());
    }
}
