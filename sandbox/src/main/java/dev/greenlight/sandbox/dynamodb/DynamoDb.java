package dev.greenlight.sandbox.dynamodb;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * A DynamoDB of one's own, empty, in memory and gone when closed: AWS's DynamoDB Local inside this JVM, or a {@linkplain #inMemory double}
 * of the little that a rollout's store asks of it.
 *
 * <p>DynamoDB Local opens no port and needs no set-up; its native library comes in its own jar. The first one of a JVM takes about two seconds to
 * start, later ones a fraction of that. Each has its own tables. Follows the page "DynamoDB local" of the developer guide, with what that
 * page says is different: throughput is not limited, and items past their expiry may stay for a while.
 */
public final class DynamoDb implements AutoCloseable {

    private final DynamoDbClient client;
    private final LongSupplier version;
    private final Runnable shutdown;

    private DynamoDb(DynamoDbClient client, LongSupplier version, Runnable shutdown) {
        this.client = client;
        this.version = version;
        this.shutdown = shutdown;
    }

    /** Starts an empty one. It reports nothing to anybody: the engine's own telemetry is off. */
    public static DynamoDb local() {
        boolean telemetryDisabled = true;
        AmazonDynamoDBLocal engine = DynamoDBEmbedded.create(telemetryDisabled);
        DynamoDbClient client = engine.dynamoDbClient();
        return new DynamoDb(client, alwaysAnother(), () -> {
            client.close();
            engine.shutdownNow();
        });
    }

    /**
     * An empty one that is a few maps: it starts at once and knows only conditional writes, by key. It stands where a story is told
     * thousands of times.
     */
    public static DynamoDb inMemory() {
        InMemoryDynamoDb memory = new InMemoryDynamoDb();
        return new DynamoDb(memory, memory::version, () -> {});
    }

    /** Somebody else's, behind a client of its own, which stays open when this is closed. */
    public static DynamoDb over(DynamoDbClient client) {
        return new DynamoDb(client, alwaysAnother(), () -> {});
    }

    /** Of one that does not tell. */
    private static LongSupplier alwaysAnother() {
        return new AtomicLong()::incrementAndGet;
    }

    /** Another number whenever something may have been written since it was asked for last. */
    public long version() {
        return version.getAsLong();
    }

    /** The client for it, not wrapped by any fault. */
    public DynamoDbClient client() {
        return client;
    }

    /** Creates the table and switches its expiry on; it can be used at once. */
    public DynamoDb table(TableSpec spec) {
        client.createTable(request -> request.tableName(spec.name())
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(string(spec.partitionKey()), string(spec.sortKey()))
                .keySchema(key(spec.partitionKey(), KeyType.HASH), key(spec.sortKey(), KeyType.RANGE)));
        client.updateTimeToLive(request -> request.tableName(spec.name())
                .timeToLiveSpecification(
                        t -> t.attributeName(spec.ttlAttribute()).enabled(true)));
        return this;
    }

    private static AttributeDefinition string(String attribute) {
        return AttributeDefinition.builder()
                .attributeName(attribute)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static KeySchemaElement key(String attribute, KeyType type) {
        return KeySchemaElement.builder().attributeName(attribute).keyType(type).build();
    }

    @Override
    public void close() {
        shutdown.run();
    }
}
