package dev.greenlight.sandbox.world;

/** Where an instance is in its Auto Scaling lifecycle (Auto Scaling user guide, "Amazon EC2 Auto Scaling instance lifecycle"). */
public enum InstanceState {
    /** Launched, boots. */
    PENDING("Pending"),
    /** Runs, and a launch hook holds it. */
    PENDING_WAIT("Pending:Wait"),
    /** Counts as capacity, and is registered with its group's target groups. */
    IN_SERVICE("InService"),
    /** Drains, then ends. */
    TERMINATING("Terminating"),
    /** Gone; EC2 still knows it for an hour. */
    TERMINATED("Terminated");

    private final String lifecycleName;

    InstanceState(String lifecycleName) {
        this.lifecycleName = lifecycleName;
    }

    /** The name that DescribeAutoScalingGroups gives. */
    public String lifecycleName() {
        return lifecycleName;
    }

    /** Whether the instance counts towards the desired capacity of its group. */
    public boolean counts() {
        return this == PENDING || this == PENDING_WAIT || this == IN_SERVICE;
    }
}
