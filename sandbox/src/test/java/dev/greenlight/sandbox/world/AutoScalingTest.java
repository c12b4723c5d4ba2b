package dev.greenlight.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Auto Scaling user guide, "Instance lifecycle", "Lifecycle hooks", "Health checks" and "Suspend and resume processes". */
class AutoScalingTest {

    @Test
    void a_group_launches_what_it_desires_and_registers_it_once_it_is_in_service() {
        try (Story story = Story.serving(2)) {
            capacity(story, 3);
            story.seconds(5);
            assertThat(instanceStates(story))
                    .containsExactly(InstanceState.PENDING, InstanceState.PENDING, InstanceState.PENDING);
            assertThat(story.states(story.b())).isEmpty();
            story.seconds(60);
            assertThat(instanceStates(story)).containsOnly(InstanceState.IN_SERVICE);
            assertThat(story.states(story.b())).hasSize(3);
        }
    }

    @Test
    void a_scale_in_drains_the_oldest_instance_and_only_then_ends_it() {
        try (Story story = Story.serving(3)) {
            GoneList plane = new GoneList();
            story.world().dataPlane(plane);
            Instance oldest = story.instances(story.a()).get(0);
            story.world().capacity(story.a().autoScalingGroup(), new Capacity(0, 2, 10));
            story.seconds(5);
            assertThat(oldest.state()).isEqualTo(InstanceState.TERMINATING);
            assertThat(story.states(story.a())).contains(TargetState.DRAINING);
            story.seconds(59);
            assertThat(plane.gone).isEmpty();
            story.seconds(25);
            assertThat(plane.gone).containsExactly(oldest.id());
            assertThat(oldest.state()).isEqualTo(InstanceState.TERMINATED);
            assertThat(story.instances(story.a())).hasSize(2);
            assertThat(story.world().instance(oldest.id())).isPresent();
            story.pass(Duration.ofHours(1));
            assertThat(story.world().instance(oldest.id())).isEmpty();
        }
    }

    @Test
    void a_launch_hook_holds_an_instance_until_it_is_answered() {
        try (Story story = Story.serving(1)) {
            List<LaunchHook.Completion> open = new ArrayList<>();
            story.world().launchHook(story.b().autoScalingGroup(), (id, completion) -> open.add(completion));
            capacity(story, 1);
            story.seconds(60);
            assertThat(instanceStates(story)).containsExactly(InstanceState.PENDING_WAIT);
            open.get(0).continue_();
            open.get(0).abandon();
            assertThat(instanceStates(story)).containsExactly(InstanceState.IN_SERVICE);
        }
    }

    @Test
    void instances_whose_hook_is_abandoned_are_launched_and_terminated_without_end() {
        try (Story story = Story.serving(1)) {
            List<String> launched = new ArrayList<>();
            story.world().launchHook(story.b().autoScalingGroup(), (id, completion) -> {
                launched.add(id);
                completion.abandon();
            });
            capacity(story, 1);
            story.pass(Duration.ofMinutes(10));
            assertThat(launched).hasSizeGreaterThan(8).doesNotHaveDuplicates();
            assertThat(story.world().activities(story.b().autoScalingGroup()))
                    .filteredOn(activity -> activity.description().startsWith("Launching"))
                    .filteredOn(activity -> activity.ended().isPresent())
                    .allSatisfy(activity -> {
                        assertThat(activity.status()).isEqualTo("Cancelled");
                        assertThat(activity.message()).contains("Lifecycle Action Completed with ABANDON Result");
                    });
        }
    }

    @Test
    void a_hook_that_nobody_answers_is_abandoned_at_its_timeout() {
        try (Story story = Story.serving(1)) {
            story.world().launchHook(story.b().autoScalingGroup(), (id, completion) -> {});
            capacity(story, 1);
            story.seconds(60);
            String held = story.instances(story.b()).get(0).id();
            story.pass(Duration.ofMinutes(61));
            assertThat(story.instances(story.b()))
                    .noneMatch(instance -> instance.id().equals(held));
            assertThat(story.world().activities(story.b().autoScalingGroup()))
                    .anySatisfy(activity -> assertThat(activity.message()).contains("Heartbeat Timeout"));
        }
    }

    @Test
    void a_dead_instance_is_noticed_after_a_while_and_replaced() {
        try (Story story = Story.serving(2)) {
            Instance dead = story.instances(story.a()).get(0);
            story.world().kill(dead.id());
            story.seconds(50);
            assertThat(dead.state()).isEqualTo(InstanceState.IN_SERVICE);
            story.seconds(20);
            assertThat(dead.state()).isEqualTo(InstanceState.TERMINATING);
            story.seconds(120);
            assertThat(story.instances(story.a())).hasSize(2).doesNotContain(dead);
        }
    }

    @Test
    void with_elb_health_checks_an_unhealthy_target_is_replaced_unless_that_is_suspended() {
        for (ScalingProcess suspended : List.of(ScalingProcess.HEALTH_CHECK, ScalingProcess.REPLACE_UNHEALTHY)) {
            assertThat(survivesAnUnhealthyHour(HealthCheckType.ELB, Set.of(suspended)))
                    .isTrue();
        }
        assertThat(survivesAnUnhealthyHour(HealthCheckType.ELB, Set.of())).isFalse();
        assertThat(survivesAnUnhealthyHour(HealthCheckType.EC2, Set.of())).isTrue();
    }

