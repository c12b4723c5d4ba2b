package dev.greenlight.counterpart;

import dev.greenlight.adapter.dynamodb.DynamoDbRolloutStore;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.port.AppointmentsContract;
import dev.greenlight.port.FleetsContract;
import dev.greenlight.port.HookExecutionsContract;
import dev.greenlight.port.InstallerContract;
import dev.greenlight.port.LaunchSourcesContract;
import dev.greenlight.port.MetricsContract;
import dev.greenlight.port.PipelineJobsContract;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.RolloutStoreContract;
import dev.greenlight.port.ShadowRuleContract;
import dev.greenlight.port.TrafficRouterContract;
import dev.greenlight.port.TrafficRulesContract;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.opentest4j.TestAbortedException;

/**
 * The contracts over an installation in an account of one's own: only what reads, unless {@code greenlight.aws.write} is true. Runs
 * with the profile {@code aws}.
 */
class LiveContracts {

    @Nested
    class Router extends TrafficRouterContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Shadows extends ShadowRuleContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Rules extends TrafficRulesContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class BothFleets extends FleetsContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Sources extends LaunchSourcesContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Installing extends InstallerContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Counts extends MetricsContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Schedules extends AppointmentsContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Jobs extends PipelineJobsContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }

        @Override
        protected String offered() {
            throw new TestAbortedException("a live pipeline offers its jobs to its functions only");
        }
    }

    @Nested
    class Hooks extends HookExecutionsContract {
        private final Ground ground = new LiveGround();

        @Override
        protected Ground ground() {
            return ground;
        }

        @Override
        protected Trigger.HookExecution waiting() {
            throw new TestAbortedException("a live deployment asks its own functions only");
        }
    }

    /** Its rows belong to a service that nobody else has, and stay in the table. */
    @Nested
    class Store extends RolloutStoreContract {
        private final LiveGround ground = new LiveGround();
        private final RolloutStore store = new DynamoDbRolloutStore(
                ground.clients().dynamoDb(), ground.aws(), ground.table(), "contract-" + UUID.randomUUID());

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
