package dev.greenlight.sandbox.fault;

import java.time.Duration;

/** Tells a simulated service how old its answers are. */
@FunctionalInterface
public interface Staleness {

    /** How long ago the state was that the operation, such as DescribeRules, shows now; zero for the truth. */
    Duration age(String operation);
}
