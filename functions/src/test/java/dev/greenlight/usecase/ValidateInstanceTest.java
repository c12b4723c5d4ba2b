package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CodeDeploy installs on green, and a script on an instance asks whether the revision may stay. */
class ValidateInstanceTest {

    private static final Scaling TWO = new Scaling(2, 2, 30, Set.of());

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    @BeforeEach
    void the_rollout_installs_on_its_first_instance() {
        world.installationIs(new Installation.Running("deployment d-1 is InProgress"));
        pipeline.through(Phase.PREPARING);
        assertThat(pipeline.call(Phase.INSTALLING)).isInstanceOf(Answer.InProgress.class);
        assertThat(pipeline.rollout().phase()).isEqualTo(Phase.INSTALLING);
    }

    private String instance(FleetName fleet) {
        return world.fleets.groups().get(fleet).instances().getFirst().id();
    }

    private Answer asked(String instance) {
        return asked(pipeline.id(), instance);
    }

    private Answer asked(RolloutId rollout, String instance) {
        return new ValidateInstance(world, World.terms(), world).validate(rollout, instance);
    }

    private static void assertRefused(Answer answer, String message) {
        assertThat(answer).isEqualTo(new Answer.Failed(Answer.Failure.CONFIGURATION, message));
    }

    @Test
    void a_healthy_instance_whose_smoke_tests_pass_may_keep_the_revision() {
        assertThat(asked(instance(FleetName.B)))
                .isInstanceOfSatisfying(
                        Answer.Done.class,
                        done -> assertThat(done.message())
                                .isEqualTo("target health: 1 healthy, 0 unhealthy, 0 initial, 1 needed; "
                                        + "smoke: /health answered 200"));
        assertThat(world.decisions()).endsWith("instance passes");
    }

    @Test
    void a_smoke_test_that_fails_is_a_verdict_on_the_revision() {
        world.smokeAnswers(500);

        assertThat(asked(instance(FleetName.B)))
                .isEqualTo(new Answer.Failed(Answer.Failure.ROLLOUT, "smoke: /health answered 500 instead of 200"));
    }

    @Test
    void a_target_that_is_not_healthy_yet_is_waited_for_whatever_its_smoke_tests_say() {
        world.smokeAnswers(502);
        for (Targets waiting : Set.of(new Targets(0, 1, 0, 0, 0), new Targets(0, 0, 1, 0, 0), Targets.NONE)) {
            world.router.health(FleetName.B, waiting);

            assertThat(asked(instance(FleetName.B)))
                    .isInstanceOfSatisfying(
                            Answer.InProgress.class,
                            wait -> assertThat(wait.message()).contains("target health: " + waiting));
        }
    }

    @Test
    void a_smoke_test_without_an_answer_is_asked_again() {
        world.smokeSays(new Probe.NoAnswer("connection refused"));

        assertThat(asked(instance(FleetName.B)))
                .isInstanceOfSatisfying(
                        Answer.InProgress.class,
                        wait -> assertThat(wait.message()).isEqualTo("smoke: /health: connection refused"));
    }

    /** The preview rule reaches whichever instance of green the load balancer picks. */
    @Test
    void where_green_has_more_instances_a_failing_answer_without_a_version_decides_nothing() {
        world.fleets.set(FleetName.B, TWO);
        world.smokeAnswers(500);

        assertThat(asked(instance(FleetName.B)))
                .isInstanceOfSatisfying(
                        Answer.InProgress.class,
                        wait -> assertThat(wait.message())
                                .isEqualTo("smoke: /health: perhaps of another instance, "
                                        + "/health answered 500 instead of 200"));

        world.smokeAnswers(200);
        assertThat(asked(instance(FleetName.B))).isInstanceOf(Answer.Done.class);
    }

    @Test
    void where_green_has_more_instances_none_that_answers_is_asked_again_as_well() {
        world.fleets.set(FleetName.B, TWO);
        world.smokeSays(new Probe.NoAnswer("connection refused"));

        assertThat(asked(instance(FleetName.B)).message()).isEqualTo("smoke: /health: connection refused");
    }

