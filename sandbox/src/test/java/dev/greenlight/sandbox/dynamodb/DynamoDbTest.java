package dev.greenlight.sandbox.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

class DynamoDbTest {

    private static final Map<String, AttributeValue> ITEM =
            Map.of("pk", AttributeValue.fromS("service"), "sk", AttributeValue.fromS("lock"));

    @Test
    void a_conditional_write_is_made_once() {
        try (DynamoDb store = DynamoDb.local().table(TableSpec.named("rollouts"))) {
            store.client()
                    .putItem(r -> r.tableName("rollouts").item(ITEM).conditionExpression("attribute_not_exists(pk)"));

            assertThatThrownBy(() -> store.client()
                            .putItem(r ->
                                    r.tableName("rollouts").item(ITEM).conditionExpression("attribute_not_exists(pk)")))
                    .isInstanceOf(ConditionalCheckFailedException.class);
        }
    }

    @Test
    void each_store_has_its_own_tables() {
        try (DynamoDb one = DynamoDb.local().table(TableSpec.named("rollouts"));
                DynamoDb other = DynamoDb.local()) {
            assertThat(one.client().listTables().tableNames()).containsExactly("rollouts");
            assertThat(other.client().listTables().tableNames()).isEmpty();
        }
    }

    @Test
    void the_expiry_attribute_is_on() {
        try (DynamoDb store = DynamoDb.local().table(TableSpec.named("rollouts"))) {
            var ttl = store.client().describeTimeToLive(r -> r.tableName("rollouts"));
            assertThat(ttl.timeToLiveDescription().attributeName()).isEqualTo("ttl");
            assertThat(ttl.timeToLiveDescription().timeToLiveStatusAsString()).isEqualTo("ENABLED");
        }
    }
}
