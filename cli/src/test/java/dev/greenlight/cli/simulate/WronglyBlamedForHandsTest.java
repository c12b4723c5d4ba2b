package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Hand;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Resize;
import dev.greenlight.cli.simulate.Scene.RollBack;
import dev.greenlight.sandbox.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lives in which somebody sent users or sized a fleet by hand, or asked past the rule, and all is well: a check had asked for what no rule promises. */
class WronglyBlamedForHandsTest {

    private static final Simulation SIMULATION = new Simulation(Service.ofAllKinds());

    /** The store was silent, and all that the rule could say stood there already: the check asked for what nobody could remember. */
    @Test
    void users_that_a_hand_gave_to_what_was_taken_back_are_forgotten_where_they_go_while_the_store_is_silent() {
        holds(new Life(
                "seed 31500338",
                Setting.plain(Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC),
                        new Hand(Duration.ofSeconds(946), 0, true, Duration.ofSeconds(154)),
                        new RollBack(Duration.ofMinutes(16), true)),
                List.of(new Mishap.Away("dynamodb", Duration.ofSeconds(934), Duration.ofSeconds(49)))));
    }

    /** Behind a reading that lags, nobody can know of a hand that wrote a second ago. */
    @Test
    void a_hand_that_no_reading_can_show_yet_is_nobodys_fault() {
        Setting setting = new Setting(
                3,
                11,
                Duration.ofSeconds(106),
                Duration.ofSeconds(5),
                Duration.ofSeconds(47),
                false,
                Duration.ofSeconds(120),
                false,
                Map.of(
                        "GREENLIGHT_BAKE",
                        "PT3M12S",
                        "GREENLIGHT_BLUE_LIFETIME",
                        "PT11M41S",
                        "GREENLIGHT_DRAIN",
                        "PT4M2S"));
        holds(new Life(
                "seed 10357",
                setting,
                List.of(
                        new Merge(Duration.ofSeconds(6), Quality.GOOD),
                        new Hand(Duration.ofSeconds(100), 10, false, Duration.ofSeconds(52)),
                        new Hand(Duration.ofSeconds(237), 50, false, Duration.ofSeconds(234))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(4)))));
    }

    /** One gave back what the other had written, to a fleet that slept, when nobody looked any more. */
    @Test
    void two_hands_leave_the_rule_as_the_first_one_found_it() {
        holds(new Life(
                "seed 10371",
                Setting.plain(Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofSeconds(49), 90, true, Duration.ofSeconds(118)),
                        new Hand(Duration.ofSeconds(218), 0, false, Duration.ofSeconds(133)),
                        new Hand(Duration.ofSeconds(263), 90, true, Duration.ofSeconds(327))),
                List.of()));
    }

    /** A lagging rule had not shown the shift yet, and a hand put everything back: for Greenlight, a write that came to nothing. */
    @Test
    void a_hand_that_puts_back_what_no_reading_had_shown_yet_is_nobodys_fault() {
        Setting setting = new Setting(
                7,
                7,
                Duration.ofSeconds(99),
                Duration.ofSeconds(10),
                Duration.ofSeconds(52),
                false,
                Duration.ofSeconds(121),
                false,
                Map.of(
                        "GREENLIGHT_BAKE",
                        "PT7M8S",
                        "GREENLIGHT_BLUE_LIFETIME",
                        "PT8M4S",
                        "GREENLIGHT_DRAIN",
                        "PT3M52S"));
        holds(new Life(
                "seed 1005019",
                setting,
                List.of(
                        new Merge(Duration.ofSeconds(12), Quality.GOOD),
                        new Hand(Duration.ofSeconds(663), 100, false, Duration.ofSeconds(154))),
                List.of(
                        new Mishap.Crash(155, Fault.Moment.BEFORE),
                        new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(7)))));
    }

    /** The rule did not show the hand's write yet when Sweep settled: the fleet that had served was left running, and rightly. */
    @Test
    void a_hand_that_writes_while_sweep_settles_is_nobodys_fault_where_the_rule_lags() {
        holds(new Life(
                "seed 1011333",
                new Setting(
                        2,
                        11,
                        Duration.ofSeconds(118),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        false,
                        Duration.ofSeconds(178),
                        false,
                        Map.of(
                                "GREENLIGHT_BAKE",
                                "PT3M58S",
                                "GREENLIGHT_BLUE_LIFETIME",
                                "PT17M15S",
                                "GREENLIGHT_DRAIN",
                                "PT3M9S")),
                List.of(
                        new Merge(Duration.ofSeconds(42), Quality.GOOD),
                        new Merge(Duration.ofMinutes(11), Quality.GOOD),
                        new Hand(Duration.ofSeconds(2456), 0, false, Duration.ofSeconds(208))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(8)))));
    }

    /** Who asks green by the preview rule is no user, and what it does to them is not Greenlight's. */
    @Test
    void who_asks_a_rejected_release_past_the_production_rule_is_no_user() {
        holds(new Life(
                "seed 3000713",
                Setting.plain(Map.of()).withInstances(0),
                List.of(
                        new Merge(Duration.ZERO, Quality.SLOW_ANSWERS),
                        new Strays(Duration.ofMinutes(8), Duration.ofMinutes(10))),
                List.of()));
    }

    /** The check blamed Greenlight for an instance that the world ended: the shrink took the older one, which alone was healthy. */
    @Test
    void a_green_that_somebody_lets_grow_and_shrink_again_may_be_taken_back() {
        holds(new Life(
                "seed 7001323",
                Setting.plain(Map.of()).withInstances(1),
                List.of(
                        new Merge(Duration.ofMinutes(9), Quality.GOOD),
                        new Resize(Duration.ofSeconds(1069), 1),
                        new Resize(Duration.ofMinutes(19), -2)),
                List.of()));
    }

    /** The check knew growth by a hand only, and blamed Greenlight when a hand took back what the policy had let grow. */
    @Test
    void a_green_whose_policys_growth_somebody_takes_back_may_be_taken_back() {
        holds(new Life(
                "seed 20001225",
                new Setting(
                        3,
                        21,
                        Duration.ofSeconds(45),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(34),
                        true,
                        Duration.ofSeconds(172),
                        true,
                        Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Scene.Crowd(Duration.ofMinutes(8), 139),
                        new Resize(Duration.ofSeconds(682), -3)),
                List.of()));
    }

    /** A hand sent its users to a fleet that sleeps, just as its rollout was settled: the check wanted it asleep, and it is all that there is. */
    @Test
    void a_first_release_runs_on_although_a_hand_sends_its_users_away() {
        holds(new Life(
                "seed 30000144",
                new Setting(
                        0,
                        18,
                        Duration.ofSeconds(76),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(37),
                        true,
                        Duration.ofSeconds(178),
                        true,
                        Map.of()),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(17), 0, true, Duration.ofSeconds(198))),
                List.of()));
    }

    /** Its first ten instances went when nobody came; the check wanted the last one to stay for those who came past the rule since. */
    @Test
    void a_blue_that_was_retired_goes_to_sleep_whoever_asks_it_then() {
        holds(new Life(
                "seed 7195",
                Setting.plain(Map.of("GREENLIGHT_BLUE_LIFETIME", "PT5M4S")).withInstances(11),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Strays(Duration.ofMinutes(17), Duration.ofSeconds(1903))),
                List.of()));
    }

    private static void holds(Life life) {
        assertThat(SIMULATION.play(life).broken()).isEmpty();
    }
}
