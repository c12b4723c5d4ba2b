package dev.greenlight.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.RecordingPause;
import dev.greenlight.counterpart.Counterpart;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.RolloutStoreContract;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.dynamodb.TableSpec;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store behaves over the sandbox's double as it does over DynamoDB Local. */
class InMemoryRolloutStoreTest extends RolloutStoreContract {

    private final Faults faults = new Faults(InstantSource.fixed(NOW));
    private final RecordingPause pause = new RecordingPause();
    private final RolloutStore store = new DynamoDbRolloutStore(
            faults.wrap(
                    DynamoDbClient.class,
                    DynamoDb.inMemory().table(TableSpec.named("greenlight")).client()),
            new Aws(pause),
            "greenlight",
            "checkout");

    @Override
    protected Counterpart counterpart() {
        return Counterpart.SANDBOX;
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
}
