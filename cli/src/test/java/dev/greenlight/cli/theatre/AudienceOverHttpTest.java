package dev.greenlight.cli.theatre;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.load.LoadPlan;
import dev.greenlight.sandbox.load.Sample;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigReader;
import dev.greenlight.service.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An A/B test by an audience on real HTTP: its requests say themselves where they go. */
class AudienceOverHttpTest {

    private static final int EVERYBODY = 0;
    private static final int AUDIENCE = 1;

    /** A minute passes in a second. */
    private static final double FACTOR = 60;

    private static final Duration WAIT = Duration.ofMinutes(5);

    /** A release that takes longer by the wall is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static Config loyalty() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("infra-cdk")) ? here : here.getParent();
        Config shorter = ConfigReader.read(root.resolve("infra-cdk/examples/a-b.yaml"))
                .waiting(wait -> wait.isZero() ? wait : WAIT);
        Trial test = ((Config.Traffic.AbTest) shorter.strategy().traffic()).test();
        // This machine's own load is in each latency.
        return shorter.releasing(new Config.Strategy(
                new Config.Traffic.AbTest(test.heldTo(new Trial.Bar(0.01, 10, 20))),
                shorter.strategy().bake()));
    }

    private static List<LoadPlan> visitors(int port) {
        LoadPlan plan = new LoadPlan(
                port,
                List.of("/checkout"),
                java.util.Map.of(),
                30,
                128,
                10_000_000,
                Duration.ofHours(1),
                Duration.ofSeconds(10));
        return List.of(
                plan.header("X-App", "web").header("Cookie", "beta=off"),
                plan.header("X-App", "iOS").header("Cookie", "session=7; beta=on; theme=dark"));
    }

    private static Set<String> versions(List<Sample> samples) {
        return samples.stream().flatMap(sample -> sample.version().stream()).collect(Collectors.toSet());
    }

    private static void await(BooleanSupplier over, Watch watch) throws InterruptedException {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !over.getAsBoolean(); Thread.onSpinWait()) {
            assertThat(System.nanoTime())
                    .as(() -> watch.toldSince(java.time.Instant.EPOCH).toString())
                    .isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }

    @Test
    void the_audience_sees_green_and_the_others_see_blue_until_all_do_or_nobody_does() throws Exception {
        try (DynamoDb dynamoDb = DynamoDb.inMemory();
                Theatre theatre = Theatre.open(new Theatre.Props(
                        "audience",
                        Fitted.to(loyalty()),
                        new FleetPlan(new Capacity(2, 2, 4), Optional.of(Theatre.FIRST)),
                        AudienceOverHttpTest::visitors,
                        FACTOR,
                        dynamoDb,
                        7))) {
            Watch watch = new Watch(theatre, told -> {});
            String good = theatre.service().merge("v2", SampleBundle.zip("v2", Behaviour.good()));
            await(() -> versions(theatre.samples(AUDIENCE)).contains("v2"), watch);
            // As long as the test runs.
            assertThat(versions(theatre.samples(EVERYBODY))).containsExactly(Theatre.FIRST);
            await(() -> decided(watch, good, "promote"), watch);
            assertThat(versions(theatre.samples(EVERYBODY))).containsExactlyInAnyOrder(Theatre.FIRST, "v2");

            String bad = theatre.service()
                    .merge("v3", SampleBundle.zip("v3", Behaviour.good().failing("/checkout", 0.5)));
            await(() -> decided(watch, bad, "roll back"), watch);
            int before = theatre.samples(AUDIENCE).size();
            await(() -> theatre.samples(AUDIENCE).size() > before + 60, watch);

            List<Sample> others = theatre.samples(EVERYBODY);
            assertThat(versions(others)).doesNotContain("v3");
            assertThat(others).noneMatch(Sample::failed);
            List<Sample> audience = theatre.samples(AUDIENCE);
            assertThat(versions(audience)).contains("v3");
            assertThat(versions(audience.subList(before + 30, audience.size()))).containsExactly("v2");
            // What failed was the bad version's own doing: nothing was lost on the way there and back.
            assertThat(audience.stream().filter(Sample::failed))
                    .isNotEmpty()
                    .allMatch(sample -> sample.version().equals(Optional.of("v3")));
        }
    }

    private static boolean decided(Watch watch, String rollout, String decision) {
        return watch.toldOf(rollout).stream().anyMatch(told -> told.decision().equals(decision));
    }
}
