package dev.greenlight.counterpart;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.Clients;
import dev.greenlight.adapter.DeployedClients;
import dev.greenlight.adapter.Once;
import dev.greenlight.adapter.scheduler.EventBridgeAppointments.Book;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.hook.RevisionLocation;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

/**
 * The landscape in other people's simulation of AWS, built as anybody would build it there: through the API, by the very clients that a
 * function has. Each part is made when a test first needs it; what is costly and never written to is shared by all tests of a JVM.
 */
public final class BuiltGround implements Ground {

    private static final String REGION = "eu-west-1";

    /** A simulation loads a service when it is first asked for it, on a machine that may have other things to do. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final AtomicInteger SERVICES = new AtomicInteger();
    private static final Map<URI, Foundation> FOUNDATIONS = new ConcurrentHashMap<>();

    private final Counterpart counterpart;
    private final Foundation foundation;
    private final String service;
    private final BuiltFleets fleets;
    private final Supplier<String> application = Once.of(this::makeApplication);
    private final Supplier<String> scheduleGroup = Once.of(this::makeScheduleGroup);
    private final Supplier<String> rule;
    private final Supplier<String> closedRule;

    /** A landscape of its own at that address. */
    public BuiltGround(Counterpart counterpart, URI endpoint) {
        this.counterpart = counterpart;
        this.foundation = FOUNDATIONS.computeIfAbsent(endpoint, at -> new Foundation(clients(at)));
        this.service = "checkout-" + SERVICES.incrementAndGet();
        this.fleets = new BuiltFleets(foundation, service);
        this.rule = Once.of(() -> foundation.rule(service + ".example.com", fleets.allToA()));
        this.closedRule = Once.of(() -> foundation.rule("closed-" + service + ".example.com", Foundation.closed()));
    }

    private static Clients clients(URI endpoint) {
        return new DeployedClients(
                REGION,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("testing", "testing")),
                Optional.of(endpoint),
                PATIENCE);
    }

    @Override
    public Counterpart counterpart() {
        return counterpart;
    }

    @Override
    public Clients clients() {
        return foundation.clients();
    }

    /** What fails here will fail again: nobody waits for a throttle. */
    @Override
    public Aws aws() {
        return new Aws(length -> {});
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    /** Simulations of the control plane bring everything to its end at once. */
    @Override
    public void settle() {}

    @Override
    public Fleet a() {
        return fleets.a();
    }

    @Override
    public Fleet b() {
        return fleets.b();
    }

    @Override
    public String loadBalancer() {
        return foundation.loadBalancer();
    }

    @Override
    public String listener() {
        return foundation.listener();
    }

    @Override
    public String rule() {
        return rule.get();
    }

    @Override
    public String closedRule() {
        return closedRule.get();
    }

    @Override
    public LaunchSource.Template revised(LaunchSource.Template template) {
        return BuiltFleets.revised(clients(), template);
    }

    @Override
    public void count(FleetName fleet, String metric, Instant at, double value, int times) {
        List<Dimension> dimensions = List.of(
                dimension("LoadBalancer", after(":loadbalancer/", loadBalancer())),
                dimension(
                        "TargetGroup",
                        "targetgroup/" + after(":targetgroup/", fleet(fleet).targetGroup())));
        MetricDatum datum = MetricDatum.builder()
                .metricName(metric)
                .dimensions(dimensions)
                .timestamp(at)
                .values(value)
                .counts((double) times)
                .build();
        clients()
                .cloudWatch()
                .putMetricData(r -> r.namespace("AWS/ApplicationELB").metricData(datum));
    }

    private static Dimension dimension(String name, String value) {
        return Dimension.builder().name(name).value(value).build();
    }

    private static String after(String mark, String arn) {
        return arn.substring(arn.indexOf(mark) + mark.length());
    }

    @Override
    public String application() {
        return application.get();
    }

    private String makeApplication() {
        clients().codeDeploy().createApplication(r -> r.applicationName(service).computePlatform("Server"));
        for (Fleet fleet : List.of(a(), b())) {
            clients()
                    .codeDeploy()
                    .createDeploymentGroup(r -> r.applicationName(service)
                            .deploymentGroupName(fleet.deploymentGroup())
                            .autoScalingGroups(fleet.autoScalingGroup())
                            .serviceRoleArn(foundation.role("codedeploy")));
        }
        return service;
    }

    @Override
    public RevisionLocation revision() {
        return new RevisionLocation("artifacts", "v2.zip");
    }

    @Override
    public Book book() {
        return new Book(
                service,
                scheduleGroup.get(),
                foundation.role("scheduler"),
                "arn:aws:lambda:%s:123456789012:function:retire-blue".formatted(REGION),
                Optional.empty());
    }

    private String makeScheduleGroup() {
        clients().scheduler().createScheduleGroup(r -> r.name(service));
        return service;
    }

    /** What stands there is in nobody's way, and goes with the simulation. */
    @Override
    public void close() {}

    /** A table as an installation has it; all tests share it, and each is a service of its own in it. */
    public String table() {
        return foundation.table();
    }

    /** The name that no other landscape has. */
    public String service() {
        return service;
    }
}
