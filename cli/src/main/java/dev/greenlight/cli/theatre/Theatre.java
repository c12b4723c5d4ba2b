package dev.greenlight.cli.theatre;

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
import dev.greenlight.sandbox.world.Instance;
import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Where releases are played for real: a service with its first version on running instances, Greenlight installed, a clock that runs fast,
 * real instance servers behind a real proxy, and visitors who never try twice.
 */
public final class Theatre implements AutoCloseable {

    /** The version that serves when it opens. */
    public static final String FIRST = "v1";

    /** An hour passes in a second, for the hours in which nothing happens. */
    private static final double HOUR_PER_SECOND = 3600;

    /** An instance that answers a check late by the wall is not ill: this machine is busy. */
    private static final HttpSettings HTTP = HttpSettings.fastClock().checkTimeout(Duration.ofSeconds(5));

    private static final Instant OPENING = Instant.parse("2026-07-03T10:00:00Z");

    private final Props props;
    private final Path disks;
    private final Thread cleaner;
    private final SandboxClock clock;
    private final Sandbox sandbox;
    private final HttpDataPlane plane;
    private final InstalledService service;
    private final WallTime wall = new WallTime();
    private final List<LoadGenerator> visitors;

    /**
     * What is played there.
     *
     * @param name what temporary folders are called after
     * @param blueprint what is installed
     * @param serving how the first fleet is found
     * @param visitors who comes, given the port of the load balancer; all ask for the service's host
     * @param factor sandbox seconds in a second of the wall
     * @param dynamoDb where the rollouts' table is created; it stays open
     * @param seed of what the load balancer draws by weight
     */
    public record Props(
            String name,
            Blueprint blueprint,
            FleetPlan serving,
            IntFunction<List<LoadPlan>> visitors,
            double factor,
            DynamoDb dynamoDb,
            long seed) {}

    private Theatre(Props props, Path disks) {
        this.props = props;
        this.disks = disks;
        this.cleaner = new Thread(() -> delete(disks));
        // Who is killed half-way leaves no instances' disks behind.
        Runtime.getRuntime().addShutdownHook(cleaner);
        this.clock = SandboxClock.wall(OPENING, props.factor());
        Setup setup = Setup.real(disks).withSeed(props.seed());
        this.sandbox = Sandbox.empty(props.blueprint().account(), clock, setup);
        this.service = new InstalledService(
                sandbox,
                new InstalledService.Props(
                        props.blueprint(),
                        props.serving(),
                        clock,
                        Pause.sleeping(),
                        this::probe,
                        props.dynamoDb(),
                        props.name(),
                        Map.of()));
        for (Instance instance : sandbox.world().instances()) {
            SampleBundle.preinstall(setup.disks().root(instance.id()), FIRST, Behaviour.good());
        }
        this.plane = HttpDataPlane.start(sandbox.world(), id -> setup.disks().root(id), HTTP);
        String host = sandbox.site().landscape().host();
        this.visitors = props.visitors().apply(plane.port()).stream()
                .map(plan -> LoadGenerator.start(plan.header("Host", host), wall, clock, sample -> {}))
                .toList();
    }

    /** The load balancer's name leads to this machine, where nobody has its certificate. */
    private SmokeProbe probe(Settings.Preview preview) {
        URI here = URI.create("http://127.0.0.1:" + plane.port());
        return new HttpSmokeProbe(here, preview.host(), preview.header(), preview::secretFor);
    }

    /** Opens it: visitors come from now on. */
    public static Theatre open(Props props) throws IOException {
        Path disks = Files.createTempDirectory("greenlight-" + props.name());
        try {
            return new Theatre(props, disks);
        } catch (RuntimeException broken) {
            // As when the JVM is ending already: nobody will close what was never opened.
            delete(disks);
            throw broken;
        }
    }

    public InstalledService service() {
        return service;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public WallTime wall() {
        return wall;
    }

    /** What visitors have seen so far, in the order of the answers. */
    public List<Sample> samples() {
        if (visitors.size() == 1) {
            return visitors.getFirst().samples();
        }
        return visitors.stream()
                .flatMap(generator -> generator.samples().stream())
                .sorted(Comparator.comparing(Sample::answeredAt))
                .toList();
    }

    /** The same of the visitors who came by one of the plans, the first one's number being 0. */
    public List<Sample> samples(int plan) {
        return visitors.get(plan).samples();
    }

    /** Lets so much sandbox time pass at an hour a second; the visitors go on in wall time meanwhile. */
    public void hoursPass(Duration time) throws InterruptedException {
        Instant until = clock.instant().plus(time);
        clock.factor(HOUR_PER_SECOND);
        while (clock.instant().isBefore(until)) {
            // The clock runs with the wall's, only faster: there is nothing to wait for but time.
            Thread.sleep(20);
        }
        clock.factor(props.factor());
    }

    /** From now on so many sandbox seconds pass in a second of the wall. */
    public void pace(double factor) {
        clock.factor(factor);
    }

    @Override
    public void close() {
        visitors.forEach(LoadGenerator::close);
        sandbox.close();
        plane.close();
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // The JVM is ending, and that very hook runs beside this.
        }
        delete(disks);
    }

    /** As far as it goes: a script that is still running may write, and somebody else may delete beside this. */
    private static void delete(Path folder) {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, IOException unread) throws IOException {
                    try {
                        Files.deleteIfExists(left);
                    } catch (DirectoryNotEmptyException written) {
                        // What was written meanwhile stays for who deletes last.
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // The system's own cleaning of temporary files takes what a busy script still held open.
        }
    }
}
