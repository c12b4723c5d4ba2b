package dev.greenlight.domain.check;

import java.time.Duration;
import java.util.List;

/** A question about a fleet, as the settings ask it. */
public sealed interface Check {

    /** No check may take longer, whatever its own budgets say. */
    Duration LIMIT = Duration.ofSeconds(20);

    /** The name under which its verdict is told. */
    String name();

    /** Whether as many instances are in service as this rollout needs. */
    record FleetCapacity() implements Check {
        @Override
        public String name() {
            return "capacity";
        }
    }

    /** Whether EC2's own status checks of every instance pass. */
    record InstanceStatus() implements Check {
        @Override
        public String name() {
            return "instance status";
        }
    }

    /** Whether enough targets are healthy, and none is unhealthy. */
    record TargetHealth() implements Check {
        @Override
        public String name() {
            return "target health";
        }
    }

    /** Whether green answers these requests as it should. */
    record Smoke(List<SmokeTest> tests) implements Check {
        public Smoke {
            tests = List.copyOf(tests);
        }

        @Override
        public String name() {
            return "smoke";
        }
    }

    /** Whether none of these alarms fires. */
    record Alarms(List<String> names) implements Check {
        public Alarms {
            names = List.copyOf(names);
        }

        @Override
        public String name() {
            return "alarms";
        }
    }

    /**
     * Whether green fails no larger share of requests than blue does, give or take.
     *
     * @param tolerance how much larger green's share may be, 0 to 1
     * @param minimumRequests fewer requests than this are no evidence
     * @param window how far back the counts go
     */
    record ErrorShare(double tolerance, long minimumRequests, Duration window) implements Check {
        @Override
        public String name() {
            return "error share";
        }
    }

    /**
     * Whether green's 99th percentile is at most {@code ratio} times blue's, and below {@code ceilingMillis}.
     *
     * @param minimumRequests fewer requests than this are no evidence
     * @param window how far back the figures go
     */
    record Latency(double ratio, long ceilingMillis, long minimumRequests, Duration window) implements Check {
        @Override
        public String name() {
            return "latency";
        }
    }
}
