package dev.greenlight.port;

import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.strategy.Trial;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What CloudWatch has counted, one to three minutes late. */
public interface Metrics {

    /**
     * What the load balancer counted for both fleets in whole minutes from {@code from} to {@code to}; of more than three hours in whole
     * hours, and their percentile is the mean of each hour's.
     */
    Map<FleetName, Traffic> traffic(Instant from, Instant to);

    /** What a metric of the service's own came to on both sides in that time; at most 63 days ago. */
    Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to);

    /**
     * The state of each named alarm; every name is a key of the answer.
     *
     * @param since what has fired since before then is {@code FIRING_ALREADY}
     */
    Map<String, AlarmState> alarms(List<String> names, Instant since);
}
