package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.InstanceState;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The festival does not stop for a release: the crowd grows, instances die, the night's schedule comes due. */
class CrowdStories {

    @Test
    void green_follows_a_blue_that_grows_before_traffic_moves() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(50);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.INSTALLING);
            festival.sandbox.world().capacity("greenlight-festival-a", new Capacity(4, 7, 24));

            festival.passUntil(execution, Phase.VERIFYING);
            long serving = festival.group("B").instances().stream()
                    .filter(instance -> instance.state() == InstanceState.IN_SERVICE)
                    .count();

            assertThat(serving).as(festival.story()).isEqualTo(7);
            festival.passUntilPipelineEnds(execution);
            assertThat(festival.succeeded(execution)).isTrue();
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }

    @Test
    void a_death_on_green_that_costs_less_than_is_tolerated_does_not_fail_a_good_release() {
        try (Festival festival = killedUnderTraffic("0.06")) {
            String execution = festival.store.ledger().latest().orElseThrow().value();
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            festival.pass(Duration.ofMinutes(10));
            assertThat(festival.instances("B")).isEqualTo(4);
            assertThat(festival.weights()).containsEntry("B", 100);
        }
    }

    @Test
    void a_death_on_green_that_costs_more_takes_it_back_for_the_requests_that_failed() {
        try (Festival festival = killedUnderTraffic("0.01")) {
            String execution = festival.store.ledger().latest().orElseThrow().value();
            festival.passUntilPipelineEnds(execution);

            assertThat(festival.failure(execution, "AfterAllowTraffic")).contains("error share", "1.00% allowed");
            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }

    /** One of four instances of green dies a minute after it got all traffic: its share fails until it is noticed. */
    private static Festival killedUnderTraffic(String tolerance) {
        Festival festival = Festival.serving(
                4, Map.of("GREENLIGHT_ERROR_SHARE", "{\"tolerance\":%s,\"minimumRequests\":200}".formatted(tolerance)));
        festival.visitors(50);
        String execution = festival.merge("v2", Behaviour.good());
        festival.passUntil(execution, Phase.VERIFYING);
        festival.pass(Duration.ofMinutes(1));
        festival.sandbox.world().kill(festival.group("B").instances().getFirst().id());
        return festival;
    }

    @Test
    void a_death_on_blue_while_it_is_warm_is_replaced_so_that_the_way_back_stays() {
        try (Festival festival = Festival.serving(3)) {
            festival.visitors(20);
            festival.release("v2");
            festival.sandbox
                    .world()
                    .kill(festival.group("A").instances().getFirst().id());
            festival.pass(Duration.ofMinutes(15));

            assertThat(festival.instances("A")).isEqualTo(3);
            festival.rollBack();
            festival.pass(Duration.ofMinutes(2));
            assertThat(festival.weights()).containsEntry("A", 100);
            assertThat(festival.tally("v1").failed()).isZero();
        }
    }

    @Test
    void the_nights_schedule_neither_wakes_nor_shrinks_a_fleet_during_a_rollout() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.INSTALLING);
            festival.sandbox
                    .world()
                    .scheduledAction(
                            "greenlight-festival-a", festival.clock.instant().plusSeconds(60), new Capacity(0, 1, 24));
            festival.sandbox
                    .world()
                    .scheduledAction(
                            "greenlight-festival-b", festival.clock.instant().plusSeconds(60), new Capacity(0, 0, 24));

            festival.passUntilPipelineEnds(execution);

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.instances("A")).isEqualTo(4);
            assertThat(festival.instances("B")).isEqualTo(4);
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
        }
    }

    @Test
    void scaling_by_load_goes_on_while_green_is_verified_and_after() {
        try (Festival festival = Festival.serving(2)) {
            var visitors = festival.visitors(10);
            festival.sandbox.world().followLoad("greenlight-festival-a", 400);
            festival.sandbox.world().followLoad("greenlight-festival-b", 400);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.VERIFYING);
            visitors.rate(25);

            festival.passUntilPipelineEnds(execution);
            festival.pass(Duration.ofMinutes(10));

            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.instances("B")).isGreaterThanOrEqualTo(4);
            assertThat(festival.instances("A"))
                    .as("blue is ready for today's load")
                    .isEqualTo(festival.instances("B"));
            assertThat(festival.tally("v2").failed()).isZero();
        }
    }

    @Test
    void a_blue_that_somebody_widens_in_an_emergency_is_not_shrunk_by_a_rollout() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, Phase.INSTALLING);
            festival.sandbox.world().capacity("greenlight-festival-a", new Capacity(4, 12, 20));
            int[] least = {100};
            festival.passUntil("end", () -> {
                least[0] = Math.min(least[0], festival.capacity("A").desired());
                return festival.service.execution(execution).ended().isPresent();
            });
            assertThat(least[0]).as(festival.story()).isEqualTo(12);
            assertThat(festival.instances("B")).isEqualTo(12);
        }
    }

    @Test
    void a_green_that_somebody_widens_after_promotion_is_not_shrunk() {
        try (Festival festival = Festival.serving(4)) {
            festival.visitors(20);
            String execution = festival.release("v2");
            festival.sandbox.world().capacity("greenlight-festival-b", new Capacity(2, 12, 20));
            festival.pass(Duration.ofMinutes(10));
            assertThat(festival.capacity("B").desired()).as(festival.story()).isEqualTo(12);
            assertThat(festival.instances("A")).isEqualTo(12);
            assertThat(festival.succeeded(execution)).isTrue();
        }
    }
}
