package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Death;
import dev.greenlight.cli.simulate.Scene.Hand;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Resize;
import dev.greenlight.cli.simulate.Scene.RollBack;
import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lives that the simulator found and in which a release, or what its fleets launched, broke a rule, as short as it made them. */
class FoundLivesTest {

    private static final Simulation SIMULATION = new Simulation(Service.ofAllKinds());

    /** As the warm fleet's minimum fell to one, its policy, which had seen it idle, ended instances that were being installed on. */
    @Test
    void a_warm_fleet_that_is_taken_as_green_is_not_shrunk_by_its_policy_in_mid_install() {
        Setting setting = new Setting(
                3,
                11,
                Duration.ofSeconds(103),
                Duration.ofSeconds(13),
                Duration.ofSeconds(60),
                true,
                Duration.ofSeconds(171),
                true,
                Map.of("GREENLIGHT_DRAIN", "PT31S"));
        holds(new Life(
                "seed 266",
                setting,
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Resize(Duration.ofMinutes(5), 2),
                        new Merge(Duration.ofMinutes(19), Quality.GOOD)),
                List.of()));
    }

    /** PrepareGreen pinned blue after the rollback, and after Sweep had settled it: the next rollout took that for how blue was found. */
    @Test
    void what_is_pinned_after_all_was_released_is_not_what_the_next_rollout_finds() {
        holds(new Life(
                "seed 20003122",
                Setting.plain(Map.of()).withInstances(1),
                List.of(new Merge(Duration.ZERO, Quality.GOOD), new Merge(Duration.ofMinutes(22), Quality.GOOD)),
                List.of(new Mishap.Between(19, Mishap.Comer.A_ROLLBACK), new Mishap.Between(39, Mishap.Comer.SWEEP))));
    }

    /** The same, and no rollout came after it. */
    @Test
    void processes_that_are_suspended_after_all_was_released_are_resumed() {
        holds(new Life(
                "seed 20024098",
                Setting.plain(Map.of()).withInstances(1),
                List.of(new Merge(Duration.ZERO, Quality.NEVER_HEALTHY)),
                List.of(new Mishap.Between(26, Mishap.Comer.SWEEP), new Mishap.Between(27, Mishap.Comer.A_ROLLBACK))));
    }

    /** The same with green's size: an instance ran on for nobody, for ever. */
    @Test
    void an_instance_that_is_launched_after_all_was_released_goes_to_sleep() {
        holds(new Life(
                "seed 20005699",
                Setting.plain(Map.of()).withInstances(3),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(new Mishap.Between(34, Mishap.Comer.A_ROLLBACK), new Mishap.Between(49, Mishap.Comer.SWEEP))));
    }

    /** Refused because of a hand, its job's event came again when the hand was gone, and began a rollout for a stage that had ended. */
    @Test
    void a_job_that_was_refused_and_comes_again_ends_as_its_stage_did() {
        holds(new Life(
                "seed 2002356",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(1), 100, true, Duration.ofSeconds(136))),
                List.of(new Mishap.Delivery(
                        Mishap.Carrier.INVOCATIONS, Mishap.Disorder.TWICE, Duration.ofSeconds(134)))));
    }

    /** No launch succeeded, so the group ended one instance and began another without end: it counted as one that leaves, for ever. */
    @Test
    void a_fleet_whose_launches_never_succeed_is_put_to_sleep_all_the_same() {
        holds(new Life(
                "seed 11705",
                Setting.plain(Map.of()).withInstances(0),
                List.of(new Merge(Duration.ZERO, Quality.GOOD)),
                List.of(new Mishap.WrongLastRevision(FleetName.A))));
    }

    /** CodePipeline was down while the second release waited for the drain: when it was back, that was told to start again. */
    @Test
    void a_release_that_waits_is_not_refused_because_the_pipeline_was_down() {
        Setting setting = new Setting(
                3,
                26,
                Duration.ofSeconds(98),
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                false,
                Duration.ofSeconds(116),
                true,
                Map.of(
                        "GREENLIGHT_BAKE",
                        "PT5M59S",
                        "GREENLIGHT_BLUE_LIFETIME",
                        "PT6M9S",
                        "GREENLIGHT_DRAIN",
                        "PT4M49S"));
        Life life = new Life(
                "seed 2379",
                setting,
                List.of(
                        new Merge(Duration.ofSeconds(28), Quality.GOOD),
                        new Merge(Duration.ofSeconds(284), Quality.GOOD)),
                List.of(new Mishap.Away("codepipeline", Duration.ofSeconds(1007), Duration.ofSeconds(204))));
        holds(life);
        assertThat(SIMULATION.play(life).rollouts()).isEqualTo(2);
    }

    /** Sweep had just put it to sleep: its group ended the only instance in service, and the revision was being installed on that. */
    @Test
    void a_fleet_that_was_put_to_sleep_a_moment_ago_keeps_what_the_next_release_is_installed_on() {
        holds(new Life(
                "seed 20004056",
                new Setting(
                        2,
                        6,
                        Duration.ofSeconds(93),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(44),
                        false,
                        Duration.ofSeconds(95),
                        false,
                        Map.of()),
                List.of(
                        new Merge(Duration.ofSeconds(7), Quality.GOOD),
                        new Merge(Duration.ofSeconds(54), Quality.GOOD),
                        new RollBack(Duration.ofSeconds(356), false)),
                List.of()));
    }

    /** One of two instances had been launched with the same revision before: its own deployment was older than the rollout's, and not looked for. */
    @Test
    void what_comes_again_is_proven_on_an_instance_that_was_launched_with_it_before() {
        holds(new Life(
                "seed 20007388",
                new Setting(
                        2,
                        26,
                        Duration.ofSeconds(96),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(14),
                        true,
                        Duration.ofSeconds(175),
                        false,
                        Map.of()),
                List.of(
                        new Merge(Duration.ofSeconds(53), Quality.GOOD),
                        new MergeAgain(Duration.ofSeconds(319)),
                        new RollBack(Duration.ofSeconds(381), false)),
                List.of()));
    }

    /** The instance that had died was in service for ever, and three releases in a row were installed on it. */
    @Test
    void a_dead_instance_does_not_fail_one_release_after_the_other() {
        holds(new Life(
                "seed 20047435",
                new Setting(
                        2,
                        19,
                        Duration.ofSeconds(112),
                        Duration.ofSeconds(29),
                        Duration.ofSeconds(26),
                        false,
                        Duration.ofSeconds(84),
                        false,
                        Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new MergeAgain(Duration.ofMinutes(2)),
                        new Death(Duration.ofMinutes(5), FleetName.B),
                        new Merge(Duration.ofMinutes(27), Quality.GOOD),
                        new Merge(Duration.ofMinutes(31), Quality.NEVER_HEALTHY)),
                List.of()));
    }

    /** The only instance died while it booted, and each release waited for it until its time was up. */
    @Test
    void a_first_instance_that_dies_while_it_boots_does_not_fail_one_release_after_the_other() {
        holds(new Life(
                "seed 20028211",
                Setting.plain(Map.of()).withInstances(0),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(1), Quality.SLOW_TO_BOOT),
                        new Death(Duration.ofMinutes(2), FleetName.A),
                        new Merge(Duration.ofSeconds(922), Quality.GOOD)),
                List.of()));
    }

    private static void holds(Life life) {
        assertThat(SIMULATION.play(life).broken()).isEmpty();
    }
}
