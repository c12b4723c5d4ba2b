package dev.greenlight.sandbox.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.Story;
import dev.greenlight.sandbox.clock.SandboxClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** User guide, "Health checks for Application Load Balancer target groups" and "Edit target group attributes". */
class TargetHealthTest {

    @Test
    void a_target_group_in_no_rule_is_unused_and_nobody_checks_it_until_a_rule_names_it_with_weight_0() {
        try (SandboxClock clock = SandboxClock.ticked(Story.MONDAY)) {
            World world = new World(clock, Timings.ordinary(), 1);
            world.createLoadBalancer("lonely", 80, new Action.Fixed(404, "text/plain", ""));
            TargetGroup used = world.createTargetGroup("used", HealthCheck.onHealth(), Duration.ofSeconds(60), false);
            TargetGroup lonely =
                    world.createTargetGroup("lonely", HealthCheck.onHealth(), Duration.ofSeconds(60), false);
            Rule rule = world.createRule(1, List.of(new Condition.Path(List.of("/*"))), forward(used.arn(), 100));
            world.createAutoScalingGroup("fleet", new Capacity(1, 1, 1), List.of(lonely.arn()), Map.of());
            world.serve("fleet", 1, "v1");
            clock.advance(Duration.ofMinutes(5));
            assertThat(world.targetHealth(lonely.arn())).singleElement().satisfies(target -> {
                assertThat(target.state()).isEqualTo(TargetState.UNUSED);
                assertThat(target.reason()).isEqualTo("Target.NotInUse");
            });

            world.writeAction(
                    rule.arn(),
                    new Action.Forward(
                            List.of(new Action.Share(used.arn(), 100), new Action.Share(lonely.arn(), 0)),
                            Optional.empty()));
            clock.advance(Duration.ofSeconds(1));
            assertThat(world.targetHealth(lonely.arn()).get(0).state()).isEqualTo(TargetState.INITIAL);
            clock.advance(Duration.ofSeconds(10));
            assertThat(world.targetHealth(lonely.arn()).get(0).state()).isEqualTo(TargetState.HEALTHY);

            world.writeAction(rule.arn(), forward(used.arn(), 100));
            clock.advance(Duration.ofSeconds(1));
            assertThat(world.targetHealth(lonely.arn()).get(0).state()).isEqualTo(TargetState.UNUSED);
        }
    }

    @Test
    void a_new_target_is_initial_and_becomes_healthy_after_one_passed_check() {
        try (Story story = Story.serving(1)) {
            Instance fresh = freshInGreen(story);
            assertThat(story.reasons(story.b())).containsExactly("Elb.RegistrationInProgress");
            story.seconds(3);
            assertThat(story.reasons(story.b())).containsExactly("Elb.InitialHealthChecking");
            fresh.revision("v2");
            story.seconds(10);
            assertThat(story.states(story.b())).containsExactly(TargetState.HEALTHY);
        }
    }

    @Test
    void a_new_target_that_fails_its_checks_becomes_unhealthy_after_the_threshold() {
        try (Story story = Story.serving(1)) {
            freshInGreen(story);
            story.seconds(13);
            assertThat(story.states(story.b())).containsExactly(TargetState.UNHEALTHY);
            assertThat(story.reasons(story.b())).containsExactly("Target.FailedHealthChecks");
        }
    }

    @Test
    void an_unhealthy_target_needs_the_healthy_threshold_to_come_back() {
        try (Story story = Story.serving(1)) {
            Instance instance = story.instances(story.a()).get(0);
            instance.revision(null);
            story.seconds(20);
            assertThat(story.states(story.a())).containsExactly(TargetState.UNHEALTHY);
            instance.revision("v1");
            story.seconds(40);
            assertThat(story.states(story.a())).containsExactly(TargetState.UNHEALTHY);
            story.seconds(10);
            assertThat(story.states(story.a())).containsExactly(TargetState.HEALTHY);
        }
    }

    @Test
    void a_deregistered_target_drains_for_the_full_delay_and_gets_no_new_requests() {
        try (Story story = Story.serving(2)) {
            Instance leaving = story.instances(story.a()).get(0);
            story.world().deregister(story.a().targetGroupArn(), leaving.id());
            story.seconds(59);
            assertThat(story.states(story.a())).containsExactly(TargetState.DRAINING, TargetState.HEALTHY);
            assertThat(story.reasons(story.a())).contains("Target.DeregistrationInProgress");
            for (int i = 0; i < 10; i++) {
                assertThat(((Choice.Target) story.choose(story.sandbox().site().request("/"))).instanceId())
                        .isNotEqualTo(leaving.id());
            }
            story.seconds(1);
            assertThat(story.states(story.a())).containsExactly(TargetState.HEALTHY);
        }
    }

    @Test
    void a_draining_target_that_is_registered_again_starts_over_and_outlives_its_old_draining() {
        try (Story story = Story.serving(1)) {
            Instance instance = story.instances(story.a()).get(0);
            story.world().deregister(story.a().targetGroupArn(), instance.id());
            story.seconds(30);
            story.world().register(story.a().targetGroupArn(), instance.id());
            assertThat(story.states(story.a())).containsExactly(TargetState.INITIAL);
            story.seconds(60);
            assertThat(story.states(story.a())).containsExactly(TargetState.HEALTHY);
        }
    }

    @Test
    void a_dead_instance_keeps_getting_requests_until_its_checks_have_failed() {
        try (Story story = Story.serving(2)) {
            ModelledDataPlane plane = new ModelledDataPlane(story.world());
            story.world().suspend(story.a().autoScalingGroup(), Set.of(ScalingProcess.HEALTH_CHECK));
            story.seconds(5);
            story.world().kill(story.instances(story.a()).get(0).id());
            Request request = story.sandbox().site().request("/");
            assertThat(List.of(plane.send(request).status(), plane.send(request).status()))
                    .containsExactlyInAnyOrder(200, 502);
            story.seconds(20);
            assertThat(List.of(plane.send(request).status(), plane.send(request).status()))
                    .containsExactly(200, 200);
        }
    }

    /** A new instance of fleet B that is in service with nothing installed. */
    private static Instance freshInGreen(Story story) {
        story.world().capacity(story.b().autoScalingGroup(), new Capacity(0, 1, 10));
        story.seconds(5);
        Instance fresh = story.instances(story.b()).get(0);
        while (fresh.state() != InstanceState.IN_SERVICE) {
            story.seconds(1);
        }
        return fresh;
    }

    private static Action forward(String arn, int weight) {
        return new Action.Forward(List.of(new Action.Share(arn, weight)), Optional.empty());
    }
}
