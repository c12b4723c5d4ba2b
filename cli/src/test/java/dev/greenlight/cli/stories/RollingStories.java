package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.ModelledDataPlane.Tally;
import dev.greenlight.service.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The ticket shop is released from one Availability Zone to the next, on the fleet that serves, and nobody goes unanswered. */
class RollingStories {

    private static final String FLEET = "greenlight-tickets-a";

    private static Festival shop(int instances) {
        Festival shop = Festival.ofExample("rolling", instances);
        shop.visitors(20);
        return shop;
    }

    private static Festival asking(int instances, boolean goesOn) {
        Config config = Festival.config("rolling");
        Config.Traffic.Rolling rolling =
                (Config.Traffic.Rolling) config.strategy().traffic();
        Config asking = config.releasing(new Config.Strategy(
                new Config.Traffic.Rolling(
                        rolling.firstBake(),
                        rolling.bake(),
                        rolling.keep(),
                        rolling.keepInZone(),
                        Optional.of(Duration.ofMinutes(30)),
                        goesOn),
                config.strategy().bake()));
        Festival shop = Festival.of(Fitted.to(asking), instances);
        shop.visitors(20);
        return shop;
    }

    /** What the instances in service run, by their zones. */
    private static Map<String, Set<String>> running(Festival shop) {
        return shop.sandbox.world().instances(FLEET).stream()
                .filter(instance -> instance.state() == InstanceState.IN_SERVICE)
                .collect(Collectors.groupingBy(
                        Instance::zone,
                        TreeMap::new,
                        Collectors.mapping(
                                instance -> instance.revision().orElse("nothing"),
                                Collectors.toCollection(TreeSet::new))));
    }

    private static void allRun(Festival shop, String version) {
        assertThat(running(shop).values()).as(shop.story()).hasSize(2).allMatch(Set.of(version)::equals);
    }

    private static long unanswered(Festival shop) {
        return shop.tally(Tally.BALANCER).failed();
    }

    private static Rolling rolling(Festival shop, String execution) {
        return shop.rollout(execution).rolling().orElseThrow();
    }

    private static void passUntilSettled(Festival shop, String execution) {
        shop.passUntil("everything settled", () -> shop.rollout(execution).settled());
    }

    @Test
    void a_good_release_loses_no_request_and_takes_one_zone_after_the_other() {
        try (Festival shop = shop(4)) {
            String execution = shop.merge("v2", Behaviour.good());
            shop.passUntil(execution, Phase.INSTALLING);
            shop.passUntil("one zone done", () -> rolling(shop, execution).done() == 1);
            assertThat(running(shop).values()).as(shop.story()).containsExactlyInAnyOrder(Set.of("v1"), Set.of("v2"));
            shop.passUntilPipelineEnds(execution);
            passUntilSettled(shop, execution);

            assertThat(shop.succeeded(execution)).as(shop.story()).isTrue();
            allRun(shop, "v2");
            assertThat(unanswered(shop)).isZero();
            assertThat(shop.ruleWrites()).isZero();
            assertThat(shop.sandbox
                            .world()
                            .autoScalingGroup(FLEET)
                            .orElseThrow()
                            .suspended())
                    .isEmpty();
        }
    }

    @Test
    void a_release_that_fails_its_users_in_the_first_zone_never_comes_to_the_second() {
        try (Festival shop = shop(4)) {
            String execution = shop.merge("v2", Behaviour.failing(1));
            shop.passUntil(execution, Phase.INSTALLING);
            shop.passUntil("taken back", () -> shop.rollout(execution).phase() == Phase.ROLLED_BACK);
            assertThat(shop.rollout(execution).ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(running(shop).values()).as(shop.story()).contains(Set.of("v1"));
            passUntilSettled(shop, execution);
            allRun(shop, "v1");
            assertThat(unanswered(shop)).isZero();
        }
    }

    @Test
    void a_person_lets_it_go_on_after_the_first_zone() {
        try (Festival shop = asking(4, false)) {
            String execution = shop.merge("v2", Behaviour.good());
            shop.passUntil(execution, Phase.INSTALLING);
            shop.passUntil("held", () -> rolling(shop, execution).heldAt().isPresent());
            shop.pass(Duration.ofMinutes(15));
            assertThat(running(shop).values()).containsExactlyInAnyOrder(Set.of("v1"), Set.of("v2"));

            assertThat(shop.service.call(Functions.PROMOTE, "{\"resume\":true,\"reason\":\"it looks well\"}"))
                    .isNotNull();
            shop.passUntilPipelineEnds(execution);
            assertThat(shop.succeeded(execution)).as(shop.story()).isTrue();
            allRun(shop, "v2");
            assertThat(rolling(shop, execution).attempt()).isEqualTo(2);
            assertThat(unanswered(shop)).isZero();
        }
    }

    @Test
    void where_nobody_comes_it_is_taken_back_without_blame() {
        try (Festival shop = asking(4, false)) {
            String execution = shop.merge("v2", Behaviour.good());
            shop.passUntilPipelineEnds(execution);
            passUntilSettled(shop, execution);
            assertThat(shop.rollout(execution).ending().orElseThrow().cause()).isEqualTo(Cause.DEADLINE);
            allRun(shop, "v1");
            assertThat(unanswered(shop)).isZero();
        }
    }

    @Test
    void a_person_takes_back_what_was_promoted_and_nobody_goes_unanswered() {
        try (Festival shop = shop(4)) {
            String execution = shop.merge("v2", Behaviour.good());
            shop.passUntilPipelineEnds(execution);
            passUntilSettled(shop, execution);
            shop.service.call(Functions.ROLL_BACK, "{\"reason\":\"orders are missing\"}");
            passUntilSettled(shop, execution);
            allRun(shop, "v1");
            assertThat(unanswered(shop)).isZero();
            assertThat(List.of(shop.rollout(execution).phase())).containsExactly(Phase.ROLLED_BACK);
        }
    }
}
