package dev.greenlight.cli.demo;

import dev.greenlight.adapter.Pause;
import dev.greenlight.adapter.http.HttpSmokeProbe;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.InstalledService;
import dev.greenlight.config.Settings;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.http.HttpDataPlane;
import dev.greenlight.sandbox.http.HttpSettings;
import dev.greenlight.sandbox.load.LoadGenerator;
import dev.greenlight.sandbox.load.LoadPlan;
import dev.greenlight.sandbox.load.Sample;
import dev.greenlight.sandbox.load.WallTime;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * Everything that the demo plays on: the festival service with v1 on four instances, Greenlight installed, a clock that runs
 * fast, real instance servers behind a real proxy, and visitors who never try twice.
 */
final class Theatre implements AutoCloseable {

    static final String SERVICE = "festival";

    /** The version that serves before the first release. */
    static final String FIRST = "v1";

    private static final String ALARM = "festival-orders-lost";

    private static final int INSTANCES = 4;
    /** As many as it began with, and as many more as the template lets it have. */
    private static final FleetPlan SERVING = new FleetPlan(new Capacity(2, INSTANCES, 24), Optional.of(FIRST));

    private static final int VISITORS_PER_SECOND = 100;

    /** A minute passes in a second: a release takes a quarter of an hour, and people have seconds. */
    private static final double MINUTE_PER_SECOND = 60;

    /** An hour passes in a second, for the hours in which nothing happens. */
    private static final double HOUR_PER_SECOND = 3600;

    private static final Instant OPENING = Instant.parse("2026-07-03T10:00:00Z");

    private final Path disks;
    private final Thread cleaner;
    private final SandboxClock clock;
    private final DynamoDb dynamoDb;
    private final Sandbox sandbox;
    private final HttpDataPlane plane;
    private final InstalledService service;
    private final WallTime wall = new WallTime();
    private final LoadGenerator visitors;

    private Theatre(Path disks) {
        this.disks = disks;
        this.cleaner = new Thread(() -> delete(disks));
        // A demo that is killed half-way leaves no instances' disks behind.
        Runtime.getRuntime().addShutdownHook(cleaner);
        this.clock = SandboxClock.wall(OPENING, MINUTE_PER_SECOND);
        this.dynamoDb = DynamoDb.local();
        Setup setup = Setup.real(disks);
        Blueprint blueprint = Blueprint.festival();
        this.sandbox = Sandbox.empty(blueprint.account(), clock, setup);
        this.service = new InstalledService(
                sandbox,
                new InstalledService.Props(
                        blueprint, SERVING, clock, Pause.sleeping(), this::probe, dynamoDb, "demo", Map.of()));
        watchOrders();
        for (Instance instance : sandbox.world().instances()) {
            SampleBundle.preinstall(setup.disks().root(instance.id()), FIRST, Behaviour.good());
        }
        this.plane = HttpDataPlane.start(sandbox.world(), id -> setup.disks().root(id), HttpSettings.fastClock());
        LoadPlan plan = LoadPlan.steady(plane.port(), VISITORS_PER_SECOND)
                .header("Host", sandbox.site().landscape().host());
        this.visitors = LoadGenerator.start(plan, wall, clock, sample -> {});
    }

    /** The shop's own alarm, which its greenlight.yaml names: no orders were lost so far. */
    private void watchOrders() {
        sandbox.cloudWatch()
                .putMetricAlarm(alarm -> alarm.alarmName(ALARM)
                        .namespace("Festival")
                        .metricName("OrdersLost")
                        .statistic(Statistic.SUM)
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                        .treatMissingData("ignore"));
        sandbox.cloudWatch()
                .setAlarmState(alarm ->
                        alarm.alarmName(ALARM).stateValue(StateValue.OK).stateReason("the box office has just opened"));
    }

    /** The load balancer's name leads to this machine, where nobody has its certificate. */
    private SmokeProbe probe(Settings.Preview preview) {
        URI here = URI.create("http://127.0.0.1:" + plane.port());
        return new HttpSmokeProbe(here, preview.host(), preview.header(), preview::secretFor);
    }

    static Theatre open() throws IOException {
        return new Theatre(Files.createTempDirectory("greenlight-demo"));
    }

    InstalledService service() {
        return service;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    WallTime wall() {
        return wall;
    }

    List<Sample> samples() {
        return visitors.samples();
    }

    /** Lets so much sandbox time pass at an hour a second; the visitors go on in wall time meanwhile. */
    void hoursPass(Duration time) throws InterruptedException {
        Instant until = clock.instant().plus(time);
        clock.factor(HOUR_PER_SECOND);
        while (clock.instant().isBefore(until)) {
            // The clock runs with the wall's, only faster: there is nothing to wait for but time.
            Thread.sleep(20);
        }
        clock.factor(MINUTE_PER_SECOND);
    }

    @Override
    public void close() {
        visitors.close();
        sandbox.close();
        plane.close();
        dynamoDb.close();
        Runtime.getRuntime().removeShutdownHook(cleaner);
        delete(disks);
    }

    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, IOException unread) throws IOException {
                    Files.delete(left);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // The system's own cleaning of temporary files takes what a busy script still held open.
            folder.toFile().deleteOnExit();
        }
    }
}
