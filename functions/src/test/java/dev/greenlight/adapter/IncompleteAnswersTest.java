package dev.greenlight.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.adapter.autoscaling.AsgFleets;
import dev.greenlight.adapter.autoscaling.AsgLaunchSources;
import dev.greenlight.adapter.cloudwatch.CloudWatchMetrics;
import dev.greenlight.adapter.codedeploy.CodeDeployInstaller;
import dev.greenlight.adapter.elb.AlbTrafficRouter;
import dev.greenlight.adapter.elb.AlbTrafficRules;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.TrafficRouter;
import dev.greenlight.port.TrafficRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.autoscaling.model.Activity;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesRequest;
import software.amazon.awssdk.services.autoscaling.model.DescribeScalingActivitiesResponse;
import software.amazon.awssdk.services.autoscaling.model.ScalingActivityStatusCode;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/** Whatever field AWS leaves out of an answer, the adapters read what is there, or say which call cannot be read. */
class IncompleteAnswersTest {

    private static final SandboxFleets WORLD = SandboxFleets.serving(2);
    private static final Incomplete INCOMPLETE = new Incomplete();

    private static final RolloutId ROLLOUT = new RolloutId("r-1");
    private static final Installer.Started.By STARTED = started();

    private static final List<String> INSTANCES = instances();

    @AfterAll
    static void close() {
        WORLD.close();
    }

    /** Fleet A once had a deployment, so that there is one to read. */
    private static Installer.Started.By started() {
        Installer installer = new CodeDeployInstaller(
                WORLD.sandbox().codeDeploy(), WORLD.aws(), WORLD.application(), WORLD.a(), WORLD.b(), Optional.empty());
        Installer.Started.By started = (Installer.Started.By) installer.start(
                FleetName.A, WORLD.revision(), ROLLOUT, WORLD.clock().instant());
        WORLD.settle();
        return started;
    }

    private static TrafficRouter router() {
        return new AlbTrafficRouter(elb(), WORLD.aws(), WORLD.rule(), WORLD.a(), WORLD.b());
    }

    private static ElasticLoadBalancingV2Client elb() {
        return INCOMPLETE.over(
                ElasticLoadBalancingV2Client.class, WORLD.sandbox().elb());
    }

    private static TrafficRules rules() {
        return new AlbTrafficRules(elb(), WORLD.aws());
    }

    private static AutoScalingClient autoScaling() {
        return INCOMPLETE.over(AutoScalingClient.class, WORLD.sandbox().autoScaling());
    }

    private static Fleets fleets() {
        return new AsgFleets(
                autoScaling(),
                () -> INCOMPLETE.over(Ec2Client.class, WORLD.sandbox().ec2()),
                WORLD.aws(),
                WORLD.a(),
                WORLD.b());
    }

    private static Metrics metrics() {
        return new CloudWatchMetrics(
                INCOMPLETE.over(CloudWatchClient.class, WORLD.sandbox().cloudWatch()),
                WORLD.aws(),
                WORLD.loadBalancer(),
                WORLD.a(),
                WORLD.b());
    }

    private static Installer installer() {
        return new CodeDeployInstaller(
                INCOMPLETE.over(CodeDeployClient.class, WORLD.sandbox().codeDeploy()),
                WORLD.aws(),
                WORLD.application(),
                WORLD.a(),
                WORLD.b(),
                Optional.empty());
    }

    private static Instant longAgo() {
        return WORLD.clock().instant().minus(Duration.ofHours(1));
    }

    private static List<String> instances() {
        return new AsgFleets(WORLD.sandbox().autoScaling(), WORLD.sandbox()::ec2, WORLD.aws(), WORLD.a(), WORLD.b())
                .groups().get(FleetName.A).instances().stream()
                        .map(Instance::id)
                        .toList();
    }

    /** An alarm that fires, and requests that were counted. */
    @BeforeAll
    static void watch() {
        WORLD.sandbox()
                .cloudWatch()
                .putMetricAlarm(r -> r.alarmName("checkout-5xx")
                        .namespace("AWS/ApplicationELB")
                        .metricName("HTTPCode_Target_5XX_Count")
                        .statistic("Sum")
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator("GreaterThanThreshold"));
        WORLD.sandbox()
                .cloudWatch()
                .setAlarmState(
                        r -> r.alarmName("checkout-5xx").stateValue("ALARM").stateReason("set by hand"));
        WORLD.count(FleetName.A, "RequestCount", WORLD.clock().instant(), 1, 100);
        WORLD.settle();
    }

