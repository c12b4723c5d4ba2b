package dev.greenlight.sandbox.world;

import java.util.List;
import java.util.regex.Pattern;

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
            return anyMatches(values, request.host(), Pattern.CASE_INSENSITIVE);
        }
    }

    /** On the path without its query; case counts. */
    record Path(List<String> values) implements Condition {
        public Path {
            values = checked(values);
        }

        @Override
        public boolean holds(Request request) {
            return anyMatches(values, request.path(), 0);
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
                if (anyMatches(values, sent, Pattern.CASE_INSENSITIVE)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static List<String> checked(List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a condition needs a value");
        }
        return List.copyOf(values);
    }

    private static boolean anyMatches(List<String> wildcards, String text, int flags) {
        for (String wildcard : wildcards) {
            if (matches(wildcard, text, flags)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String wildcard, String text, int flags) {
        if (wildcard.indexOf('*') < 0 && wildcard.indexOf('?') < 0) {
            return flags == 0 ? wildcard.equals(text) : wildcard.equalsIgnoreCase(text);
        }
        StringBuilder regex = new StringBuilder();
        for (char c : wildcard.toCharArray()) {
            regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return Pattern.compile(regex.toString(), flags | Pattern.DOTALL)
                .matcher(text)
                .matches();
    }
}
