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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;

/** Every contract over moto: the clients as deployed, real HTTP, and AWS as other people read its pages. */
@EnabledIf(value = "hasMoto", disabledReason = Moto.ABSENT)
class MotoContractsTest {

    static boolean hasMoto() {
        return Absent.unless(Moto.isInstalled(), Moto.ABSENT);
    }

    private static BuiltGround built() {
        return new BuiltGround(Counterpart.MOTO, Moto.endpoint());
    }

    @Nested
    class Router extends TrafficRouterContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Shadows extends ShadowRuleContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Rules extends TrafficRulesContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class BothFleets extends FleetsContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Sources extends LaunchSourcesContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Installing extends InstallerContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }
    }

    @Nested
    class Counts extends MetricsContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }
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
    class Jobs extends PipelineJobsContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }

        @Override
        protected String offered() {
            return "11111111-2222-3333-4444-555555555555";
        }
    }

    @Nested
    class Hooks extends HookExecutionsContract {
        private final Ground ground = built();

        @Override
        protected Ground ground() {
            return ground;
        }

        @Override
        protected Trigger.HookExecution waiting() {
            return new Trigger.HookExecution(
                    "d-A1B2C3D4E", "execution", ground.clock().instant());
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
