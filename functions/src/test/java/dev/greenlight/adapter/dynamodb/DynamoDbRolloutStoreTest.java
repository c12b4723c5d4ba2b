package dev.greenlight.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.RecordingPause;
import dev.greenlight.counterpart.Counterpart;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Launches;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.RolloutStoreContract;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.dynamodb.TableSpec;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

class DynamoDbRolloutStoreTest extends RolloutStoreContract {

    private static final AtomicInteger SERVICES = new AtomicInteger();
    private static DynamoDb dynamoDb;

    private final String service = "checkout-" + SERVICES.incrementAndGet();
    private final Faults faults = new Faults(InstantSource.fixed(NOW));
    private final DynamoDbClient client = faults.wrap(DynamoDbClient.class, dynamoDb.client());
    private final RecordingPause pause = new RecordingPause();
    private final RolloutStore store = store(client);

    @BeforeAll
    static void startDynamoDbLocal() {
        dynamoDb = DynamoDb.local().table(TableSpec.named("greenlight"));
    }

    @AfterAll
    static void stopDynamoDbLocal() {
        dynamoDb.close();
    }

    private RolloutStore store(DynamoDbClient over) {
        return new DynamoDbRolloutStore(over, new Aws(pause), "greenlight", service);
    }

    @Override
    protected Counterpart counterpart() {
        return Counterpart.DYNAMODB_LOCAL;
    }

    @Override
    protected RolloutStore store() {
        return store;
    }

    @Test
    void a_commit_whose_answer_was_lost_is_not_refused_when_it_is_repeated() {
        faults.failing(c -> c.operation().equals("TransactWriteItems"), 1, Fault.lostAnswer());
        begun();
        assertThat(store.ledger().version()).isEqualTo(1);
        assertThat(pause.lengths()).hasSize(1);
    }

    @Test
    void a_release_from_quarantine_whose_answer_was_lost_is_not_refused_when_it_is_repeated() {
        quarantined(new RolloutStore.Quarantine("sha256:1", "v2", ONE, "5xx", NOW));
        faults.failing(c -> c.operation().equals("TransactWriteItems"), 1, Fault.lostAnswer());
        assertThat(store.release("sha256:1")).isTrue();
        assertThat(store.quarantine("sha256:1")).isEmpty();
    }

    @Test
    void services_share_a_table_and_nothing_else() {
        begun();
        RolloutStore other = new DynamoDbRolloutStore(client, new Aws(pause), "greenlight", service + "-other");
        assertThat(other.rollout(ONE)).isEmpty();
        assertThat(other.ledger().fence()).isZero();
    }

    @Test
    void a_rollout_is_stored_as_attributes_that_a_person_can_read() {
        begun();
        Map<String, AttributeValue> item = item();
        assertThat(item.get("revision").s()).isEqualTo("v2");
        assertThat(item.get("blue").s()).isEqualTo("A");
        assertThat(item.get("progress").m().get("phase").s()).isEqualTo("PREPARING");
        assertThat(item.get("history").l().getFirst().m().get("what").s()).isEqualTo("began");
    }

    @Test
    void a_rollout_that_is_over_expires_400_days_after_its_last_word_and_no_other_does() {
        Rollout open = begun().stored();
        assertThat(item()).doesNotContainKey("ttl");

        Instant end = NOW.plus(Duration.ofDays(3));
        Rollout over =
                open.takeBack(Cause.CHECK_FAILED, end.minusSeconds(60), "smoke").settle(end);
        assertThat(store.commit(over)).isTrue();

        long expires = end.plus(Duration.ofDays(400)).getEpochSecond();
        assertThat(item().get("ttl").n()).isEqualTo(Long.toString(expires));
        assertThat(store.rollout(ONE)).contains(over.stored());
    }

    @Test
    void a_phase_that_a_newer_version_wrote_is_refused_with_its_name() {
        begun();
        update("progress.phase", AttributeValue.fromS("ANALYSING"));
        assertThatThrownBy(() -> store.rollout(ONE))
                .hasMessageContaining("phase is 'ANALYSING', which this version does not know")
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }

    @Test
    void a_record_that_is_older_than_launch_versions_knows_none() {
        begun();
        dynamoDb.client().updateItem(r -> r.tableName("greenlight").key(key()).updateExpression("REMOVE launches"));
        assertThat(store.rollout(ONE).orElseThrow().launches()).isEqualTo(Launches.UNKNOWN);
    }

    @Test
    void a_record_of_another_schema_is_refused() {
        begun();
        update("schema", AttributeValue.fromN("2"));
        assertThatThrownBy(() -> store.rollout(ONE))
                .hasMessageContaining("schema 2")
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.INVALID);
    }

    @Test
    void a_store_that_is_down_says_so() {
        faults.failing(c -> c.service().equals("dynamodb"), Fault.unavailable());
        assertThatThrownBy(store::ledger)
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(CallFailed.Kind.UNAVAILABLE);
    }

    @ParameterizedTest
    @CsvSource({
        "TransactionConflict,           THROTTLED, 2",
        "ThrottlingError,               THROTTLED, 2",
        "ProvisionedThroughputExceeded, THROTTLED, 2",
        "ValidationError,               INVALID,   0",
    })
    void a_canceled_transaction_fails_as_its_reason_would(String reason, CallFailed.Kind kind, int pauses) {
        RolloutStore canceling = store(new Canceling("None", reason));
        assertThatThrownBy(() -> canceling.commit(rollout(ONE, store.ledger())))
                .hasMessageContaining(reason)
                .extracting(e -> ((CallFailed) e).kind())
                .isEqualTo(kind);
        assertThat(pause.lengths()).hasSize(pauses);
    }

    @Test
    void a_condition_that_did_not_hold_outranks_a_conflict() {
        RolloutStore canceling = store(new Canceling("TransactionConflict", "ConditionalCheckFailed"));
        assertThat(canceling.commit(rollout(ONE, store.ledger()))).isFalse();
    }

    private Map<String, AttributeValue> item() {
        return dynamoDb.client()
                .getItem(r -> r.tableName("greenlight").key(key()))
                .item();
    }

    private Map<String, AttributeValue> key() {
        return Map.of("pk", AttributeValue.fromS("service#" + service), "sk", AttributeValue.fromS("rollout#r-1"));
    }

    private void update(String path, AttributeValue value) {
        List<String> parts = List.of(path.split("\\."));
        String expression = parts.size() == 1 ? "#a" : "#a.#b";
        Map<String, String> names =
                parts.size() == 1 ? Map.of("#a", parts.get(0)) : Map.of("#a", parts.get(0), "#b", parts.get(1));
        dynamoDb.client()
                .updateItem(r -> r.tableName("greenlight")
                        .key(key())
                        .updateExpression("SET " + expression + " = :value")
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(Map.of(":value", value)));
    }

    /** Cancels every transaction for the given reasons. */
    private record Canceling(String... reasons) implements DynamoDbClient {
        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            throw TransactionCanceledException.builder()
                    .statusCode(400)
                    .message("Transaction cancelled, please refer cancellation reasons for specific reasons")
                    .cancellationReasons(List.of(reasons).stream()
                            .map(code -> CancellationReason.builder().code(code).build())
                            .toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
