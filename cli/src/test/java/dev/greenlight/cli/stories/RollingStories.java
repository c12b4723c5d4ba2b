package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.Account;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ticket shop is released from one Availability Zone to the next, on the fleet that serves, and nobody goes unanswered. */
class RollingStories {

    private static final String FLEET = "greenlight-tickets-a";

    /** The same shop, released on two fleets before, so that B serves; its functions are told of zones then. */
    private static Festival shopOn(FleetName serving) {
        if (serving == FleetName.A) {
            return shop(2);
        }
        Config config = Festival.config("rolling");
        EditedTemplate two = new EditedTemplate(Fitted.template(config));
        two.each("AWS::Lambda::Function", function -> {
            if (function.path("Environment").path("Variables") instanceof ObjectNode variables
                    && variables.has("GREENLIGHT_STRATEGY")) {
                List<String> zones = variables
                        .propertyStream()
                        .map(Map.Entry::getKey)
                        .filter(name -> name.startsWith("GREENLIGHT_ROLLING"))
                        .toList();
                variables.remove(zones);
                variables.put("GREENLIGHT_STRATEGY", "blue-green");
            }
        });
        Festival shop = Festival.of(Blueprint.of(two.template(), Account.example()), 2);
        shop.visitors(20);
        shop.release("v0");
        shop.service.call(Functions.RETIRE_BLUE, "{\"reason\":\"one fleet will do\"}");
        shop.pass(Duration.ofMinutes(30));
        shop.service.stack().update(new EditedTemplate(Fitted.template(config)).template());
        shop.pass(Duration.ofMinutes(5));
        return shop;
    }

    private static void allRunFormer(Festival shop, FleetName serving) {
        String fleet = shop.group(serving.name()).name();
        assertThat(shop.sandbox.world().instances(fleet))
                .as(shop.story())
                .hasSize(2)
                .allMatch(instance -> instance.revision().equals(Optional.of(serving == FleetName.A ? "v1" : "v0")));
    }

    private static void taken(Festival shop, String execution, FleetName serving) {
        passUntilSettled(shop, execution);
        assertThat(shop.rollout(execution).phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(shop.rollout(execution).green()).isEqualTo(serving);
        allRunFormer(shop, serving);
    }

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

    @ParameterizedTest
    @EnumSource
    void a_release_on_either_fleet_is_taken_back_by_whoever_looks(FleetName serving) {
        try (Festival shop = shopOn(serving)) {
            String first = shop.merge("v2", Behaviour.failing(1));
            shop.passUntilPipelineEnds(first);
            taken(shop, first, serving);
            assertThat(shop.failure(first, "InstallRevision")).contains("failed");

            String second = shop.merge("v3", Behaviour.good());
            shop.passUntil(second, Phase.VALIDATING);
            shop.plane.behaviour("v3", Behaviour.failing(1));
            shop.passUntilPipelineEnds(second);
            taken(shop, second, serving);
            assertThat(shop.failure(second, "BeforeAllowTraffic")).contains("/health");

            String third = shop.merge("v4", Behaviour.good());
            shop.passUntil(third, Phase.VERIFYING);
            shop.plane.behaviour("v4", Behaviour.failing(0.2));
            shop.passUntilPipelineEnds(third);
            taken(shop, third, serving);
        }
    }

    @ParameterizedTest
    @EnumSource
    void where_the_way_back_cannot_begin_at_once_sweep_begins_it(FleetName serving) {
        try (Festival shop = shopOn(serving)) {
            String execution = shop.merge("v2", Behaviour.good());
            shop.passUntil(execution, Phase.VERIFYING);
            shop.sandbox.faults().failing(call -> call.operation().equals("CreateDeployment"), 1, Fault.unavailable());
            assertThat(shop.rollBack().path("message").asText()).contains("Sweep brings it within its minute");
            taken(shop, execution, serving);

            String next = shop.merge("v3", Behaviour.good());
            shop.passUntil(next, Phase.VERIFYING);
            assertThat(shop.rollBack().path("message").asText()).contains("deployment d-");
            taken(shop, next, serving);
        }
    }

    @ParameterizedTest
    @EnumSource
    void weights_of_another_hand_end_it_in_time_and_it_goes_back(FleetName serving) {
        try (Festival shop = shopOn(serving)) {
            String execution = shop.merge("v2", Behaviour.good());
            AtomicBoolean written = new AtomicBoolean();
            shop.sandbox.calls().listen(call -> {
                if (call.operation().equals("PutJobSuccessResult")
                        && call.invocation().contains("before-allow-traffic")
                        && shop.phaseIs(execution, Phase.SHIFTING)
                        && written.compareAndSet(false, true)) {
                    shop.handWrites(50, 50);
                }
            });
            shop.passUntilPipelineEnds(execution);
            boolean onA = serving == FleetName.A;
            shop.handWrites(onA ? 100 : 0, onA ? 0 : 100);
            taken(shop, execution, serving);
            assertThat(shop.failure(execution, "AllowTraffic")).contains("changed by someone else");
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_urgent_fix_that_fails_its_users_is_taken_back_by_who_asked_for_it(FleetName serving) {
        try (Festival shop = shopOn(serving)) {
            String execution = shop.merge("v2", Behaviour.good());
            shop.passUntil(execution, Phase.VERIFYING);
            shop.pass(Duration.ofMinutes(1));
            shop.plane.behaviour("v2", Behaviour.failing(0.5));
            var silent = shop.sandbox
                    .faults()
                    .failing(
                            call -> call.invocation().contains("after-allow-traffic")
                                    || call.invocation().contains("sweep"),
                            Fault.unavailable());
            shop.pass(Duration.ofMinutes(6));
            shop.service.call(Functions.PROMOTE, "{\"reason\":\"the printers stand still\"}");
            assertThat(shop.rollout(execution).phase()).as(shop.story()).isEqualTo(Phase.ROLLED_BACK);
            silent.cancel();
            taken(shop, execution, serving);
        }
    }

    @Test
    void the_first_release_of_a_service_has_an_empty_fleet_like_any_other() {
        try (Festival shop = shop(0)) {
            String execution = shop.release("v2");
            assertThat(shop.rollout(execution).rolling()).isEmpty();
            String next = shop.release("v3");
            assertThat(shop.rollout(next).rolling()).isPresent();
            allRun(shop, "v3");
        }
    }
}
