package dev.greenlight.service;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

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

    /** The same service with other waits: each bake, pause and interval, blue's lifetime, and the cooldown. */
    public Config waiting(UnaryOperator<Duration> other) {
        return new Config(
                service,
                region,
                network,
                fleet,
                source,
                new Strategy(strategy.traffic().waiting(other), other.apply(strategy.bake())),
                checks,
                other.apply(blueLifetime),
                replaceWarm,
                other.apply(cooldown),
                approval,
                emails,
                tags);
    }

    /** The same service, released otherwise. */
    public Config releasing(Strategy other) {
        return new Config(
                service,
                region,
                network,
                fleet,
                source,
                other,
                checks,
                blueLifetime,
                replaceWarm,
                cooldown,
                approval,
                emails,
                tags);
    }

    /** The same service on other instances. */
    public Config on(Fleet other) {
        return new Config(
                service,
                region,
                network,
                other,
                source,
                strategy,
                checks,
                blueLifetime,
                replaceWarm,
                cooldown,
                approval,
                emails,
                tags);
    }

    /** How a service is released. @param bake how long green is watched under all traffic */
    public record Strategy(Traffic traffic, Duration bake) {}

    /** How traffic moves from blue to green. */
    public sealed interface Traffic {

        Traffic waiting(UnaryOperator<Duration> other);

        /** Whether the old fleet stays warm after a promotion, for blue's lifetime. */
        default boolean keepsBlueWarm() {
            return true;
        }

        /** All at once. */
        record BlueGreen() implements Traffic {
            @Override
            public Traffic waiting(UnaryOperator<Duration> other) {
                return this;
            }
        }

        /** By growing shares. @param steps those before green gets everything */
        record Canary(List<Step> steps) implements Traffic {
            public Canary {
                steps = List.copyOf(steps);
            }

            @Override
            public Traffic waiting(UnaryOperator<Duration> other) {
                return new Canary(
                        steps.stream().map(step -> step.waiting(other)).toList());
            }
        }

        /**
         * All at once, to a fleet that comes when the other one is gone.
         *
         * @param closed what users are answered meanwhile
         * @param closedType the content type of that
         */
        record Recreate(Optional<String> closed, Optional<String> closedType) implements Traffic {
            @Override
            public boolean keepsBlueWarm() {
                return false;
            }

            @Override
            public Traffic waiting(UnaryOperator<Duration> other) {
                return this;
            }
        }

        /** Not at all: the fleet that serves is installed on, all at once. */
        record InPlace() implements Traffic {
            @Override
            public boolean keepsBlueWarm() {
                return false;
            }

            @Override
            public Traffic waiting(UnaryOperator<Duration> other) {
                return this;
            }
        }

        /**
         * Not at all: the fleet that serves is installed on, one Availability Zone after the other.
         *
         * @param firstBake how long the first zone is watched
         * @param bake how long each other one is
         * @param keep percent of all instances that stay in service
         * @param keepInZone percent of the instances in the zone that is worked on
         * @param pause how long a person is waited for after the first zone; empty where nobody is asked
         * @param goesOn whether it goes on where nobody came
         */
        record Rolling(
                Duration firstBake, Duration bake, int keep, int keepInZone, Optional<Duration> pause, boolean goesOn)
                implements Traffic {

            @Override
            public boolean keepsBlueWarm() {
                return false;
            }

            @Override
            public Traffic waiting(UnaryOperator<Duration> other) {
                return new Rolling(
                        other.apply(firstBake), other.apply(bake), keep, keepInZone, pause.map(other), goesOn);
            }
        }

        /** All at once, after green was watched on copies of requests. @param watch how long */
        record Shadow(Duration watch) implements Traffic {
            @Override
            public Traffic waiting(UnaryOperator<Duration> other) {
                return new Shadow(other.apply(watch));
            }
        }

        /** By equal shares. @param weight percent more at each step @param interval how long each is watched */
        record Linear(int weight, Duration interval) implements Traffic {
            @Override
            public Traffic waiting(UnaryOperator<Duration> other) {
                return new Linear(weight, other.apply(interval));
            }
        }

        /** Some users for a time. */
        record AbTest(Trial test) implements Traffic {
            @Override
            public Traffic waiting(UnaryOperator<Duration> other) {
                return new AbTest(test.waiting(other));
            }
        }
    }

    /**
     * A share of requests for green.
     *
     * @param weight in percent
     * @param bake how long it is watched
     * @param pause how long a person is waited for after it; empty where nobody is asked
     * @param goesOn whether it goes on where nobody came; otherwise it is taken back
     */
    public record Step(int weight, Duration bake, Optional<Duration> pause, boolean goesOn) {
        private Step waiting(UnaryOperator<Duration> other) {
            return new Step(weight, other.apply(bake), pause.map(other), goesOn);
        }
    }

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
     * @param slowStart how long a target that joins others warms up, if the load balancer is to let it
     * @param mirror what copies requests before the application; empty where nothing does
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
            Optional<Duration> slowStart,
            Optional<Mirror> mirror,
            Optional<Price> price) {
        public Fleet {
            packages = List.copyOf(packages);
        }

        /** The same instances, of which something else copies requests, or nothing. */
        public Fleet copying(Optional<Mirror> other) {
            return new Fleet(
                    instanceType,
                    image,
                    diskGiB,
                    packages,
                    maximum,
                    firstSize,
                    targetCpu,
                    port,
                    healthPath,
                    drain,
                    slowStart,
                    other,
                    price);
        }
    }

    /**
     * An nginx before the application that sends a share of the requests a second time.
     *
     * @param share percentage of the requests that are copied
     * @param methods those whose requests are copied
     * @param appPort where the application listens; the fleet's port is nginx's
     */
    public record Mirror(int share, List<String> methods, int appPort) {
        public Mirror {
            methods = List.copyOf(methods);
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

    /**
     * One request to green before users come.
     *
     * @param sameAsBlue whether blue is asked the same, and must answer with the same body
     */
    public record SmokeTest(
            String path,
            Optional<Integer> status,
            Optional<String> body,
            Optional<String> version,
            Optional<Duration> budget,
            boolean sameAsBlue) {}

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
