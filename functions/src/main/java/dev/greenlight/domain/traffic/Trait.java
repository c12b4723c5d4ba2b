package dev.greenlight.domain.traffic;

import java.util.List;

/**
 * By what a request is one of an audience's; any of the values will do. In those of headers and queries {@code *} stands for any characters
 * and {@code ?} for one, and case does not count ("Condition types for listener rules").
 */
public sealed interface Trait {

    List<String> values();

    /** A header's value; a cookie is a part of the header {@code Cookie}. */
    record Header(String name, List<String> values) implements Trait {
        public Header {
            values = some(values);
        }
    }

    /** The value that the query gives a key. */
    record Query(String key, List<String> values) implements Trait {
        public Query {
            values = some(values);
        }
    }

    /** The address that the connection comes from, in CIDR blocks. */
    record Source(List<String> values) implements Trait {
        public Source {
            values = some(values);
        }
    }

    private static List<String> some(List<String> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a trait has a value");
        }
        return List.copyOf(values);
    }
}
