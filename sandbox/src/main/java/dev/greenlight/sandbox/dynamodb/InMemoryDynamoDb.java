package dev.greenlight.sandbox.dynamodb;

import dev.greenlight.sandbox.fault.ServiceErrors;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/**
 * As much of DynamoDB as a store of conditional writes needs, in maps: for stories that are told thousands of times.
 *
 * <p>Operations: CreateTable, UpdateTimeToLive, GetItem, Scan, PutItem, DeleteItem, and TransactWriteItems of puts, deletes and
 * condition checks; every other one throws {@link UnsupportedOperationException}. Conditions are {@code attribute_not_exists(name)}, {@code attribute_exists(name)} and {@code name = :value}. A
 * transaction is applied whole or not at all, and one whose client token was seen before is not applied again.
 */
final class InMemoryDynamoDb implements DynamoDbClient {

    private static final Pattern ABSENT = Pattern.compile("attribute_not_exists\\((\\w+)\\)");
    private static final Pattern PRESENT = Pattern.compile("attribute_exists\\((\\w+)\\)");
    private static final Pattern EQUAL = Pattern.compile("(\\w+) = (:\\w+)");

    private final Map<String, Table> tables = new HashMap<>();
    private final Set<String> tokens = new HashSet<>();
    private long version;

    private record Table(List<String> keys, Map<String, Map<String, AttributeValue>> items) {

        Map<String, AttributeValue> item(Map<String, AttributeValue> named) {
            return items.getOrDefault(key(named), Map.of());
        }

        String key(Map<String, AttributeValue> named) {
            StringBuilder values = new StringBuilder();
            for (String key : keys) {
                values.append(named.get(key).s()).append('\u0000');
            }
            return values.toString();
        }
    }

    /** How often anything was written. */
    synchronized long version() {
        return version;
    }

    @Override
    public synchronized CreateTableResponse createTable(CreateTableRequest request) {
        List<String> keys = request.keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .toList();
        if (tables.putIfAbsent(request.tableName(), new Table(keys, new TreeMap<>())) != null) {
            throw ServiceErrors.named(
                    ResourceInUseException.builder(), 400, "Table already exists: " + request.tableName());
        }
        return CreateTableResponse.builder().build();
    }

    /** Accepted; nothing expires. */
    @Override
    public synchronized UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
        table(request.tableName());
        return UpdateTimeToLiveResponse.builder().build();
    }

    @Override
    public synchronized GetItemResponse getItem(GetItemRequest request) {
        Map<String, AttributeValue> found = table(request.tableName()).item(request.key());
        return found.isEmpty()
                ? GetItemResponse.builder().build()
                : GetItemResponse.builder().item(found).build();
    }

    /** The whole table in one page. */
    @Override
    public synchronized ScanResponse scan(ScanRequest request) {
        return ScanResponse.builder()
                .items(table(request.tableName()).items().values())
                .build();
    }

    @Override
    public synchronized PutItemResponse putItem(PutItemRequest request) {
        Table table = table(request.tableName());
        if (!holds(request.conditionExpression(), request.expressionAttributeValues(), table.item(request.item()))) {
            throw ServiceErrors.named(ConditionalCheckFailedException.builder(), 400, "The conditional request failed");
        }
        put(table, request.item());
        return PutItemResponse.builder().build();
    }

    @Override
    public synchronized DeleteItemResponse deleteItem(DeleteItemRequest request) {
        Table table = table(request.tableName());
        remove(table, request.key());
        return DeleteItemResponse.builder().build();
    }

    @Override
    public synchronized TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        TransactWriteItemsResponse done = TransactWriteItemsResponse.builder().build();
        String token = request.clientRequestToken();
        if (token != null && tokens.contains(token)) {
            return done;
        }
        if (!request.transactItems().stream().allMatch(this::holds)) {
            throw cancelled(request.transactItems());
        }
        request.transactItems().forEach(this::apply);
        if (token != null) {
            tokens.add(token);
        }
        return done;
    }

    private AwsServiceException cancelled(List<TransactWriteItem> items) {
        List<CancellationReason> reasons = items.stream()
                .map(item -> CancellationReason.builder()
                        .code(holds(item) ? "None" : "ConditionalCheckFailed")
                        .build())
                .toList();
        return ServiceErrors.named(
                TransactionCanceledException.builder().cancellationReasons(reasons),
                400,
                "Transaction cancelled, please refer cancellation reasons for specific reasons");
    }

    private void apply(TransactWriteItem item) {
        if (item.put() != null) {
            put(table(item.put().tableName()), item.put().item());
        }
        if (item.delete() != null) {
            remove(table(item.delete().tableName()), item.delete().key());
        }
    }

    private void put(Table table, Map<String, AttributeValue> item) {
        version++;
        table.items().put(table.key(item), Map.copyOf(item));
    }

    private void remove(Table table, Map<String, AttributeValue> key) {
        version++;
        table.items().remove(table.key(key));
    }

    private boolean holds(TransactWriteItem item) {
        if (item.put() != null) {
            Put put = item.put();
            return holds(
                    put.conditionExpression(),
                    put.expressionAttributeValues(),
                    table(put.tableName()).item(put.item()));
        }
        if (item.delete() != null) {
            Delete delete = item.delete();
            return holds(
                    delete.conditionExpression(),
                    delete.expressionAttributeValues(),
                    table(delete.tableName()).item(delete.key()));
        }
        if (item.conditionCheck() != null) {
            ConditionCheck check = item.conditionCheck();
            return holds(
                    check.conditionExpression(),
                    check.expressionAttributeValues(),
                    table(check.tableName()).item(check.key()));
        }
        throw new UnsupportedOperationException("a transaction of puts, deletes and condition checks only: " + item);
    }

    private static boolean holds(
            String condition, Map<String, AttributeValue> values, Map<String, AttributeValue> item) {
        if (condition == null) {
            return true;
        }
        Matcher absent = ABSENT.matcher(condition);
        if (absent.matches()) {
            return !item.containsKey(absent.group(1));
        }
        Matcher present = PRESENT.matcher(condition);
        if (present.matches()) {
            return item.containsKey(present.group(1));
        }
        Matcher equal = EQUAL.matcher(condition);
        if (equal.matches()) {
            return values.get(equal.group(2)).equals(item.get(equal.group(1)));
        }
        throw new UnsupportedOperationException("condition " + condition);
    }

    private Table table(String name) {
        Table table = tables.get(name);
        if (table == null) {
            throw ServiceErrors.named(
                    ResourceNotFoundException.builder(), 400, "Cannot do operations on a non-existent table");
        }
        return table;
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing that has to be released. */
    @Override
    public void close() {}
}
