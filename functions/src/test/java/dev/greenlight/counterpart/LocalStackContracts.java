package dev.greenlight.counterpart;

import dev.greenlight.adapter.dynamodb.DynamoDbRolloutStore;
import dev.greenlight.port.AppointmentsContract;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.RolloutStoreContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The contracts over LocalStack whose services its free image has; load balancing, Auto Scaling, CodeDeploy and CodePipeline are not
 * among them ("LocalStack AWS API coverage catalog"). Runs with the profile {@code localstack}.
 */
@EnabledIf(value = "hasDocker", disabledReason = LocalStack.ABSENT)
class LocalStackContracts {

    static boolean hasDocker() {
        return Absent.unless(LocalStack.canRun(), LocalStack.ABSENT);
    }

    private static BuiltGround built() {
        return new BuiltGround(Counterpart.LOCALSTACK, LocalStack.endpoint());
    }

    @Nested
    class Schedules extends AppointmentsContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Store extends RolloutStoreContract {
        private final BuiltGround ground = built();
        private final RolloutStore store =
                new DynamoDbRolloutStore(ground.clients().dynamoDb(), ground.aws(), ground.table(), ground.service());

        @Override
        protected Counterpart counterpart() {
            return ground.counterpart();
        }

        @Override
        protected RolloutStore store() {
            return store;
        }
    }
}
