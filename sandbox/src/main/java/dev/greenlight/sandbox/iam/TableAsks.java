package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.dynamodb.TableSpec;
import dev.greenlight.sandbox.world.Account;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * DynamoDB: a table's items by their partition key; a transaction asks for each of its parts. Follows "Actions, resources, and condition keys
 * for Amazon DynamoDB", "Using IAM with DynamoDB transactions" and "Using IAM policy conditions for fine-grained access control".
 */
final class TableAsks {

    private static final String LEADING_KEYS = "dynamodb:LeadingKeys";

    private final Account account;

    TableAsks(Account account) {
        this.account = account;
    }

    List<Ask> of(DynamoDbRequest request) {
        return switch (request) {
            case GetItemRequest r -> List.of(ask("GetItem", r.tableName(), r.key()));
            case PutItemRequest r -> List.of(ask("PutItem", r.tableName(), r.item()));
            case TransactWriteItemsRequest r ->
                r.transactItems().stream().map(this::part).distinct().toList();
            default -> throw Asks.unknown(request);
        };
    }

    private Ask part(TransactWriteItem part) {
        if (part.put() != null) {
            return ask("PutItem", part.put().tableName(), part.put().item());
        }
        if (part.delete() != null) {
            return ask("DeleteItem", part.delete().tableName(), part.delete().key());
        }
        if (part.update() != null) {
            return ask("UpdateItem", part.update().tableName(), part.update().key());
        }
        return ask(
                "ConditionCheckItem",
                part.conditionCheck().tableName(),
                part.conditionCheck().key());
    }

    private Ask ask(String action, String table, Map<String, AttributeValue> keys) {
        String partition = keys.get(TableSpec.named(table).partitionKey()).s();
        return new Ask(
                "dynamodb:" + action,
                account.arn("dynamodb", "table/" + table),
                Map.of(LEADING_KEYS, List.of(partition)));
    }
}
