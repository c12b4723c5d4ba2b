package dev.greenlight.service;

import java.util.List;

/**
 * Whose requests are for green in an A/B test: those that meet all conditions. They are in the shape of a listener rule's ("Condition types
 * for listener rules").
 *
 * @param conditions at least one
 */
public record Audience(List<Condition> conditions) implements Trial.Who {

    public Audience {
        conditions = List.copyOf(conditions);
    }

    /**
     * One condition, which any of its values meets.
     *
     * @param name of the header, or the query's key; empty for addresses
     */
    public record Condition(Field field, String name, List<String> values) {
        public Condition {
            values = List.copyOf(values);
        }
    }

    /** What of a request is looked at. */
    public enum Field {
        HEADER("http-header"),
        QUERY("query-string"),
        SOURCE("source-ip");

        private final String word;

        Field(String word) {
            this.word = word;
        }

        /** As a listener rule calls it. */
        public String word() {
            return word;
        }
    }
}
