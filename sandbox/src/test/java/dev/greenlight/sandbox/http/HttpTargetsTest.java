package dev.greenlight.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.load.LoadGenerator;
import dev.greenlight.sandbox.load.LoadPlan;
import dev.greenlight.sandbox.load.OneShot;
import dev.greenlight.sandbox.load.Outcome;
import dev.greenlight.sandbox.load.Sample;
import dev.greenlight.sandbox.load.WallTime;
import dev.greenlight.sandbox.receipt.Receipt;
import dev.greenlight.sandbox.receipt.Window;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.TargetState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What state a target is in, and what that means for a request, through a socket. */
class HttpTargetsTest {

    private static final Duration CHECK = Duration.ofSeconds(10);

    @TempDir
    Path roots;

    private HttpWorld shop;

    @BeforeEach
    void build() {
        shop = HttpWorld.ticked(roots, HttpSettings.exact());
    }

    @AfterEach
    void close() {
        shop.close();
    }

    /** One more instance of fleet A, booted and registered a moment ago, with this release on it. */
    private Instance newcomer(String version, Behaviour behaviour) {
        Capacity now = shop.world.autoScalingGroup("fleet-a").orElseThrow().capacity();
        List<Instance> before = shop.world.instances("fleet-a");
        shop.world.capacity("fleet-a", now.withDesired(now.desired() + 1));
        shop.clock.advance(shop.world.timings().reaction());
        Instance instance = shop.world.instances("fleet-a").stream()
                .filter(one -> !before.contains(one))
                .findFirst()
                .orElseThrow();
        shop.install(instance, version, behaviour);
        while (instance.inServiceSince().isEmpty()) {
            shop.clock.advance(Duration.ofSeconds(1));
        }
        return instance;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is up").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void a_target_in_no_rule_is_unused_and_never_asked() {
        List<Instance> idle = shop.serve(shop.b, 1, "v1", Behaviour.good());

        shop.clock.advance(Duration.ofMinutes(5));

        assertThat(shop.health(shop.b, idle.get(0)).reason()).isEqualTo("Target.NotInUse");
        assertThat(shop.plane.served().of("v1", "/health")).isZero();
    }

    @Test
    void a_group_with_weight_0_is_in_use_and_its_targets_are_asked() {
        shop.serve(shop.a, 1, "v1", Behaviour.good());
        List<Instance> green = shop.serve(shop.b, 1, "v2", Behaviour.good());
        shop.route(shop.weights(1, 0));

        shop.clock.advance(CHECK.multipliedBy(2));

        assertThat(shop.state(shop.b, green.get(0))).isEqualTo(TargetState.HEALTHY);
        assertThat(shop.plane.served().of("v2", "/health")).isPositive();
        assertThat(shop.versions(20)).containsOnly("v1");
    }

    @Test
    void a_new_target_gets_no_requests_until_one_check_has_passed() {
        shop.serve(shop.a, 1, "v1", Behaviour.good());
        shop.route(HttpWorld.only(shop.a));
        Instance newcomer = newcomer("v2", Behaviour.good());

        assertThat(shop.state(shop.a, newcomer)).isEqualTo(TargetState.INITIAL);
        assertThat(shop.versions(20)).containsOnly("v1");

        shop.clock.advance(CHECK.multipliedBy(2));
        assertThat(shop.state(shop.a, newcomer)).isEqualTo(TargetState.HEALTHY);
        assertThat(shop.versions(20)).contains("v1", "v2");
    }

    @Test
    void a_target_that_fails_two_checks_is_unhealthy_with_the_reason_and_gets_no_requests() {
        List<Instance> blue = shop.serve(shop.a, 2, "v1", Behaviour.good());
        shop.route(HttpWorld.only(shop.a));
        shop.install(blue.get(1), "v2", Behaviour.good().unhealthy());

        shop.clock.advance(CHECK.multipliedBy(3));

        assertThat(shop.state(shop.a, blue.get(0))).isEqualTo(TargetState.HEALTHY);
        assertThat(shop.state(shop.a, blue.get(1))).isEqualTo(TargetState.UNHEALTHY);
        assertThat(shop.health(shop.a, blue.get(1)).reason()).isEqualTo("Target.ResponseCodeMismatch");
        assertThat(shop.versions(20)).containsOnly("v1");
    }

    @Test
    void a_group_with_only_unhealthy_targets_fails_open() {
        shop.serve(shop.a, 2, "v1", Behaviour.good().unhealthy());
        shop.route(HttpWorld.only(shop.a));

        shop.clock.advance(CHECK.multipliedBy(3));

        assertThat(shop.world.targetHealth(shop.a.arn())).allMatch(target -> target.state() == TargetState.UNHEALTHY);
        assertThat(shop.get("/checkout").outcome()).isEqualTo(new Outcome.Answered(200));
    }

