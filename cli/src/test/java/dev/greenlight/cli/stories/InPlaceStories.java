package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.cli.simulate.RulesWatch;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.InstanceState;
import dev.greenlight.sandbox.world.ModelledDataPlane.Tally;
import dev.greenlight.service.Config;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The back office is released in place: on the fleet that serves, with its downtime, and back the same way. */
class InPlaceStories {

    private static final Behaviour BAD = Behaviour.failing(1);

    private static Festival office(int instances) {
        Festival office = Festival.ofExample("in-place", instances);
        office.visitors(20);
        return office;
    }

    /** The same, released on two fleets before, so that B serves; its stack is updated then. */
    private static Festival officeOn(FleetName serving) {
        if (serving == FleetName.A) {
            return office(3);
        }
        Config config = Festival.config("in-place");
        Map<String, String> two = Map.of("GREENLIGHT_STRATEGY", "blue-green");
        Festival office = Festival.of(
                Blueprint.of(
                        new EditedTemplate(Fitted.template(config)).told(two).template(), Account.example()),
                3);
        office.visitors(20);
        office.release("v0");
        office.service.call(Functions.RETIRE_BLUE, "{\"reason\":\"one fleet will do\"}");
        office.pass(Duration.ofMinutes(30));
        office.service.stack().update(new EditedTemplate(Fitted.template(config)).template());
        office.pass(Duration.ofMinutes(5));
        return office;
    }

    private static String former(FleetName serving) {
        return serving == FleetName.A ? "v1" : "v0";
    }

    /** What the instances run that serve. */
    private static Set<String> running(Festival office) {
        String serving = office.weights().get("A") == 100 ? "greenlight-backoffice-a" : "greenlight-backoffice-b";
        return office.sandbox.world().instances(serving).stream()
                .filter(instance -> instance.state() == InstanceState.IN_SERVICE)
                .map(Instance::revision)
                .map(revision -> revision.orElse("nothing"))
                .collect(Collectors.toSet());
    }

    private static void passUntilSettled(Festival office, String execution) {
        office.passUntil("everything settled", () -> office.rollout(execution).settled());
    }

    private static void assertAsFound(Festival office, int instances) {
        var fleet = office.sandbox
                .world()
                .autoScalingGroup("greenlight-backoffice-a")
                .orElseThrow();
        assertThat(fleet.suspended()).isEmpty();
        assertThat(fleet.capacity()).isEqualTo(new Capacity(Math.min(2, instances), instances, 4));
        assertThat(office.sandbox.world().instances("greenlight-backoffice-b")).isEmpty();
        assertThat(office.ruleWrites()).isZero();
    }

    private static long unanswered(Festival office) {
        return office.tally(Tally.BALANCER).failed();
    }

