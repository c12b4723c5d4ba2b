package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Hand;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Resize;
import dev.greenlight.cli.simulate.Scene.RollBack;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lives that the simulator found and in which users, or those who ask past the rule, were on a fleet that was to have none; as short as it made them. */
class StrayUsersLivesTest {

    private static final Simulation SIMULATION = new Simulation(Service.ofAllKinds());

    /** The drain was counted from the rollback, long over, and not from the moment at which Sweep took the users away again. */
    @Test
    void a_fleet_whose_users_a_sweep_takes_away_again_drains_before_it_shrinks() {
        holds(new Life(
                "seed 24",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofSeconds(1025), 100, false, Duration.ofSeconds(303))),
                List.of()));
    }

    /** A hand had put the users there; the call that took them away read an old rule, and the next one thought that none had ever come. */
    @Test
    void a_rejected_fleet_to_which_a_hand_sent_users_drains_before_it_shrinks() {
        holds(new Life(
                "seed 361",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(33), Quality.GOOD),
                        new Hand(Duration.ofSeconds(2092), 10, false, Duration.ofSeconds(373)),
                        new Hand(Duration.ofMinutes(41), 90, false, Duration.ofSeconds(222))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(10)))));
    }

    /** Its second call saw all users on blue and told of a release that nobody had met; a minute later its instances were gone. */
    @Test
    void users_that_a_rollback_takes_away_which_cannot_see_its_write_have_their_drain() {
        holds(new Life(
                "seed 20048826",
                Setting.plain(Map.of()),
                List.of(
                        new Merge(Duration.ofSeconds(22), Quality.GOOD),
                        new Hand(Duration.ofSeconds(381), 90, false, Duration.ofSeconds(286)),
                        new RollBack(Duration.ofSeconds(409), false)),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(6)))));
    }

    /** For blue it took a fleet without instances, to which a hand had just sent everybody, and had no way back for ever. */
    @Test
    void a_release_that_finds_everybody_sent_to_a_sleeping_fleet_does_not_begin() {
        holds(new Life(
                "seed 61 of everything.yaml",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ofSeconds(40), Quality.GOOD),
                        new Hand(Duration.ofMinutes(2), 0, false, Duration.ofSeconds(48))),
                List.of()));
    }

    /** The same, and somebody gave that fleet instances, on which nothing was installed: no instance of it ever served. */
    @Test
    void a_release_that_finds_everybody_sent_to_a_fleet_that_was_woken_and_cannot_serve_does_not_begin() {
        holds(new Life(
                "seed 57902",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(1), 0, false, Duration.ofSeconds(298)),
                        new Resize(Duration.ofMinutes(3), 3)),
                List.of(new Mishap.Away("elasticloadbalancing", Duration.ofSeconds(26), Duration.ofSeconds(154)))));
    }

    /** A second after the hand had given the weights back, the revision was installed over the requests that still ran. */
    @Test
    void a_green_to_which_a_hand_sent_users_drains_before_it_is_installed_on() {
        Setting setting = new Setting(
                8,
                19,
                Duration.ofSeconds(82),
                Duration.ofSeconds(11),
                Duration.ofSeconds(10),
                true,
                Duration.ofSeconds(95),
                false,
                Map.of(
                        "GREENLIGHT_BAKE",
                        "PT4M22S",
                        "GREENLIGHT_BLUE_LIFETIME",
                        "PT17M53S",
                        "GREENLIGHT_DRAIN",
                        "PT3M48S"));
        holds(new Life(
                "seed 2480",
                setting,
                List.of(
                        new Merge(Duration.ofSeconds(26), Quality.FAILS_SMOKE),
                        new Merge(Duration.ofSeconds(597), Quality.GOOD),
                        new Hand(Duration.ofSeconds(810), 50, true, Duration.ofSeconds(139))),
                List.of(new Mishap.Delivery(Mishap.Carrier.EVENTS, Mishap.Disorder.LOST, Duration.ZERO))));
    }

    /** Counts came three minutes late and the clock was ahead: no minute that Sweep looked at had been published, so nobody seemed to come. */
    @Test
    void blue_is_not_retired_while_it_is_asked_however_late_counts_come() {
        holds(new Life(
                "seed 3021200",
                new Setting(
                        1,
                        24,
                        Duration.ofSeconds(32),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(44),
                        true,
                        Duration.ofSeconds(176),
                        false,
                        Map.of("GREENLIGHT_BLUE_LIFETIME", "PT6M7S")),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(1), Quality.GOOD),
                        new Strays(Duration.ofMinutes(10), Duration.ofSeconds(1321))),
                List.of(
                        new Mishap.Delivery(Mishap.Carrier.SCHEDULES, Mishap.Disorder.LATE, Duration.ofSeconds(230)),
                        new Mishap.Between(31, Mishap.Comer.A_ROLLBACK),
                        new Mishap.Skew(Duration.ofSeconds(10)))));
    }

    /** Jobs came late, and nobody saw its users leave three minutes after they had last been seen: their drain was counted from then. */
    @Test
    void a_fleet_whose_users_leave_while_nobody_looks_drains_before_it_is_installed_on() {
        holds(new Life(
                "seed 46334",
                new Setting(
                        2,
                        5,
                        Duration.ofSeconds(112),
                        Duration.ofSeconds(26),
                        Duration.ofSeconds(49),
                        true,
                        Duration.ofSeconds(134),
                        false,
                        Map.of("GREENLIGHT_BAKE", "PT4M35S")),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Merge(Duration.ofMinutes(30), Quality.FAILS_UNDER_TRAFFIC),
                        new Hand(Duration.ofMinutes(36), 50, false, Duration.ofSeconds(364))),
                List.of(new Mishap.Delivery(
                        Mishap.Carrier.INVOCATIONS, Mishap.Disorder.SWAPPED, Duration.ofSeconds(179)))));
    }

    private static void holds(Life life) {
        assertThat(SIMULATION.play(life).broken()).isEmpty();
    }
}