    @Test
    void a_draining_target_finishes_what_it_has_gets_nothing_new_and_stops_after_the_whole_delay() {
        List<Instance> blue = shop.serve(shop.a, 1, "v1", Behaviour.good().answeringAfter(Duration.ofMillis(300)));
        shop.serve(shop.a, 1, "v2", Behaviour.good());
        shop.route(HttpWorld.only(shop.a));
        shop.clock.advance(CHECK.multipliedBy(2));
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<OneShot.Reply>> underWay = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                underWay.add(CompletableFuture.supplyAsync(() -> shop.get("/checkout"), users));
            }
            await(() -> shop.plane.inFlight(blue.get(0).id()) == 2);
            shop.world.capacity("fleet-a", new Capacity(0, 1, 10));
            shop.world.terminate(blue.get(0).id());

            assertThat(shop.state(shop.a, blue.get(0))).isEqualTo(TargetState.DRAINING);
            assertThat(shop.versions(10)).containsOnly("v2");
            assertThat(underWay.stream().map(CompletableFuture::join))
                    .allMatch(reply -> !reply.outcome().failed());
        }
        shop.clock.advance(HttpWorld.DRAINING.minusSeconds(1));
        assertThat(shop.state(shop.a, blue.get(0))).isEqualTo(TargetState.DRAINING);
        assertThat(blue.get(0).port()).isPositive();

        shop.clock.advance(shop.world.timings().shutdown().plusSeconds(2));
        assertThat(shop.state(shop.a, blue.get(0))).isEqualTo(TargetState.UNUSED);
        assertThat(blue.get(0).port()).isZero();
    }

    @Test
    void a_killed_instance_loses_exactly_what_it_had_in_hand_and_receipt_and_metrics_say_so()
            throws InterruptedException {
        Instance dying = shop.serve(shop.a, 1, "v1", Behaviour.good().answeringAfter(Duration.ofMinutes(1)))
                .get(0);
        shop.route(HttpWorld.only(shop.a));
        int inHand = 17;
        WallTime wall = new WallTime();
        Instant from = wall.instant();
        LoadPlan plan = LoadPlan.steady(shop.plane.port(), 500)
                .header("Host", HttpWorld.HOST)
                .ending(inHand);
        try (LoadGenerator load = LoadGenerator.start(plan, wall, shop.clock, sample -> {})) {
            await(() -> shop.plane.inFlight(dying.id()) == inHand);
            shop.serve(shop.a, 1, "v2", Behaviour.good());

            shop.world.kill(dying.id());

            // A healthy target stands beside it: whoever tries again would hide the death.
            Receipt receipt =
                    Receipt.of(load.await(), new Window(from, wall.instant()), List.of(), Duration.ofSeconds(1));
            assertThat(receipt.requests()).isEqualTo(inHand);
            assertThat(receipt.failedByVersion()).isEqualTo(Map.of(Receipt.NO_VERSION, (long) inHand));
        }
        assertThat(shop.plane.served().of("v2", "/checkout")).isZero();
        assertThat(shop.sum("HTTPCode_ELB_502_Count")).isEqualTo(inHand);
        assertThat(shop.sum("TargetConnectionErrorCount")).isEqualTo(inHand);
    }

    @Test
    void requests_to_a_dead_instance_fail_until_its_checks_have_failed_too() {
        List<Instance> blue = shop.serve(shop.a, 2, "v1", Behaviour.good());
        shop.route(HttpWorld.only(shop.a));
        shop.world.kill(blue.get(0).id());

        assertThat(shop.versions(10)).filteredOn("none"::equals).hasSize(5);

        shop.clock.advance(CHECK.multipliedBy(3));
        assertThat(shop.versions(10)).containsOnly("v1");
    }

    @Test
    void under_load_a_fleet_drains_and_stops_without_a_lost_request() throws InterruptedException {
        try (HttpWorld fast = new HttpWorld(
                SandboxClock.wall(Instant.parse("2026-01-01T00:00:00Z"), 200), roots, HttpSettings.fastClock())) {
            List<Instance> blue = fast.serve(fast.a, 3, "v1", Behaviour.good());
            fast.serve(fast.b, 3, "v2", Behaviour.good());
            fast.world.writeAction(fast.production.arn(), fast.weights(1, 0));
            await(() -> fast.get("/checkout").header("x-app-version").isPresent());
            LoadPlan plan = LoadPlan.steady(fast.plane.port(), 100).header("Host", HttpWorld.HOST);
            try (LoadGenerator load = LoadGenerator.start(plan, new WallTime(), fast.clock, sample -> {})) {
                await(() -> load.samples().size() > 30);
                fast.world.writeAction(fast.production.arn(), fast.weights(0, 1));
                fast.world.capacity("fleet-a", new Capacity(0, 0, 10));
                await(() -> blue.stream().allMatch(instance -> instance.port() == 0));
                int stopped = load.samples().size();
                await(() -> load.samples().size() > stopped + 30);
                load.close();

                assertThat(load.samples()).noneMatch(Sample::failed);
                assertThat(load.samples().get(0).version()).contains("v1");
                assertThat(load.samples().getLast().version()).contains("v2");
            }
        }
    }
}
