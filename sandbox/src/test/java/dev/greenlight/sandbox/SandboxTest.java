package dev.greenlight.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Choice;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SandboxTest {

    @Test
    void before_the_first_release_both_fleets_are_empty_and_both_groups_are_already_in_use() {
        try (Story story = Story.beforeFirstRelease()) {
            assertThat(story.instances(story.a())).isEmpty();
            assertThat(story.instances(story.b())).isEmpty();
            assertThat(story.world().used(story.a().targetGroupArn())).isTrue();
            assertThat(story.world().used(story.b().targetGroupArn())).isTrue();
            assertThat(story.split(1)).containsOnlyKeys("503");
            assertThat(story.world().rules())
                    .extracting(Rule::arn)
                    .contains(
                            story.sandbox().site().productionRule(),
                            story.a().previewRule(),
                            story.b().previewRule());
        }
    }

    @Test
    void a_serving_fleet_is_healthy_from_the_first_moment_and_stays_so() {
        try (Story story = Story.serving(4)) {
            assertThat(story.states(story.a())).hasSize(4).containsOnly(TargetState.HEALTHY);
            story.pass(Duration.ofHours(1));
            assertThat(story.instances(story.a()))
                    .hasSize(4)
                    .allMatch(instance -> instance.state() == InstanceState.IN_SERVICE);
            assertThat(story.split(10)).containsOnlyKeys(story.a().targetGroupArn());
        }
    }

    @Test
    void two_previews_with_one_secret_are_refused() {
        Landscape good = Landscape.beforeFirstRelease("checkout");
        assertThatThrownBy(() -> new Landscape(
                        good.account(),
                        good.service(),
                        good.host(),
                        good.previewHeader(),
                        List.of("same", "same"),
                        good.healthCheck(),
                        good.deregistrationDelay(),
                        good.fleetA(),
                        good.fleetB(),
                        good.zones()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void on_a_wall_clock_requests_are_routed_while_fleets_come_and_go_and_nothing_fails() throws Exception {
        SandboxClock clock = SandboxClock.wall(Story.MONDAY, 1200);
        try (Sandbox sandbox = Sandbox.of(Landscape.serving("checkout", "v1", 3), clock)) {
            Site site = sandbox.site();
            sandbox.world().launchHook(site.b().autoScalingGroup(), (id, completion) -> {
                sandbox.world().instance(id).orElseThrow().revision("v2");
                completion.continue_();
            });
            AtomicBoolean over = new AtomicBoolean();
            List<Thread> users = new ArrayList<>();
            List<Choice> lost = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                users.add(Thread.ofPlatform().start(() -> {
                    while (!over.get()) {
                        Choice choice =
                                sandbox.world().choose(site.request("/")).orElseThrow();
                        sandbox.world().answered(choice, 200, Duration.ofMillis(9), false);
                        if (!(choice instanceof Choice.Target)) {
                            synchronized (lost) {
                                lost.add(choice);
                            }
                        }
                    }
                }));
            }
            CountDownLatch grown = new CountDownLatch(1);
            sandbox.world().capacity(site.b().autoScalingGroup(), new Capacity(0, 3, 10));
            clock.every(Duration.ofSeconds(10), "the look at green", () -> {
                if (healthy(sandbox, site.b()) == 3) {
                    grown.countDown();
                }
            });
            assertThat(grown.await(60, TimeUnit.SECONDS)).isTrue();
            over.set(true);
            for (Thread user : users) {
                user.join();
            }
            assertThat(lost).isEmpty();
            assertThat(clock.failures()).isEmpty();
        }
    }

    private static long healthy(Sandbox sandbox, Site.Fleet fleet) {
        return sandbox.world().targetHealth(fleet.targetGroupArn()).stream()
                .filter(target -> target.state() == TargetState.HEALTHY)
                .count();
    }
}
