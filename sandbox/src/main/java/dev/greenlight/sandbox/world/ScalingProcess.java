package dev.greenlight.sandbox.world;

import java.util.Optional;
import java.util.stream.Stream;

/** A process of an Auto Scaling group that can be suspended (user guide, "Suspend and resume Amazon EC2 Auto Scaling processes"). */
public enum ScalingProcess {
    LAUNCH("Launch"),
    TERMINATE("Terminate"),
    ADD_TO_LOAD_BALANCER("AddToLoadBalancer"),
    ALARM_NOTIFICATION("AlarmNotification"),
    /** Known, and without effect here: the sandbox launches evenly, and its zones never fail. */
    AZ_REBALANCE("AZRebalance"),
    HEALTH_CHECK("HealthCheck"),
    /** Known, and without effect here: the sandbox has no instance refresh. */
    INSTANCE_REFRESH("InstanceRefresh"),
    REPLACE_UNHEALTHY("ReplaceUnhealthy"),
    SCHEDULED_ACTIONS("ScheduledActions");

    private final String apiName;

    ScalingProcess(String apiName) {
        this.apiName = apiName;
    }

    /** The name as the API gives it. */
    public String apiName() {
        return apiName;
    }

    /** The process of that API name; empty for a name that is none. */
    public static Optional<ScalingProcess> named(String apiName) {
        return Stream.of(values())
                .filter(process -> process.apiName.equals(apiName))
                .findFirst();
    }
}
