package dev.greenlight.sandbox.world;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One condition of a listener rule; it holds if any of its values matches (user guide, "Condition types for listener rules").
 * In values {@code *} stands for any characters and {@code ?} for one.
 */
public sealed interface Condition {

    List<String> values();

    /** Whether the request meets the condition. */
    boolean holds(Request request);

    /** On the host name, without regard to case. */
    record Host(List<String> values) implements Condition {
        public Host {
            values = checked(values);
        }

        @Override
        public boolean holds(Request request) {
            return anyMatches(values, request.host(), false);
        }
    }

    /** On the path without its query; case counts. */
    record Path(List<String> values) implements Condition {
        public Path {
            values = checked(values);
        }

        @Override
        public boolean holds(Request request) {
            return anyMatches(values, request.path(), true);
        }
    }

    /** On the method, in exactly these letters. */
    record Method(List<String> values) implements Condition {
        public Method {
            values = checked(values);
        }

        @Override
        public boolean holds(Request request) {
            return values.contains(request.method());
        }
    }

    /** On a header, name and value without regard to case. */
    record Header(String name, List<String> values) implements Condition {
        public Header {
            values = checked(values);
        }

        @Override
        public boolean holds(Request request) {
            for (String sent : request.header(name)) {
                if (anyMatches(values, sent, false)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * On the query string as it was sent, key and value without regard to case; any of the pairs holds.
     *
     * <p>A pair without a key is on any key's value.
     */
    record Query(List<Pair> pairs) implements Condition {

        /** What one of the query's parameters is to be. */
        public record Pair(Optional<String> key, String value) {
            @Override
            public String toString() {
                return key.map(name -> name + "=").orElse("") + value;
            }

            private boolean holds(String parameter) {
                int equals = parameter.indexOf('=');
                String name = equals < 0 ? "" : parameter.substring(0, equals);
                return (key.isEmpty() || matches(key.get(), name, false))
                        && matches(value, parameter.substring(equals + 1), false);
            }
        }

        public Query {
            pairs = List.copyOf(pairs);
            checked(pairs.stream().map(Pair::toString).toList());
        }

        @Override
        public List<String> values() {
            return pairs.stream().map(Pair::toString).toList();
        }

        @Override
        public boolean holds(Request request) {
            return Stream.of(request.query().split("&"))
                    .anyMatch(parameter -> pairs.stream().anyMatch(pair -> pair.holds(parameter)));
        }
    }

    /** On the address that the connection comes from, whatever {@code X-Forwarded-For} says; the values are CIDR blocks. */
    record Source(List<String> values) implements Condition {
        public Source {
            values = checked(values);
            values.forEach(AddressBlock::of);
        }

        @Override
        public boolean holds(Request request) {
            return values.stream().anyMatch(block -> AddressBlock.of(block).has(request.source()));
        }
    }

    private static List<String> checked(List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a condition needs a value");
        }
        return List.copyOf(values);
    }

    private static boolean anyMatches(List<String> wildcards, String text, boolean caseCounts) {
        for (String wildcard : wildcards) {
            if (matches(wildcard, text, caseCounts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String wildcard, String text, boolean caseCounts) {
        if (wildcard.indexOf('*') < 0 && wildcard.indexOf('?') < 0) {
            return caseCounts ? wildcard.equals(text) : wildcard.equalsIgnoreCase(text);
        }
        return caseCounts
                ? Wildcard.matches(wildcard, text)
                : Wildcard.matches(wildcard.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
    }
}
