package dev.greenlight.adapter.dynamodb;

import dev.greenlight.adapter.Aws;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.RolloutStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * One table for all services: partition {@code service#<name>}, sort keys {@code ledger}, {@code rollout#<id>} and
 * {@code quarantine#<digest>}.
 *
 * <p>Every commit is a transaction with conditions and a token of its own: a try that is repeated because its answer was lost
 * is neither applied nor refused a second time. Follows "TransactWriteItems" and "Amazon DynamoDB Transactions: How it works".
 */
public final class DynamoDbRolloutStore implements RolloutStore {

    /** The attribute that says when DynamoDB may delete an item; the table must name it. */
    public static final String TIME_TO_LIVE = "ttl";

    private static final String LEDGER = "ledger";
    private static final String NEW = "attribute_not_exists(pk)";
    private static final String THERE = "attribute_exists(pk)";
    private static final String SAME_VERSION = "version = :version";
    private static final String SAME_FENCE = "fence = :fence";

    private final DynamoDbClient dynamoDb;
    private final Aws aws;
    private final String table;
    private final String service;

    /** @param table a table with the string keys {@code pk} and {@code sk} */
    public DynamoDbRolloutStore(DynamoDbClient dynamoDb, Aws aws, String table, String service) {
        this.dynamoDb = dynamoDb;
        this.aws = aws;
        this.table = table;
        this.service = service;
    }

    @Override
    public Ledger ledger() {
        return read(LEDGER, DynamoDbRolloutStore::ledger).orElse(Ledger.EMPTY);
    }

    private static Ledger ledger(Item item) {
        RolloutItem.checkSchema(item);
        return new Ledger(
                item.number("version"),
                item.number("fence"),
                item.optionalText("holder").map(RolloutId::new),
                item.optionalText("latest").map(RolloutId::new));
    }

    @Override
    public Optional<Rollout> rollout(RolloutId id) {
        return read(key(id), RolloutItem::read);
    }

    @Override
    public boolean commit(Ledger ledger, List<Rollout> rollouts, Optional<Quarantine> blamed) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(put(ledger));
        rollouts.forEach(r -> writes.add(put(r)));
        blamed.ifPresent(entry -> writes.add(put(entry)));
        return transact(writes);
    }

    @Override
    public boolean commit(Rollout rollout, Optional<Quarantine> blamed) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(TransactWriteItem.builder()
                .conditionCheck(c -> c.tableName(table)
                        .key(keys(LEDGER))
                        .conditionExpression(SAME_FENCE)
                        .expressionAttributeValues(Map.of(":fence", number(rollout.fence()))))
                .build());
        writes.add(put(rollout));
        blamed.ifPresent(entry -> writes.add(put(entry)));
        return transact(writes);
    }

    @Override
    public boolean begin(Ledger ledger, Rollout rollout, Optional<Rollout> before) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(put(ledger));
        before.ifPresent(previous -> writes.add(put(previous)));
        writes.add(put(rollout));
        writes.add(TransactWriteItem.builder()
                .conditionCheck(c -> c.tableName(table)
                        .key(keys(quarantined(rollout.revision().digest())))
                        .conditionExpression(NEW))
                .build());
        return transact(writes);
    }

    private TransactWriteItem put(Ledger ledger) {
        Ledger next = ledger.stored();
        NewItem item = new NewItem()
                .number("schema", RolloutItem.SCHEMA)
                .number("version", next.version())
                .number("fence", next.fence())
                .optional("holder", next.holder())
                .optional("latest", next.latest());
        return put(LEDGER, item, ledger.version());
    }

    private TransactWriteItem put(Rollout rollout) {
        return put(key(rollout.id()), RolloutItem.write(rollout.stored()), rollout.version());
    }

    private TransactWriteItem put(String sortKey, NewItem item, long madeFrom) {
        Map<String, AttributeValue> version = madeFrom == 0 ? null : Map.of(":version", number(madeFrom));
        return TransactWriteItem.builder()
                .put(p -> p.tableName(table)
                        .item(item.with(keys(sortKey)))
                        .conditionExpression(madeFrom == 0 ? NEW : SAME_VERSION)
                        .expressionAttributeValues(version))
                .build();
    }

    private boolean transact(List<TransactWriteItem> writes) {
        String token = UUID.randomUUID().toString();
        return aws.repeatable("dynamodb:TransactWriteItems", () -> {
            try {
                dynamoDb.transactWriteItems(r -> r.transactItems(writes).clientRequestToken(token));
                return true;
            } catch (TransactionCanceledException e) {
                Optional<SdkException> failure = Transaction.failure(e);
                if (failure.isPresent()) {
                    throw failure.get();
                }
                return false;
            }
        });
    }

    @Override
    public Optional<Quarantine> quarantine(String digest) {
        return read(
                quarantined(digest),
                item -> new Quarantine(
                        item.text("digest"),
                        item.text("revision"),
                        new RolloutId(item.text("rollout")),
                        item.text("reason"),
                        item.instant("since")));
    }

    private TransactWriteItem put(Quarantine entry) {
        NewItem item = new NewItem()
                .number("schema", RolloutItem.SCHEMA)
                .text("digest", entry.digest())
                .text("revision", entry.revision())
                .text("rollout", entry.rollout())
                .text("reason", RolloutItem.cut(entry.reason()))
                .text("since", entry.since());
        return put(quarantined(entry.digest()), item, 0);
    }

    @Override
    public boolean release(String digest) {
        return transact(List.of(TransactWriteItem.builder()
                .delete(d -> d.tableName(table).key(keys(quarantined(digest))).conditionExpression(THERE))
                .build()));
    }

    /** What another hand wrote is a failed call like any other: a person's rollback goes on without the store. */
    private <T> Optional<T> read(String sortKey, Function<Item, T> as) {
        try {
            return item(sortKey).map(as);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw Aws.unusable(
                    "dynamodb:GetItem", "the stored %s is impossible: %s".formatted(sortKey, e.getMessage()));
        }
    }

    private Optional<Item> item(String sortKey) {
        Map<String, AttributeValue> attributes = aws.repeatable(
                "dynamodb:GetItem",
                () -> dynamoDb.getItem(
                                r -> r.tableName(table).key(keys(sortKey)).consistentRead(true))
                        .item());
        return attributes.isEmpty() ? Optional.empty() : Optional.of(new Item(attributes));
    }

    private Map<String, AttributeValue> keys(String sortKey) {
        return Map.of("pk", AttributeValue.fromS("service#" + service), "sk", AttributeValue.fromS(sortKey));
    }

    private static String key(RolloutId id) {
        return "rollout#" + id;
    }

    private static String quarantined(String digest) {
        return "quarantine#" + digest;
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
