package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Recreation;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.ModelledDataPlane.Tally;
import dev.greenlight.service.Config;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ledger, whose versions never run side by side: each release shuts users out until one fleet is gone and the other one there. */
class RecreateStories {

    private static Festival ledger(int instances) {
        Festival ledger = Festival.ofExample("recreate", instances);
        ledger.visitors(20);
        return ledger;
    }

    /** The same with that fleet serving: B after a release. */
    private static Festival ledgerOn(FleetName serving) {
        Festival ledger = ledger(2);
        if (serving == FleetName.B) {
            passUntilSettled(ledger, ledger.release("v1b"));
        }
        return ledger;
    }

    private static String former(FleetName serving) {
        return serving == FleetName.A ? "v1" : "v1b";
    }

    private static Set<String> running(Festival ledger, String fleet) {
        return ledger.sandbox.world().instances(ledger.group(fleet).name()).stream()
                .filter(Instance::running)
                .map(instance -> instance.revision().orElse("nothing"))
                .collect(Collectors.toSet());
    }

    /** Lets time pass, and never sees an instance of both fleets with something on it that was installed. */
    private static void passAlone(Festival ledger, String execution, Phase phase) {
        ledger.passUntil(phase + " of " + execution, () -> {
            boolean both = isAtWork(ledger, "A") && isAtWork(ledger, "B");
            assertThat(both).as(ledger.story()).isFalse();
            return ledger.phaseIs(execution, phase);
        });
    }

    private static boolean isAtWork(Festival ledger, String fleet) {
        return ledger.sandbox.world().instances(ledger.group(fleet).name()).stream()
                .anyMatch(instance -> instance.running() && instance.revision().isPresent());
    }

    private static void passUntilSettled(Festival ledger, String execution) {
        ledger.passUntil("everything settled", () -> {
            assertThat(isAtWork(ledger, "A") && isAtWork(ledger, "B"))
                    .as(ledger.story())
                    .isFalse();
            return ledger.rollout(execution).settled();
        });
    }

    private static long unanswered(Festival ledger) {
        return ledger.tally(Tally.BALANCER).failed();
    }

    private static void assertServes(Festival ledger, String fleet, String version, int instances) {
        String other = fleet.equals("A") ? "B" : "A";
        assertThat(ledger.weights()).as(ledger.story()).isEqualTo(Map.of(fleet, 100, other, 0));
        assertThat(running(ledger, fleet)).containsExactly(version);
        assertThat(ledger.capacity(fleet)).isEqualTo(new Capacity(Math.min(2, instances), instances, 4));
        assertThat(ledger.instances(other)).isZero();
        assertThat(ledger.suspended("A")).isEmpty();
        assertThat(ledger.suspended("B")).isEmpty();
    }

    @Test
    void a_good_release_costs_its_announced_downtime_and_nothing_else() {
        try (Festival ledger = ledger(3)) {
            String execution = ledger.merge("v2", Behaviour.good());
            passAlone(ledger, execution, Phase.VERIFYING);
            long lost = unanswered(ledger);
            assertThat(lost).as("requests that were answered 503").isPositive();
            ledger.passUntilPipelineEnds(execution);
            passUntilSettled(ledger, execution);

            assertThat(ledger.succeeded(execution)).as(ledger.story()).isTrue();
            assertThat(unanswered(ledger)).isEqualTo(lost);
            assertServes(ledger, "B", "v2", 3);
            assertThat(ledger.rollout(execution).history())
                    .anySatisfy(event -> assertThat(event.why()).contains("shut out for at most"));
        }
    }