    @Test
    void a_good_release_costs_its_downtime_and_nothing_else() {
        try (Festival office = office(3)) {
            String execution = office.merge("v2", Behaviour.good());
            office.passUntil(execution, Phase.VERIFYING);
            long lost = unanswered(office);
            assertThat(lost).as("requests while the application was stopped").isPositive();
            office.passUntilPipelineEnds(execution);
            passUntilSettled(office, execution);

            assertThat(office.succeeded(execution)).as(office.story()).isTrue();
            assertThat(running(office)).containsExactly("v2");
            assertThat(unanswered(office)).isEqualTo(lost);
            assertAsFound(office, 3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_release_on_either_fleet_is_taken_back_by_whoever_looks(FleetName serving) {
        try (Festival office = officeOn(serving)) {
            office.passUntilPipelineEnds(office.merge("v2", BAD));
            office.pass(Duration.ofMinutes(8));
            assertThat(running(office)).as(office.story()).containsExactly(former(serving));

            String execution = office.merge("v3", Behaviour.good());
            office.passUntil(execution, Phase.VERIFYING);
            office.plane.behaviour("v3", Behaviour.failing(0.2));
            office.passUntilPipelineEnds(execution);
            passUntilSettled(office, execution);
            assertThat(office.rollout(execution).ending().orElseThrow().reason())
                    .contains("failed", "(blue 0.00% of");
            assertThat(running(office)).containsExactly(former(serving));
            assertThat(office.rollout(execution).green()).isEqualTo(serving);
        }
    }

    @ParameterizedTest
    @EnumSource
    void where_the_way_back_cannot_begin_at_once_sweep_begins_it(FleetName serving) {
        try (Festival office = officeOn(serving)) {
            String execution = office.merge("v2", Behaviour.good());
            office.passUntil(execution, Phase.VERIFYING);
            office.sandbox
                    .faults()
                    .failing(call -> call.operation().equals("CreateDeployment"), 1, Fault.unavailable());
            assertThat(office.rollBack().path("message").asText()).contains("Sweep brings it within its minute");
            passUntilSettled(office, execution);
            assertThat(running(office)).as(office.story()).containsExactly(former(serving));

            String next = office.merge("v3", Behaviour.good());
            office.passUntil(next, Phase.VERIFYING);
            assertThat(office.rollBack().path("message").asText()).contains("deployment d-");
            passUntilSettled(office, next);
            assertThat(running(office)).containsExactly(former(serving));
        }
    }

    /** A hand gives the other fleet users, which it cannot serve, right before the last actions of the pipeline. */
    @ParameterizedTest
    @EnumSource
    void weights_of_another_hand_end_it_in_time_and_it_goes_back(FleetName serving) {
        try (Festival office = officeOn(serving)) {
            String execution = office.merge("v2", Behaviour.good());
            AtomicBoolean written = new AtomicBoolean();
            office.sandbox.calls().listen(call -> {
                if (call.operation().equals("PutJobSuccessResult")
                        && call.invocation().contains("before-allow-traffic")
                        && office.phaseIs(execution, Phase.SHIFTING)
                        && written.compareAndSet(false, true)) {
                    office.handWrites(50, 50);
                }
            });
            office.passUntilPipelineEnds(execution);
            boolean onA = serving == FleetName.A;
            office.handWrites(onA ? 100 : 0, onA ? 0 : 100);
            passUntilSettled(office, execution);

            assertThat(office.failure(execution, "AllowTraffic")).contains("changed by someone else");
            assertThat(running(office)).as(office.story()).containsExactly(former(serving));
        }
    }

    @Test
    void a_release_that_fails_its_smoke_tests_gives_way_to_what_was_there_before() {
        try (Festival office = office(3)) {
            String execution = office.merge("v2", BAD);
            office.passUntilPipelineEnds(execution);
            passUntilSettled(office, execution);

            Rollout rollout = office.rollout(execution);
            assertThat(rollout.phase()).as(office.story()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(rollout.ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(running(office)).containsExactly("v1");
            assertThat(office.store.quarantine(rollout.revision().digest())).isPresent();
            assertAsFound(office, 3);
        }
    }

    @Test
    void a_release_that_fails_its_users_is_held_against_the_time_before_it() {
        try (Festival office = office(3)) {
            String execution = office.merge("v2", Behaviour.good());
            office.passUntil(execution, Phase.VERIFYING);
            office.plane.behaviour("v2", Behaviour.failing(0.2));
            office.passUntilPipelineEnds(execution);
            passUntilSettled(office, execution);

            assertThat(office.rollout(execution).ending().orElseThrow().reason())
                    .contains("failed", "(blue 0.00% of");
            assertThat(running(office)).containsExactly("v1");
        }
    }

    /** Its pins were given back when it was promoted: they come first. */
    @Test
    void a_person_takes_it_back_an_hour_after_its_promotion() {
        try (Festival office = office(3)) {
            RulesWatch watch = office.watch();
            String execution = office.release("v2");
            office.pass(Duration.ofHours(1));
            assertThat(office.rollBack().path("outcome").asText()).isEqualTo("done");
            passUntilSettled(office, execution);

            assertThat(running(office)).as(office.story()).containsExactly("v1");
            assertAsFound(office, 3);
            assertThat(watch.rulings().broken()).isEmpty();
        }
    }

    @Test
    void a_person_takes_it_back_and_sweep_sees_it_through() {
        try (Festival office = office(3)) {
            String execution = office.merge("v2", Behaviour.good());
            office.passUntil(execution, Phase.VERIFYING);
            JsonNode answer = office.rollBack();

            assertThat(answer.path("outcome").asText()).isEqualTo("done");
            assertThat(answer.path("message").asText()).contains("takes minutes");
            passUntilSettled(office, execution);
            assertThat(running(office)).as(office.story()).containsExactly("v1");
            assertAsFound(office, 3);
        }
    }

    /** Half of the instances run the old revision, half the new one, and what runs on them was stopped in the middle. */
    @Test
    void a_release_that_is_taken_back_in_the_middle_of_its_installation_leaves_one_revision() {
        try (Festival office = office(3)) {
            String execution = office.merge("v2", Behaviour.good());
            office.passUntil(execution, Phase.INSTALLING);
            office.passUntil("something stopped", () -> running(office).contains("nothing"));
            office.rollBack();
            passUntilSettled(office, execution);

            assertThat(running(office)).as(office.story()).containsExactly("v1");
            assertAsFound(office, 3);
        }
    }

    @Test
    void an_instance_that_joins_after_a_rollback_gets_what_the_others_run() {
        try (Festival office = office(3)) {
            String execution = office.merge("v2", BAD);
            office.passUntilPipelineEnds(execution);
            passUntilSettled(office, execution);
            office.sandbox.world().capacity("greenlight-backoffice-a", new Capacity(2, 4, 4));
            office.pass(Duration.ofMinutes(10));

            assertThat(running(office)).containsExactly("v1");
            assertThat(office.instances("A")).isEqualTo(4);
        }
    }

    @Test
    void the_next_release_comes_after_one_that_was_taken_back() {
        try (Festival office = office(3)) {
            office.passUntilPipelineEnds(office.merge("v2", BAD));
            String execution = office.release("v3");
            assertThat(office.rollout(execution).former()).isEqualTo("what served before");
            assertThat(running(office)).containsExactly("v3");
        }
    }

    @Test
    void an_urgent_fix_does_not_wait_for_the_bake() {
        try (Festival office = office(3)) {
            String execution = office.merge("v2", Behaviour.good());
            office.passUntil(execution, Phase.VERIFYING);
            office.service.call(Functions.PROMOTE, "{\"reason\":\"the printers stand still\"}");
            assertThat(office.rollout(execution).phase()).isEqualTo(Phase.PROMOTED);
        }
    }

    /** What a person promotes early is still looked at. */
    @ParameterizedTest
    @EnumSource
    void an_urgent_fix_that_fails_its_users_is_taken_back_by_who_asked_for_it(FleetName serving) {
        try (Festival office = officeOn(serving)) {
            String execution = office.merge("v2", Behaviour.good());
            office.passUntil(execution, Phase.VERIFYING);
            office.pass(Duration.ofMinutes(3));
            office.plane.behaviour("v2", Behaviour.failing(0.5));
            var silent = office.sandbox
                    .faults()
                    .failing(
                            call -> call.invocation().contains("after-allow-traffic")
                                    || call.invocation().contains("sweep"),
                            Fault.unavailable());
            office.pass(Duration.ofMinutes(4));
            office.service.call(Functions.PROMOTE, "{\"reason\":\"the printers stand still\"}");
            assertThat(office.rollout(execution).phase()).as(office.story()).isEqualTo(Phase.ROLLED_BACK);
            silent.cancel();
            passUntilSettled(office, execution);
            assertThat(running(office)).containsExactly(former(serving));
        }
    }

    /** The minutes before it hold a downtime, which says nothing of what was there before: it was another release's. */
    @Test
    void a_release_after_one_that_was_taken_back_is_held_against_calm_minutes_only() {
        try (Festival office = office(3)) {
            office.passUntilPipelineEnds(office.merge("v2", BAD));
            String execution = office.merge("v3", Behaviour.failing(0.05));
            office.passUntilPipelineEnds(execution);
            passUntilSettled(office, execution);
            assertThat(office.rollout(execution).phase()).as(office.story()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(running(office)).containsExactly("v1");
        }
    }

    @Test
    void the_first_release_of_a_service_has_an_empty_fleet_like_any_other() {
        try (Festival office = office(0)) {
            String execution = office.release("v2");
            assertThat(office.rollout(execution).onOneFleet()).isFalse();
            String next = office.release("v3");
            assertThat(office.rollout(next).onOneFleet()).isTrue();
            assertThat(office.rollout(next).former()).isEqualTo("v2");
            assertThat(running(office)).containsExactly("v3");
        }
    }
}