    @Test
    void where_green_has_more_instances_only_an_answer_of_the_new_revision_counts() {
        world.fleets.set(FleetName.B, TWO);

        for (int status : new int[] {200, 500}) {
            world.smokeSays(answered(status, "rev-zero"));
            assertThat(askedWithVersion())
                    .isInstanceOfSatisfying(
                            Answer.InProgress.class,
                            wait -> assertThat(wait.message())
                                    .isEqualTo(
                                            "smoke: /health: another instance answered, whose X-App-Version says rev-zero"));
        }
        world.smokeSays(answered(500, "rev-one"));
        assertThat(askedWithVersion())
                .isEqualTo(new Answer.Failed(Answer.Failure.ROLLOUT, "smoke: /health answered 500 instead of 200"));
        world.smokeSays(answered(200, "rev-one"));
        assertThat(askedWithVersion()).isInstanceOf(Answer.Done.class);
    }

    private static Probe answered(int status, String version) {
        return new Probe.Answered(status, Map.of("x-app-version", version), "ok", Duration.ofMillis(5));
    }

    private Answer askedWithVersion() {
        Terms terms = World.terms();
        Check.Smoke named = new Check.Smoke(List.of(new SmokeTest(
                "/health", 200, Optional.empty(), Optional.of("X-App-Version"), Duration.ofSeconds(1), false)));
        Terms versioned = new Terms(
                terms.service(),
                terms.strategy(),
                terms.pace(),
                terms.firstSize(),
                terms.replaceWarm(),
                terms.cooldown(),
                terms.drain(),
                List.of(named),
                terms.underTraffic(),
                terms.alarms(),
                terms.hookFleet());
        return new ValidateInstance(world, versioned, world).validate(pipeline.id(), instance(FleetName.B));
    }

    @Test
    void an_instance_that_is_not_in_service_is_waited_for() {
        world.fleets.leaves(FleetName.B, instance(FleetName.B));

        assertThat(asked(instance(FleetName.B)))
                .isInstanceOfSatisfying(
                        Answer.InProgress.class,
                        wait -> assertThat(wait.message()).endsWith("is not in service"));
    }

    @Test
    void an_instance_of_blue_or_of_nobody_is_refused_by_name() {
        String blue = instance(FleetName.A);
        assertRefused(asked(blue), "instance %s is of fleet A, and green is fleet B".formatted(blue));
        assertRefused(asked("i-0123456789abcdef0"), "instance i-0123456789abcdef0 is in neither fleet");
    }

    @Test
    void a_rollout_that_nobody_knows_or_that_is_of_another_service_is_refused() {
        assertRefused(
                asked(new RolloutId("elsewhere"), instance(FleetName.B)), "no rollout elsewhere of checkout is known");
    }

    @Test
    void a_rollout_that_is_not_installing_is_refused_with_its_phase() {
        String green = instance(FleetName.B);
        world.installationIs(new Installation.Failed("deployment d-1 failed", true));
        pipeline.through(Phase.INSTALLING);
        assertRefused(
                asked(green), "rollout one is rolled back: an instance is asked about while the rollout installs");
    }

    @Test
    void a_rollout_whose_installation_is_over_is_no_longer_asked_about() {
        String green = instance(FleetName.B);
        world.fleets.set(FleetName.B, new Scaling(4, 4, 30, Set.of()));
        world.installationIs(new Installation.Succeeded(world.fleets.groups().get(FleetName.B).instances().stream()
                .map(i -> i.id())
                .collect(Collectors.toSet())));
        pipeline.through(Phase.INSTALLING);
        assertRefused(asked(green), "rollout one is validating: an instance is asked about while the rollout installs");
    }

    @Test
    void it_reads_and_writes_nothing() {
        Rollout before = pipeline.rollout();
        world.router.forgetWrites();

        asked(instance(FleetName.B));
        world.smokeAnswers(500);
        asked(instance(FleetName.B));

        assertThat(world.store.rollout(pipeline.id())).isEqualTo(Optional.of(before));
        assertThat(world.router.writes()).isEmpty();
        assertThat(world.fleets.running(FleetName.B)).isOne();
    }
}