    @Test
    void the_next_release_changes_places_again() {
        try (Festival ledger = ledger(2)) {
            ledger.release("v2");
            String next = ledger.release("v3");
            passUntilSettled(ledger, next);
            assertServes(ledger, "A", "v3", 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_release_that_fails_its_smoke_tests_gives_way_to_the_one_before_it(FleetName serving) {
        try (Festival ledger = ledgerOn(serving)) {
            String execution = ledger.merge("v2", Behaviour.failing(1));
            passAlone(ledger, execution, Phase.ROLLED_BACK);
            passUntilSettled(ledger, execution);

            assertServes(ledger, serving.name(), former(serving), 2);
            assertThat(ledger.users("v2")).as("users met it").isZero();
            assertThat(ledger.failure(execution, "BeforeAllowTraffic")).contains("/health");
            assertThat(ledger.store.quarantine(
                            ledger.rollout(execution).revision().digest()))
                    .isPresent();
        }
    }

    @Test
    void a_release_that_fails_its_users_is_held_against_the_old_fleet_and_taken_back() {
        try (Festival ledger = ledger(3)) {
            String execution = ledger.merge("v2", Behaviour.good());
            ledger.passUntil(execution, Phase.VERIFYING);
            ledger.plane.behaviour("v2", Behaviour.failing(0.2));
            ledger.passUntilPipelineEnds(execution);
            passUntilSettled(ledger, execution);

            assertThat(ledger.rollout(execution).ending().orElseThrow().reason())
                    .contains("failed", "(blue 0.00% of");
            assertServes(ledger, "A", "v1", 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void hours_after_the_promotion_a_person_gets_the_old_version_back_and_is_told_how_long_that_takes(
            FleetName serving) {
        try (Festival ledger = ledgerOn(serving)) {
            String execution = ledger.release("v2");
            passUntilSettled(ledger, execution);
            ledger.pass(Duration.ofHours(5));
            assertThat(ledger.rollBack().path("message").asText())
                    .contains("comes back on fleet " + serving, "that takes minutes, about", "as on the way there");
            assertThat(ledger.weights()).as("users are shut out at once").isEqualTo(Map.of("A", 0, "B", 0));
            passUntilSettled(ledger, execution);
            assertServes(ledger, serving.name(), former(serving), 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_person_who_comes_while_the_old_fleet_leaves_has_it_back_before_it_is_gone(FleetName serving) {
        try (Festival ledger = ledgerOn(serving)) {
            String execution = ledger.merge("v2", Behaviour.good());
            ledger.passUntil(
                    "the old fleet leaves",
                    () -> ledger.store
                                    .rollout(new RolloutId(execution))
                                    .flatMap(Rollout::recreation)
                                    .filter(Recreation::isClosed)
                                    .isPresent()
                            && ledger.capacity(serving.name()).desired() == 0);
            ledger.rollBack();
            assertThat(ledger.capacity(serving.name()).desired()).isEqualTo(2);
            passUntilSettled(ledger, execution);
            assertServes(ledger, serving.name(), former(serving), 2);
            assertThat(ledger.users("v2")).isZero();
        }
    }

    @Test
    void a_person_who_comes_while_users_are_shut_out_gets_the_old_version_back() {
        try (Festival ledger = ledger(3)) {
            String execution = ledger.merge("v2", Behaviour.good());
            ledger.passUntil(execution, Phase.INSTALLING);
            ledger.rollBack();
            passUntilSettled(ledger, execution);
            assertServes(ledger, "A", "v1", 3);
            assertThat(ledger.rollout(execution).ending().orElseThrow().cause()).isEqualTo(Cause.BY_HAND);
        }
    }

    @Test
    void a_hand_that_opens_the_rule_while_nothing_serves_takes_the_release_back() {
        try (Festival ledger = ledger(3)) {
            String execution = ledger.merge("v2", Behaviour.good());
            ledger.passUntil(execution, Phase.INSTALLING);
            ledger.handWrites(100, 0);
            ledger.passUntilPipelineEnds(execution);
            passUntilSettled(ledger, execution);
            assertServes(ledger, "A", "v1", 3);
            assertThat(ledger.rollout(execution).ending().orElseThrow().cause()).isEqualTo(Cause.SEEN_ON_RULE);
        }
    }

    @Test
    void a_hand_that_wakes_the_old_fleet_is_undone_before_anybody_is_let_in() {
        try (Festival ledger = ledger(3)) {
            String execution = ledger.merge("v2", Behaviour.good());
            ledger.passUntil(execution, Phase.INSTALLING);
            ledger.sandbox.world().capacity(ledger.group("A").name(), new Capacity(0, 1, 4));
            ledger.passUntil(execution, Phase.VERIFYING);
            assertThat(ledger.instances("A")).as(ledger.story()).isZero();
            assertThat(ledger.decisions()).contains("scale");
        }
    }

    @Test
    void an_old_version_that_does_not_come_back_asks_for_a_person_and_lets_the_fix_begin() {
        try (Festival ledger = ledger(2)) {
            String execution = ledger.merge("v2", Behaviour.failing(1));
            ledger.sandbox.revisions().expire("released-earlier", "v1.zip");
            ledger.passUntilPipelineEnds(execution);
            ledger.passUntil(
                    "a person is asked",
                    () -> ledger.rollout(execution).history().stream()
                            .anyMatch(event -> event.what().equals("restores again")));
            String fix = ledger.release("v3");
            passUntilSettled(ledger, fix);
            assertServes(ledger, "B", "v3", 2);
        }
    }

    @Test
    void sweep_sees_the_way_back_through_where_every_call_dies_once() {
        try (Festival ledger = ledger(2)) {
            String execution = ledger.release("v2");
            ledger.sandbox
                    .faults()
                    .failing(call -> call.operation().equals("UpdateAutoScalingGroup"), 1, Fault.unavailable());
            ledger.sandbox.faults().failing(call -> call.operation().equals("ModifyRule"), 1, Fault.unavailable());
            ledger.rollBack();
            passUntilSettled(ledger, execution);
            assertServes(ledger, "A", "v1", 2);
        }
    }

    @Test
    void the_settings_may_change_while_users_are_shut_out() {
        try (Festival ledger = ledger(2)) {
            String execution = ledger.merge("v2", Behaviour.good());
            ledger.passUntil(execution, Phase.INSTALLING);
            Config config = Festival.config("recreate");
            Config.Strategy two = new Config.Strategy(
                    new Config.Traffic.BlueGreen(), config.strategy().bake());
            ledger.service.stack().update(new EditedTemplate(Fitted.template(config.releasing(two))).template());
            ledger.passUntilPipelineEnds(execution);
            assertThat(ledger.succeeded(execution)).as(ledger.story()).isTrue();
            passUntilSettled(ledger, execution);
            assertServes(ledger, "B", "v2", 2);
            ledger.release("v3");
            assertThat(ledger.instances("B"))
                    .as("the next one keeps its blue warm")
                    .isPositive();
        }
    }
}
