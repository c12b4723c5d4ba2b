package dev.greenlight.sandbox.dynamodb;

import java.util.Objects;

/**
 * What a table of the sandbox looks like: two string keys, one number attribute that says when an item expires.
 *
 * @param name the table's name
 * @param partitionKey the attribute that holds the partition key, a string
 * @param sortKey the attribute that holds the sort key, a string
 * @param ttlAttribute the attribute with the expiry in epoch seconds
 */
public record TableSpec(String name, String partitionKey, String sortKey, String ttlAttribute) {

    public TableSpec {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(partitionKey, "partitionKey");
        Objects.requireNonNull(sortKey, "sortKey");
        Objects.requireNonNull(ttlAttribute, "ttlAttribute");
    }

    /** A table with the keys {@code pk} and {@code sk} and the expiry in {@code ttl}. */
    public static TableSpec named(String name) {
        return new TableSpec(name, "pk", "sk", "ttl");
    }
}
