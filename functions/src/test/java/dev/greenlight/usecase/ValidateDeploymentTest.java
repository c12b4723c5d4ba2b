package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CodeDeploy moves the traffic and asks: the same checks, and an answer within its hour. */
class ValidateDeploymentTest {

    private final World world = World.serving();
    private final Trigger.HookExecution execution =
            new Trigger.HookExecution("d-A1B2C3D4E", "execution-1", Situation.START);

    @BeforeEach
    void the_side_that_the_settings_name_runs_two_instances() {
        world.fleets.set(FleetName.B, new Scaling(2, 2, 8, Set.of()));
    }

    @Test
    void an_ecs_or_lambda_service_has_no_auto_scaling_groups_and_needs_none() {
        world.router.health(FleetName.B, new Targets(2, 0, 0, 0, 0));
        world.fleets.doNotExist();

        assertThat(before())
                .isInstanceOfSatisfying(
                        Answer.Done.class,
                        done -> assertThat(done.message()).contains("2 healthy").doesNotContain("capacity"));
        assertThat(after()).isInstanceOf(Answer.Done.class);
    }

    @Test
    void checks_of_instances_alone_decide_nothing() {
        Terms terms = World.terms();
        List<Check> ofInstances = List.of(new Check.FleetCapacity(), new Check.InstanceStatus());
        Terms bare = new Terms(
                terms.service(),
                terms.strategy(),
                terms.pace(),
                terms.firstSize(),
                terms.replaceWarm(),
                terms.cooldown(),
                terms.drain(),
                ofInstances,
                ofInstances,
                List.of(),
                terms.hookFleet());

        assertThat(new ValidateDeployment(world, bare, world).before(execution))
                .isEqualTo(new Answer.Failed(
                        Answer.Failure.CONFIGURATION,
                        "none of the checks asked for can be made of a deployment: capacity, instance status"));
    }

    private Answer before() {
        return new ValidateDeployment(world, World.terms(), world).before(execution);
    }

    private Answer after() {
        return new ValidateDeployment(world, World.terms(), world).after(execution);
    }

    @Test
    void all_checks_passing_is_success() {
        assertThat(before()).isInstanceOf(Answer.Done.class);
        assertThat(after()).isInstanceOf(Answer.Done.class);
    }

    /** Capacity is the caller's, and so is how many there are to be: as many as are registered. */
    @Test
    void whoever_is_registered_is_to_be_healthy_under_traffic_at_least_half_of_them() {
        world.router.health(FleetName.B, new Targets(2, 0, 2, 0, 0));
        assertThat(before().message()).contains("2 healthy, 2 unhealthy, 0 initial, 4 needed");
        assertThat(after()).isInstanceOf(Answer.InProgress.class);

        world.router.health(FleetName.B, new Targets(1, 2, 0, 0, 0));
        assertThat(before().message()).contains("1 healthy, 0 unhealthy, 2 initial, 3 needed");
        assertThat(after()).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void one_failing_check_is_failure() {
        world.smokeAnswers(500);

        assertThat(before()).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void under_traffic_the_alarms_are_asked() {
        world.alarm(AlarmState.FIRING);

        assertThat(before()).isInstanceOf(Answer.Done.class);
        assertThat(after()).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void what_is_undecided_comes_back_until_five_minutes_before_codedeploys_hour_is_over() {
        world.router.health(FleetName.B, new Targets(1, 1, 0, 0, 0));

        world.after(Duration.ofMinutes(55).minusNanos(1));
        assertThat(before()).isInstanceOf(Answer.InProgress.class);
        world.after(Duration.ofNanos(1));
        assertThat(before())
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.message()).startsWith("time is up: target health: 1 healthy"));
    }

    @Test
    void nothing_of_the_fleets_or_the_rule_is_touched() {
        before();
        after();

        assertThat(world.router.writes()).isEmpty();
        assertThat(world.fleets.scaling(FleetName.B)).isEqualTo(new Scaling(2, 2, 8, Set.of()));
        assertThat(world.store.ledger().latest()).isEmpty();
    }
}
