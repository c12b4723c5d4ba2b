package dev.greenlight.domain.fleet;

/**
 * The Auto Scaling processes that Greenlight may suspend for the length of a rollout, by their names in the API.
 *
 * <p>Launch and Terminate are not among them: suspending either breaks the others. Source: Amazon EC2 Auto Scaling user
 * guide, "Suspend and resume Amazon EC2 Auto Scaling processes".
 */
public enum ScalingProcess {
    ALARM_NOTIFICATION("AlarmNotification"),
    AZ_REBALANCE("AZRebalance"),
    HEALTH_CHECK("HealthCheck"),
    REPLACE_UNHEALTHY("ReplaceUnhealthy"),
    SCHEDULED_ACTIONS("ScheduledActions");

    private final String apiName;

    ScalingProcess(String apiName) {
        this.apiName = apiName;
    }

    public String apiName() {
        return apiName;
    }
}
