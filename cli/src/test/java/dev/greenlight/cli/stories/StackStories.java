package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.simulate.RulesWatch;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.cloudformation.StackEvent;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights and sizes are live: a stack that is updated, taken back or deleted leaves to rollouts what is theirs. */
class StackStories {

    private static final int ROLLOUTS = 100;
    private static final String OWNER = "greenlight-festival-traffic-rule";
    private static final List<String> HOSTS = List.of("tickets.example.com", "www.example.com");

    /** Everything that rollouts own. */
    private record Live(
            Map<String, Integer> weights,
            Map<String, String> tags,
            String rule,
            List<Object> fleets,
            List<String> instances) {

        static Live of(Festival festival) {
            return new Live(
                    festival.weights(),
                    Map.copyOf(festival.tags()),
                    festival.sandbox.site().productionRule(),
                    List.of(
                            festival.capacity("A"),
                            festival.capacity("B"),
                            festival.suspended("A"),
                            festival.suspended("B"),
                            launches(festival, "A"),
                            launches(festival, "B")),
                    Stream.of("A", "B")
                            .flatMap(fleet -> festival.group(fleet).instances().stream())
                            .map(Instance::id)
                            .toList());
        }
    }

    private static Object launches(Festival festival, String fleet) {
        return festival.sandbox
                .world()
                .launchTemplates()
                .of(festival.group(fleet).name())
                .orElseThrow();
    }

