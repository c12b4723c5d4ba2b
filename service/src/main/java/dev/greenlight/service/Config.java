package dev.greenlight.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service's installation, as {@code greenlight.yaml} describes it. Whatever is in it has been checked.
 *
 * @param service the service's name; every resource's name begins with {@code greenlight-} and it
 * @param region the one region in which it is installed
 * @param blueLifetime how long the old fleet stays warm after promotion
 * @param replaceWarm whether a release may take the warm fleet; otherwise it is refused
 * @param cooldown how long no release begins after one was taken back from users; zero for not at all
 * @param emails who is told of decisions that went wrong
 * @param tags of everything that the stack makes, and of the instances
 */
public record Config(
        String service,
        String region,
        Network network,
        Fleet fleet,
        Source source,
        Strategy strategy,
        Checks checks,
        Duration blueLifetime,
        boolean replaceWarm,
        Duration cooldown,
        Approval approval,
        List<String> emails,
        Map<String, String> tags) {

    public Config {
        emails = List.copyOf(emails);
        tags = Map.copyOf(tags);
    }

    /** The same service with other waits. */
    public Config waiting(Duration otherBake, Duration otherLifetime, Duration otherCooldown) {
        return new Config(
                service,
                region,
                network,
                fleet,
                source,
                new Strategy(strategy.kind(), otherBake),
                checks,
                otherLifetime,
                replaceWarm,
                otherCooldown,
                approval,
                emails,
                tags);
    }

    /** How a service is released. @param bake how long green is watched under all traffic */
    public record Strategy(String kind, Duration bake) {}

    /** Whether a person says yes before users reach green, and how long the pipeline waits for it. */
    public record Approval(boolean beforeTraffic, Duration within) {}

    /**
     * The fleets' instances; both fleets are equal.
     *
     * @param image SSM parameter that names the machine image
     * @param packages what the package manager installs at boot, before the CodeDeploy agent
     * @param maximum the most instances that one fleet may have
     * @param firstSize instances of the first release
     * @param targetCpu the average CPU percentage that scaling aims at
     * @param drain the target groups' deregistration delay
     * @param price of one of the instances
     */
    public record Fleet(
            String instanceType,
            String image,
            int diskGiB,
            List<String> packages,
            int maximum,
            int firstSize,
            int targetCpu,
            int port,
            String healthPath,
            Duration drain,
            Optional<Price> price) {
        public Fleet {
            packages = List.copyOf(packages);
        }
    }

    /** What one instance costs. It is only printed: nothing looks prices up, so it is as old as whoever wrote it down. */
    public record Price(BigDecimal perHour, Currency currency) {}

    /**
     * The checks, as the functions' settings take them. JSON objects are written as the file has them.
     *
     * @param onInstance whether a script on an instance may ask ValidateInstance before its installation counts
     */
    public record Checks(
            List<SmokeTest> smoke,
            List<String> alarms,
            Optional<Comparison> errorShare,
            Optional<Comparison> latency,
            boolean onInstance) {
        public Checks {
            smoke = List.copyOf(smoke);
            alarms = List.copyOf(alarms);
        }
    }

    /** One request to green before users come. */
    public record SmokeTest(
            String path,
            Optional<Integer> status,
            Optional<String> body,
            Optional<String> version,
            Optional<Duration> budget) {}

    /**
     * Green compared with blue.
     *
     * @param allowed the share of errors, or the ratio of latencies, that is let pass
     * @param ceilingMillis latency that is never let pass
     */
    public record Comparison(
            Optional<Double> allowed,
            Optional<Integer> ceilingMillis,
            Optional<Integer> minimumRequests,
            Optional<Duration> window) {}
}
