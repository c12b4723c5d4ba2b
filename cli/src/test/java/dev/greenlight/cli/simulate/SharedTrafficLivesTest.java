package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Death;
import dev.greenlight.cli.simulate.Scene.Hand;
import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.cli.simulate.Scene.Resize;
import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lives that the simulator found of services whose users come to green by shares. */
class SharedTrafficLivesTest {

    private static final Simulation SIMULATION = new Simulation(Service.ofAllKinds());

    private static final Map<String, String> CANARY = Map.of("GREENLIGHT_STRATEGY", "canary", "GREENLIGHT_STEPS", """
            [{"weight":8,"bake":"PT1M37S"},{"weight":30,"bake":"PT3M39S"},{"weight":54,"bake":"PT2M13S"}]""");

    private static final Map<String, String> LINEAR = Map.of(
            "GREENLIGHT_STRATEGY", "linear", "GREENLIGHT_STEP_WEIGHT", "25", "GREENLIGHT_STEP_INTERVAL", "PT3M41S");

    /** The first share of six instances asks for one, which was there; the five that were still to come were taken for lost. */
    @Test
    void a_green_whose_growth_is_on_its_way_when_users_come_has_lost_nothing() {
        holds(new Life(
                "seed 4812",
                Setting.plain(CANARY).withInstances(1).withPerInstance(36),
                List.of(new Merge(Duration.ofMinutes(20), Quality.GOOD), new Resize(Duration.ofMinutes(41), 5)),
                List.of(new Mishap.Delivery(
                        Mishap.Carrier.INVOCATIONS, Mishap.Disorder.LATE, Duration.ofSeconds(193)))));
    }

    /** A person promoted it two seconds after a share was written that no reading showed yet (seed 96512659 of linear.yaml). */
    @Test
    void a_promotion_over_its_own_share_that_no_reading_shows_yet_is_no_stray_write() {
        Setting seen = new Setting(
                3,
                23,
                Duration.ofSeconds(118),
                Duration.ofSeconds(20),
                Duration.ofSeconds(29),
                true,
                Duration.ofSeconds(157),
                false,
                Map.of());
        Life life = new Life(
                "seed 96512659",
                seen,
                List.of(
                        new Merge(Duration.ofSeconds(41 * 60 + 56), Quality.GOOD),
                        new Scene.Promote(Duration.ofSeconds(58 * 60 + 59))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(10))));
        assertThat(new Simulation(Examples.service("linear")).play(life).broken())
                .isEmpty();
    }

    /** The check took the first share, written over a hand's nine tenths that no reading showed yet, for a way back. */
    @Test
    void a_share_that_is_smaller_than_what_a_hand_gave_unseen_is_no_way_back() {
        holds(new Life(
                "seed 3753",
                new Setting(
                        2,
                        39,
                        Duration.ofSeconds(29),
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(37),
                        false,
                        Duration.ofSeconds(133),
                        true,
                        LINEAR),
                List.of(
                        new Merge(Duration.ofSeconds(50), Quality.FLAKY),
                        new Hand(Duration.ofSeconds(439), 10, false, Duration.ofSeconds(280))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(6)))));
    }

    /** It was closed with its users divided, for good: an instance of blue had just died, and no release could begin any more. */
    @Test
    void a_share_that_fails_while_an_instance_of_blue_is_dead_is_taken_back_when_blue_is_well() {
        Map<String, String> steps = Map.of(
                "GREENLIGHT_STRATEGY",
                "canary",
                "GREENLIGHT_STEPS",
                "[{\"weight\":15,\"bake\":\"PT2M55S\"},{\"weight\":80,\"bake\":\"PT1M46S\"}]");
        holds(new Life(
                "seed 50006555",
                new Setting(
                        2,
                        15,
                        Duration.ofSeconds(107),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(34),
                        false,
                        Duration.ofSeconds(63),
                        false,
                        steps),
                List.of(
                        new Merge(Duration.ofSeconds(44), Quality.FAILS_UNDER_TRAFFIC),
                        new Death(Duration.ofSeconds(710), FleetName.A),
                        new Merge(Duration.ofMinutes(22), Quality.GOOD)),
                List.of()));
    }

    /** The hand gave back a share from which the rollout had gone on; nobody does that, and nothing of Greenlight's could mend it. */
    @Test
    void a_hand_that_comes_back_after_the_last_step_leaves_users_where_they_are() {
        holds(new Life(
                "seed 50000632",
                Setting.plain(CANARY).withInstances(2),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(17), 0, false, Duration.ofSeconds(389))),
                List.of()));
    }

    /** The second hand took for how things were what the first one had found, which is over, and left what it wrote itself. */
    @Test
    void what_one_hand_left_the_next_one_gives_back() {
        holds(new Life(
                "seed 70001288",
                Setting.plain(CANARY).withInstances(1).withPerInstance(36),
                List.of(
                        new Merge(Duration.ZERO, Quality.GOOD),
                        new Hand(Duration.ofMinutes(7), 100, false, Duration.ofSeconds(52)),
                        new Hand(Duration.ofMinutes(41), 100, true, Duration.ofSeconds(338))),
                List.of()));
    }

    /** The check overlooked a hand that had only made clients stick, and so that nobody could have seen it. */
    @Test
    void a_hand_that_only_made_clients_stick_is_unseen_like_any_other() {
        holds(new Life(
                "seed 50011223",
                new Setting(
                        2,
                        34,
                        Duration.ofSeconds(91),
                        Duration.ofSeconds(27),
                        Duration.ofSeconds(29),
                        true,
                        Duration.ofSeconds(93),
                        false,
                        Map.of()),
                List.of(
                        new Merge(Duration.ofSeconds(28), Quality.GOOD),
                        new Hand(Duration.ofSeconds(554), 100, true, Duration.ofSeconds(342))),
                List.of(new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(7)))));
    }

    private static void holds(Life life) {
        assertThat(SIMULATION.play(life).broken()).isEmpty();
    }
}
