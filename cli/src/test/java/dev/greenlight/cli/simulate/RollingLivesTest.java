package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Scene.Merge;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Installer;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.service.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lives of the ticket shop, which is released from zone to zone, and what the simulator would find in them. */
class RollingLivesTest {

    private static final Service TICKETS = Examples.service("rolling");

    /** The same shop, which waits for a person after its first zone, and is taken back where nobody comes. */
    private static final Service ASKING = Examples.service("rolling", RollingLivesTest::asking);

    private static final int MOST = 60;

    private static final Setting HALF_DIES = new Setting(
            2,
            31,
            Duration.ofSeconds(38),
            Duration.ofSeconds(3),
            Duration.ofSeconds(57),
            true,
            Duration.ofSeconds(64),
            false,
            Map.of());

    private static final List<Scene> WHILE_IT_IS_WATCHED = List.of(
            new Merge(Duration.ZERO, Quality.SLOW_TO_BOOT),
            new Scene.Death(Duration.ofSeconds(22 * 60 + 57), FleetName.A));

    private static Config asking(Config config) {
        Config.Traffic.Rolling rolling =
                (Config.Traffic.Rolling) config.strategy().traffic();
        return config.releasing(new Config.Strategy(
                new Config.Traffic.Rolling(
                        rolling.firstBake(),
                        rolling.bake(),
                        rolling.keep(),
                        rolling.keepInZone(),
                        Optional.of(Duration.ofMinutes(10)),
                        false),
                config.strategy().bake()));
    }

    private static void holds(Service service, Life life) {
        assertThat(new Simulation(service).play(life).broken()).isEmpty();
    }

    private static Life life(Quality quality, Scene... more) {
        return new Life(
                "a life",
                Setting.plain(Map.of()).withInstances(4),
                Stream.concat(Stream.of(new Merge(Duration.ZERO, quality)), Stream.of(more))
                        .toList(),
                List.of());
    }

    @Test
    void a_person_who_comes_lets_it_go_on() {
        holds(ASKING, life(Quality.GOOD, new Resume(Duration.ofMinutes(12))));
    }

    @Test
    void where_nobody_comes_it_is_taken_back() {
        holds(ASKING, life(Quality.GOOD));
    }

    /** What a hand adds in the middle of a release is brought up to date by CodeDeploy itself, all at once and in both zones: the group said so. */
    @Test
    void what_a_hand_adds_meanwhile_is_brought_up_to_date_one_instance_at_a_time() {
        holds(
                TICKETS,
                new Life(
                        "seed 5116",
                        Setting.plain(Map.of()).withInstances(2),
                        List.of(
                                new Merge(Duration.ofMinutes(14), Quality.GOOD),
                                new Scene.Resize(Duration.ofMinutes(23), 5)),
                        List.of()));
    }

    /** The check took an instance that had died in its drain for one that a deployment kept out of service. */
    @Test
    void an_instance_that_died_is_out_of_service_by_nobodys_doing() {
        holds(TICKETS, life(Quality.SLOW_TO_BOOT, new Scene.Death(Duration.ofMinutes(2), FleetName.A)));
    }

    /** Who has to stay was dead, CodeDeploy let nobody go, and what was taken back went on serving (seed 95000769). */
    @Test
    void a_release_of_which_half_the_fleet_died_is_taken_back_all_the_same() {
        holds(TICKETS, new Life("seed 95000769", HALF_DIES, WHILE_IT_IS_WATCHED, List.of()));
    }

    /** Nobody comes in place of the dead for a quarter of an hour: it goes to all at once, which only Sweep may do. */
    @Test
    void and_where_nobody_comes_in_place_of_the_dead() {
        holds(
                TICKETS,
                new Life(
                        "half of it, for long",
                        HALF_DIES,
                        WHILE_IT_IS_WATCHED,
                        List.of(new Mishap.SilentAgents(
                                Duration.ofMinutes(23).plusSeconds(30), Duration.ofMinutes(14)))));
    }

    /** Nobody drove it in between, and its time was up: the check wanted it promoted (seed 95001260). */
    @Test
    void who_stops_a_pipeline_unheard_and_retries_it_later_may_find_that_time_is_up() {
        holds(
                TICKETS,
                new Life(
                        "seed 95001260",
                        Setting.plain(Map.of()).withPerInstance(16),
                        List.of(
                                new Merge(Duration.ZERO, Quality.GOOD),
                                new Scene.Stop(Duration.ofMinutes(6), false),
                                new Scene.Retry(Duration.ofMinutes(33))),
                        List.of(new Mishap.Delivery(Mishap.Carrier.EVENTS, Mishap.Disorder.LOST, Duration.ZERO))));
    }