    @Test
    void a_stack_from_nothing_answers_503_and_releases() {
        try (Festival festival = Festival.beforeFirstRelease()) {
            assertThat(festival.service.stack().status()).contains(StackStatus.CREATE_COMPLETE);
            assertThat(rule(festival).orElseThrow().action())
                    .isEqualTo(new Action.Fixed(503, "text/plain", "no release yet"));
            festival.visitors(20);

            festival.release("v1");

            assertThat(festival.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void a_hundred_rollouts_between_two_updates_stay_where_the_last_one_put_them() {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.visitors(5);
            update(festival, new EditedTemplate().unrelated(1).template());
            for (int i = 1; i <= ROLLOUTS; i++) {
                festival.release("v" + (i + 1));
            }
            festival.pass(Duration.ofMinutes(10));
            Live live = Live.of(festival);

            update(
                    festival,
                    new EditedTemplate().unrelated(2).host("www.example.com").template());
            festival.pass(Duration.ofMinutes(10));

            assertThat(Live.of(festival)).isEqualTo(live);
            assertThat(hosts(festival)).isEqualTo(HOSTS);
            assertThat(watch.rulings().broken()).isEmpty();
            festival.release("v-last");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PREPARING", "INSTALLING", "VALIDATING", "VERIFYING", "PROMOTED"})
    void an_update_that_takes_its_time_in_the_middle_of_a_rollout_is_harmless(Phase phase) {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            String execution = festival.merge("v2", Behaviour.good());
            festival.passUntil(execution, phase);
            festival.service.stack().pace(Duration.ofSeconds(20));

            festival.service
                    .stack()
                    .update(new EditedTemplate()
                            .unrelated(1)
                            .host("www.example.com")
                            .template());
            festival.passUntilPipelineEnds(execution);
            passUntilStackRests(festival);

            assertThat(festival.service.stack().status()).as(events(festival)).contains(StackStatus.UPDATE_COMPLETE);
            assertThat(festival.succeeded(execution)).as(festival.story()).isTrue();
            assertThat(festival.weights()).isEqualTo(Map.of("A", 0, "B", 100));
            assertThat(hosts(festival)).isEqualTo(HOSTS);
            assertThat(festival.tally("v1").failed() + festival.tally("v2").failed())
                    .isZero();
            assertThat(watch.rulings().broken()).as(festival.story()).isEmpty();
        }
    }

    @Test
    void an_update_that_fails_goes_back_and_no_weight_and_no_size_goes_with_it() {
        try (Festival festival = Festival.serving(2)) {
            RulesWatch watch = festival.watch();
            festival.visitors(20);
            update(festival, new EditedTemplate().unrelated(1).template());
            festival.release("v2");
            festival.pass(Duration.ofMinutes(10));
            Live live = Live.of(festival);
            festival.sandbox
                    .faults()
                    .failing(call -> ofOwner(call) && call.operation().equals("ModifyRule"), 1, Fault.denied());

            festival.service
                    .stack()
                    .update(new EditedTemplate()
                            .unrelated(2)
                            .host("www.example.com")
                            .template());
            festival.pass(Duration.ofMinutes(1));

            assertThat(festival.service.stack().status())
                    .as(events(festival))
                    .contains(StackStatus.UPDATE_ROLLBACK_COMPLETE);
            assertThat(events(festival)).contains("elasticloadbalancing:ModifyRule: AccessDenied");
            assertThat(Live.of(festival)).isEqualTo(live);
            assertThat(hosts(festival)).isEqualTo(HOSTS.subList(0, 1));
            assertThat(watch.rulings().broken()).isEmpty();
            festival.release("v3");
        }
    }

    @Test
    void an_owner_that_dies_on_every_try_times_out_and_the_stack_goes_back() {
        try (Festival festival = Festival.serving(2)) {
            festival.visitors(20);
            Live live = Live.of(festival);
            Faults.Armed death = festival.sandbox.faults().dying(StackStories::ofOwner);

            festival.service
                    .stack()
                    .update(new EditedTemplate()
                            .unrelated(1)
                            .host("www.example.com")
                            .template());
            festival.pass(Duration.ofMinutes(4));
            assertThat(festival.service.stack().status()).contains(StackStatus.UPDATE_IN_PROGRESS);
            death.cancel();
            festival.pass(Duration.ofMinutes(2));

            assertThat(festival.service.stack().status())
                    .as(events(festival))
                    .contains(StackStatus.UPDATE_ROLLBACK_COMPLETE);
            assertThat(events(festival))
                    .contains("CloudFormation did not receive a response from your Custom Resource.");
            assertThat(Live.of(festival)).isEqualTo(live);
            assertThat(hosts(festival)).isEqualTo(HOSTS.subList(0, 1));
        }
    }

    @Test
    void a_stack_whose_service_serves_is_not_deleted_and_goes_on_serving() {
        Festival festival = Festival.serving(2);
        try {
            festival.visitors(20);
            Live live = Live.of(festival);

            festival.service.stack().delete();
            festival.pass(Duration.ofMinutes(20));

            assertThat(festival.service.stack().status()).as(events(festival)).contains(StackStatus.DELETE_FAILED);
            assertThat(events(festival)).contains("carries traffic");
            assertThat(Live.of(festival)).as(events(festival)).isEqualTo(live);
            assertThat(festival.tally("v1").failed()).isZero();
            // What scales out still gets its revision.
            festival.sandbox.world().capacity(festival.group("A").name(), new Capacity(2, 3, 24));
            festival.pass(Duration.ofMinutes(10));
            assertThat(festival.instances("A")).isEqualTo(3);
            assertThat(festival.tally("v1").failed()).isZero();

            // A stack that could not be deleted takes no update: who means it closes the rule by hand.
            festival.rule.handCloses();
            festival.service.stack().delete();
            festival.pass(Duration.ofMinutes(20));
            assertNothingIsLeft(festival, StackStatus.DELETE_COMPLETE);
        } finally {
            festival.service.close();
        }
    }

    @Test
    void by_force_a_stack_is_deleted_while_it_serves_and_leaves_nothing() {
        Festival festival = Festival.serving(2);
        try {
            festival.visitors(20);
            update(festival, new EditedTemplate().force().template());

            festival.service.stack().delete();
            festival.pass(Duration.ofMinutes(20));

            assertNothingIsLeft(festival, StackStatus.DELETE_COMPLETE);
        } finally {
            festival.service.close();
        }
    }

    @Test
    void a_creation_that_fails_leaves_nothing_and_can_be_repeated() {
        Festival festival = Festival.beforeFirstRelease();
        try {
            festival.service.stack().delete();
            festival.pass(Duration.ofMinutes(5));
            assertNothingIsLeft(festival, StackStatus.DELETE_COMPLETE);

            festival.sandbox.faults().failing(call -> call.operation().equals("CreateRule"), 1, Fault.lostAnswer());
            create(festival);
            assertThat(events(festival)).contains("elasticloadbalancing:CreateRule");
            assertNothingIsLeft(festival, StackStatus.ROLLBACK_COMPLETE);

            festival.service.stack().delete();
            festival.pass(Duration.ofMinutes(1));
            Faults.Armed death = festival.sandbox.faults().dying(StackStories::ofOwner);
            create(festival);
            festival.pass(Duration.ofMinutes(4));
            death.cancel();
            festival.pass(Duration.ofMinutes(5));
            assertNothingIsLeft(festival, StackStatus.ROLLBACK_COMPLETE);

            festival.service.stack().delete();
            festival.pass(Duration.ofMinutes(1));
            create(festival);
            assertThat(festival.service.stack().status()).as(events(festival)).contains(StackStatus.CREATE_COMPLETE);
        } finally {
            festival.service.close();
        }
    }

    private static void create(Festival festival) {
        festival.service.stack().create(Template.read(Blueprint.festivalText()));
        festival.pass(Duration.ofSeconds(30));
    }

    private static void assertNothingIsLeft(Festival festival, StackStatus status) {
        assertThat(festival.service.stack().status()).as(events(festival)).contains(status);
        assertThat(festival.sandbox.world().rules())
                .as("the default rule is the listener's")
                .hasSize(1);
        assertThat(festival.sandbox.world().autoScalingGroups()).isEmpty();
        assertThat(festival.sandbox.world().targetGroups()).isEmpty();
        assertThat(festival.sandbox.world().instances()).noneMatch(Instance::running);
    }

    private static boolean ofOwner(Call call) {
        return call.invocation().startsWith(OWNER);
    }

    private static void update(Festival festival, Template template) {
        festival.service.stack().update(template);
        festival.clock.advance(Duration.ZERO);
        assertThat(festival.service.stack().status()).as(events(festival)).contains(StackStatus.UPDATE_COMPLETE);
    }

    private static void passUntilStackRests(Festival festival) {
        festival.passUntil(
                "the stack's rest",
                () -> !festival.service.stack().status().orElseThrow().inProgress());
    }

    private static String events(Festival festival) {
        StringBuilder told = new StringBuilder();
        for (StackEvent event : festival.service.stack().events()) {
            told.append(event).append('\n');
        }
        return told.toString();
    }

    private static Optional<Rule> rule(Festival festival) {
        return festival.sandbox.world().rules().stream()
                .filter(rule -> rule.arn().equals(festival.sandbox.site().productionRule()))
                .findFirst();
    }

    private static List<String> hosts(Festival festival) {
        return rule(festival).orElseThrow().conditions().stream()
                .filter(Condition.Host.class::isInstance)
                .findFirst()
                .orElseThrow()
                .values();
    }
}