    @Test
    void a_suspended_launch_or_terminate_is_caught_up_with_after_the_resume() {
        try (Story story = Story.serving(2)) {
            String group = story.a().autoScalingGroup();
            story.world().suspend(group, Set.of(ScalingProcess.LAUNCH, ScalingProcess.TERMINATE));
            story.world().capacity(group, new Capacity(0, 4, 10));
            story.pass(Duration.ofMinutes(5));
            assertThat(story.instances(story.a())).hasSize(2);
            story.world().capacity(group, new Capacity(0, 1, 10));
            story.pass(Duration.ofMinutes(5));
            assertThat(story.instances(story.a())).hasSize(2);
            story.world().resume(group, Set.of(ScalingProcess.TERMINATE));
            story.pass(Duration.ofMinutes(5));
            assertThat(story.instances(story.a())).hasSize(1);
        }
    }

    @Test
    void without_add_to_load_balancer_new_instances_serve_nobody() {
        try (Story story = Story.serving(1)) {
            story.world().suspend(story.b().autoScalingGroup(), Set.of(ScalingProcess.ADD_TO_LOAD_BALANCER));
            capacity(story, 1);
            story.pass(Duration.ofMinutes(3));
            assertThat(instanceStates(story)).containsExactly(InstanceState.IN_SERVICE);
            assertThat(story.states(story.b())).isEmpty();
        }
    }

    @Test
    void a_fleet_that_follows_its_load_shrinks_to_its_minimum_when_the_load_leaves_it() {
        try (Story story = Story.serving(6)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            story.world().followLoad(story.a().autoScalingGroup(), 1000);
            plane.load(story.sandbox().site().request("/"), 100);
            story.pass(Duration.ofMinutes(30));
            assertThat(story.instances(story.a())).hasSize(6);

            story.greenServes(6);
            story.weights(0, 100);
            story.pass(Duration.ofMinutes(10));
            assertThat(story.instances(story.a())).hasSize(6);
            story.pass(Duration.ofMinutes(10));
            assertThat(story.instances(story.a())).hasSize(2);
        }
    }

    @Test
    void suspended_alarm_notifications_stop_the_shrinking_and_the_growing() {
        try (Story story = Story.serving(6)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            story.world().followLoad(story.a().autoScalingGroup(), 1000);
            story.world().suspend(story.a().autoScalingGroup(), Set.of(ScalingProcess.ALARM_NOTIFICATION));
            Load load = plane.load(story.sandbox().site().request("/"), 10);
            story.pass(Duration.ofMinutes(30));
            load.rate(1000);
            story.pass(Duration.ofMinutes(30));
            assertThat(story.instances(story.a())).hasSize(6);
            story.world().resume(story.a().autoScalingGroup(), Set.of(ScalingProcess.ALARM_NOTIFICATION));
            story.pass(Duration.ofMinutes(3));
            assertThat(story.instances(story.a())).hasSize(10);
        }
    }

    @Test
    void a_scheduled_action_wakes_an_idle_fleet_unless_it_is_suspended() {
        try (Story story = Story.serving(1)) {
            Capacity morning = new Capacity(1, 3, 10);
            story.world().scheduledAction(story.b().autoScalingGroup(), Story.MONDAY.plusSeconds(600), morning);
            story.world().scheduledAction(story.a().autoScalingGroup(), Story.MONDAY.plusSeconds(600), morning);
            story.world().suspend(story.a().autoScalingGroup(), Set.of(ScalingProcess.SCHEDULED_ACTIONS));
            story.pass(Duration.ofMinutes(15));
            assertThat(story.instances(story.b())).hasSize(3);
            assertThat(story.instances(story.a())).hasSize(1);
        }
    }

    @Test
    void equal_seeds_make_equal_worlds() {
        assertThat(idsAfterAnHour()).isEqualTo(idsAfterAnHour());
    }

    private static boolean survivesAnUnhealthyHour(HealthCheckType type, Set<ScalingProcess> suspended) {
        try (Story story = Story.serving(1)) {
            story.world().healthCheckType(story.a().autoScalingGroup(), type);
            story.world().suspend(story.a().autoScalingGroup(), suspended);
            Instance sick = story.instances(story.a()).get(0);
            sick.revision(null);
            story.pass(Duration.ofHours(1));
            return sick.state() == InstanceState.IN_SERVICE;
        }
    }

    private static Set<String> idsAfterAnHour() {
        try (Story story = Story.serving(2)) {
            story.world().launchHook(story.b().autoScalingGroup(), (id, completion) -> completion.abandon());
            capacity(story, 3);
            story.pass(Duration.ofHours(1));
            return story.world().instances().stream().map(Instance::id).collect(Collectors.toSet());
        }
    }

    private static void capacity(Story story, int desired) {
        story.world().capacity(story.b().autoScalingGroup(), new Capacity(0, desired, 10));
    }

    private static List<InstanceState> instanceStates(Story story) {
        return story.instances(story.b()).stream().map(Instance::state).toList();
    }

    /** Remembers who went. */
    private static final class GoneList implements DataPlane {
        private final List<String> gone = new ArrayList<>();

        @Override
        public void booted(Instance instance) {
            // Not of interest.
        }

        @Override
        public void gone(Instance instance) {
            gone.add(instance.id());
        }

        @Override
        public Health check(Instance instance, HealthCheck healthCheck) {
            return Health.ok();
        }
    }
}