    /** The check took its zone for one that was not done, and the bake for one that began late (seed 95001330). */
    @Test
    void an_instance_that_comes_up_in_a_zone_that_is_done_begins_no_bake_anew() {
        Setting seen = new Setting(
                3,
                21,
                Duration.ofSeconds(38),
                Duration.ofSeconds(14),
                Duration.ofSeconds(55),
                false,
                Duration.ofSeconds(129),
                true,
                Map.of());
        holds(
                TICKETS,
                new Life(
                        "seed 95001330",
                        seen,
                        List.of(
                                new Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC),
                                new Merge(Duration.ofMinutes(16), Quality.GOOD),
                                new Scene.Resize(Duration.ofMinutes(16), 5)),
                        List.of()));
    }

    /** The instance that was being installed on went with it; the check wanted the release promoted all the same (seed 99306113). */
    @Test
    void a_hand_that_shrinks_the_fleet_may_end_the_release_that_is_being_installed_on_it() {
        holds(
                TICKETS,
                new Life(
                        "seed 99306113",
                        Setting.plain(Map.of()).withPerInstance(8),
                        List.of(
                                new Merge(Duration.ZERO, Quality.SLOW_TO_BOOT),
                                new Scene.Resize(Duration.ofMinutes(4), 3),
                                new Scene.Resize(Duration.ofMinutes(5), -3)),
                        List.of()));
    }

    /** Nobody was counted while they were elsewhere, and the call that was to stop it next failed (seed 99332234). */
    @Test
    void a_hand_that_sends_users_away_until_its_bake_is_long_over_may_end_a_release() {
        Setting seen = new Setting(
                2,
                13,
                Duration.ofSeconds(40),
                Duration.ofSeconds(11),
                Duration.ofSeconds(49),
                true,
                Duration.ofSeconds(70),
                false,
                Map.of());
        holds(
                TICKETS,
                new Life(
                        "seed 99332234",
                        seen,
                        List.of(
                                new Merge(Duration.ofSeconds(2), Quality.GOOD),
                                new Merge(Duration.ofMinutes(8), Quality.GOOD),
                                new Scene.Hand(Duration.ofMinutes(26), 0, true, Duration.ofSeconds(253)),
                                new Scene.Hand(Duration.ofMinutes(29), 0, true, Duration.ofSeconds(195))),
                        List.of(new Mishap.Failure(892, 3, Mishap.Trouble.FAILED_AFTERWARDS))));
    }

    /** The check took both zones for done before anything was installed (seed 98303983). */
    @Test
    void what_is_installed_once_more_goes_from_zone_to_zone_like_anything_else() {
        Life life = new Life(
                "seed 98303983",
                Setting.plain(Map.of()).withInstances(3),
                List.of(new Merge(Duration.ZERO, Quality.GOOD), new MergeAgain(Duration.ofMinutes(27))),
                List.of());
        int created = CallNumbers.last(
                new Simulation(TICKETS).calls(life), call -> call.operation().equals("CreateDeployment"));
        holds(TICKETS, life.withMishaps(List.of(new Mishap.Crash(created, Fault.Moment.AFTER))));
    }

    /** A rollback stops a deployment in whatever it does: drains, installs, watches, joins again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24})
    void a_rollback_at_each_half_minute_leaves_nobody_out_of_service(int halfMinutes) {
        holds(TICKETS, life(Quality.GOOD, new Scene.RollBack(Duration.ofSeconds(90 + 30L * halfMinutes), true)));
    }

    /** @param service whose lives they are */
    private record Breaking(Mutant mutant, Service service) {
        @Override
        public String toString() {
            return mutant.toString();
        }
    }

    static Stream<Breaking> mutants() {
        return Stream.of(
                new Breaking(
                        installing(4, "what was there before never comes back", "not settled", NeverRestores::new),
                        TICKETS),
                new Breaking(
                        installing(
                                1,
                                "all zones are installed on at once",
                                "instances are out of service in",
                                AllAtOnce::new),
                        TICKETS),
                new Breaking(
                        installing(1, "the next zone follows at once", "bake lasts until", Unwatched::new), TICKETS),
                new Breaking(
                        installing(1, "nobody is waited for after the first zone", "went past its pause", Blind::new),
                        ASKING));
    }

    private static Mutant installing(int rule, String what, String seen, UnaryOperator<Installer> other) {
        return Mutant.of(rule, what, seen, wired -> new Altered(wired) {
            @Override
            public Installer installer() {
                return other.apply(super.installer());
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mutants")
    void a_mutant_is_caught(Breaking breaking) {
        Mutant mutant = breaking.mutant();
        Simulation mutated = new Simulation(breaking.service(), mutant.code());
        int taken = IntStream.rangeClosed(1, MOST)
                .filter(n -> mutant.caught(mutated.play(Draw.life(breaking.service(), n))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("%s: not caught in %d lives".formatted(mutant, MOST)));
        System.out.printf("| %d | %s | %d of at most %d |%n", mutant.rule(), mutant.what(), taken, MOST);
        holds(breaking.service(), Draw.life(breaking.service(), taken));
    }

    private static final class NeverRestores extends AlteredInstaller {
        NeverRestores(Installer deployed) {
            super(deployed);
        }

        @Override
        public Started restore(
                FleetName fleet, RevisionLocation former, RolloutId rollout, Restoration due, Instant since) {
            return new Started.Busy("always");
        }
    }

    private static final class AllAtOnce extends AlteredInstaller {
        AllAtOnce(Installer deployed) {
            super(deployed);
        }

        @Override
        public Started startByZone(
                FleetName fleet, RevisionLocation revision, RolloutId rollout, int attempt, Instant since) {
            return start(fleet, revision, rollout, since);
        }
    }

    /** It takes the configuration by which things come back. */
    private static final class Unwatched extends AlteredInstaller {
        Unwatched(Installer deployed) {
            super(deployed);
        }

        @Override
        public Started startByZone(
                FleetName fleet, RevisionLocation revision, RolloutId rollout, int attempt, Instant since) {
            return restore(
                    fleet, revision, rollout, new Restoration(attempt, 0, Optional.empty(), Optional.empty()), since);
        }
    }

    /** It does not see where one zone ends and the next begins. */
    private static final class Blind extends AlteredInstaller {
        Blind(Installer deployed) {
            super(deployed);
        }

        @Override
        public Installation followByZone(
                FleetName fleet, String deployment, RolloutId rollout, Instant since, List<String> inService) {
            return follow(fleet, deployment, inService);
        }
    }
}
