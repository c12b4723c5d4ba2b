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

    @Test
    void the_double_has_another_version_after_each_write_and_after_nothing_else() {
        DynamoDb store = DynamoDb.inMemory().table(TableSpec.named("rollouts"));
        long empty = store.version();
        store.client().putItem(r -> r.tableName("rollouts").item(ITEM));
        long written = store.version();
        store.client().getItem(r -> r.tableName("rollouts").key(ITEM));
        assertThatThrownBy(() -> store.client()
                        .putItem(r ->
                                r.tableName("rollouts").item(ITEM).conditionExpression("attribute_not_exists(pk)")))
                .isInstanceOf(ConditionalCheckFailedException.class);

        assertThat(written).isNotEqualTo(empty);
        assertThat(store.version()).isEqualTo(written);
        store.client().putItem(r -> r.tableName("rollouts").item(ITEM));
        long again = store.version();
        store.client().deleteItem(r -> r.tableName("rollouts").key(ITEM));
        assertThat(again).isNotEqualTo(written);
        assertThat(store.version()).isNotEqualTo(again);
    }

    @Test
    void of_a_store_that_does_not_tell_every_version_is_another() {
        DynamoDb store = DynamoDb.over(DynamoDb.inMemory().client());

        assertThat(store.version()).isNotEqualTo(store.version());
    }
}