    /** The sandbox would have to be broken to launch nothing; this is what Auto Scaling says then. */
    private record FailedLaunches() implements AutoScalingClient {
        @Override
        public DescribeScalingActivitiesResponse describeScalingActivities(DescribeScalingActivitiesRequest request) {
            Activity failed = Activity.builder()
                    .activityId("1")
                    .autoScalingGroupName(WORLD.a().autoScalingGroup())
                    .description("Launching a new EC2 instance.  Status Reason: no capacity")
                    .cause("a user request")
                    .startTime(WORLD.clock().instant())
                    .statusCode(ScalingActivityStatusCode.FAILED)
                    .statusMessage("no capacity")
                    .progress(100)
                    .build();
            return DescribeScalingActivitiesResponse.builder()
                    .activities(failed, failed)
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    /**
     * @param safe what is made of an answer that lacks something may say less than the whole one, and nothing better
     */
    private record Asked(Supplier<Object> reading, Predicate<Object> safe) {}

    static Stream<Named<Asked>> readings() {
        return Stream.of(
                reading(
                        "the rule",
                        () -> router().route(),
                        Route.class,
                        route -> route.routing().equals(Routing.full(FleetName.A))
                                || route.routing() instanceof Routing.Foreign),
                reading(
                        "a fleet's targets",
                        () -> router().targets(FleetName.A),
                        Targets.class,
                        seen -> seen.healthy() <= 2 && seen.initial() == 0),
                reading("an owned rule", () -> rules().rule(WORLD.rule())),
                reading(
                        "a service's rule",
                        () -> rules().standing(new RuleWish(
                                "stack",
                                "checkout",
                                WORLD.listener(),
                                List.of("checkout.example.com"),
                                List.of(),
                                102))),
                reading("the priorities", () -> rules().takenPriorities(WORLD.listener())),
                reading("the fleets", () -> fleets().groups()),
                reading(
                        "what a group launches from",
                        () -> new AsgLaunchSources(autoScaling(), WORLD.aws())
                                .of(WORLD.a().autoScalingGroup())),
                reading(
                        "trouble of launches",
                        () -> new AsgFleets(
                                        INCOMPLETE.over(AutoScalingClient.class, new FailedLaunches()),
                                        WORLD.sandbox()::ec2,
                                        WORLD.aws(),
                                        WORLD.a(),
                                        WORLD.b())
                                .launchTrouble(FleetName.A, longAgo())),
                reading("status checks", () -> fleets().statusChecks(INSTANCES)),
                reading(
                        "traffic",
                        () -> metrics().traffic(longAgo(), WORLD.clock().instant())),
                reading(
                        "alarms",
                        () -> metrics().alarms(List.of("checkout-5xx"), longAgo()),
                        Map.class,
                        states -> !states.containsValue(AlarmState.OK)),
                reading("a deployment", () -> installer().follow(FleetName.A, STARTED.deployment(), INSTANCES)),
                reading(
                        "a group's deployments",
                        () -> installer().start(FleetName.A, WORLD.revision(), ROLLOUT, longAgo())));
    }

    private static Named<Asked> reading(String name, Supplier<Object> reading) {
        return reading(name, reading, Object.class, read -> true);
    }

    private static <T> Named<Asked> reading(String name, Supplier<Object> reading, Class<T> type, Predicate<T> safe) {
        return Named.of(name, new Asked(reading, read -> safe.test(type.cast(read))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readings")
    void any_field_may_be_missing(Asked asked) {
        INCOMPLETE.leaveNothingOut();
        assertThat(asked.safe().test(asked.reading().get())).isTrue();
        List<String> fields = INCOMPLETE.fields();
        assertThat(fields).isNotEmpty();
        for (String field : fields) {
            INCOMPLETE.leaveOut(field);
            assertThat(outcome(asked)).as("without " + field).isEmpty();
        }
    }

    /** What is wrong with how it went; empty where it is right. */
    private static Optional<String> outcome(Asked asked) {
        try {
            Object read = asked.reading().get();
            return asked.safe().test(read) ? Optional.empty() : Optional.of("it was read as " + read);
        } catch (CallFailed told) {
            return told.kind() == CallFailed.Kind.INVALID ? Optional.empty() : Optional.of(told.toString());
        } catch (RuntimeException uncaught) {
            return Optional.of(uncaught + " at " + uncaught.getStackTrace()[0]);
        }
    }
}
