package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.Load;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.service.Config;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Users of the app who asked for the beta try green, whoever else comes stays on blue: two rules that move together. */
class AudienceStories {

    private static final String RULE = "Custom::GreenlightAudienceRule";

    private static Load audience(Festival loyalty) {
        return loyalty.plane.load(loyalty.sandbox.audience("/checkout").orElseThrow(), 10);
    }

    private static Action action(Festival loyalty) {
        return loyalty.sandbox.world().action(loyalty.sandbox.audienceRule().orElseThrow());
    }

    private static Action production(Festival loyalty) {
        return loyalty.sandbox.world().action(loyalty.sandbox.site().productionRule());
    }

    private static Map<String, Integer> weights(Festival loyalty) {
        return ((Action.Forward) action(loyalty)).weights();
    }

    /** The merge's pipeline has ended, and the test runs. */
    private static String testing(Festival loyalty, Behaviour behaviour) {
        String execution = loyalty.merge("v2", behaviour);
        loyalty.passUntilPipelineEnds(execution);
        assertThat(loyalty.succeeded(execution)).as(loyalty.story()).isTrue();
        assertThat(loyalty.rollout(execution).onTrial()).as(loyalty.story()).isTrue();
        return execution;
    }

    private static void assertTogether(Festival loyalty, String fleet) {
        assertThat(loyalty.weights()).containsEntry(fleet, 100);
        assertThat(action(loyalty)).isEqualTo(production(loyalty));
    }

    @Test
    void its_audience_alone_sees_green_until_all_do() {
        try (Festival loyalty = Festival.ofExample("a-b", 2)) {
            Load others = loyalty.visitors(30);
            Load audience = audience(loyalty);
            String execution = testing(loyalty, Behaviour.good());
            loyalty.pass(Duration.ofMinutes(20));
            assertThat(others.answered()).containsOnlyKeys("v1");
            assertThat(audience.answered()).containsKeys("v1", "v2");
            assertThat(loyalty.weights()).containsEntry("A", 100);

            loyalty.passUntil(execution, Phase.PROMOTED);

            assertTogether(loyalty, "B");
            assertThat(loyalty.tally("v1").failed() + loyalty.tally("v2").failed())
                    .isZero();
        }
    }

    @Test
    void what_fails_its_audience_is_taken_back_and_nobody_else_has_met_it() {
        try (Festival loyalty = Festival.ofExample("a-b", 2)) {
            Load others = loyalty.visitors(30);
            audience(loyalty);
            String execution = testing(loyalty, Behaviour.failing(0.05));

            loyalty.passUntil(execution, Phase.ROLLED_BACK);

            assertThat(loyalty.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.CHECK_FAILED);
            assertThat(others.answered()).containsOnlyKeys("v1");
            assertTogether(loyalty, "A");
        }
    }

    @Test
    void a_person_takes_both_rules_back_by_one_call() {
        try (Festival loyalty = Festival.ofExample("a-b", 2)) {
            loyalty.visitors(30);
            audience(loyalty);
            testing(loyalty, Behaviour.good());
            loyalty.pass(Duration.ofMinutes(5));

            assertThat(loyalty.rollBack().path("outcome").asText()).isEqualTo("done");

            assertTogether(loyalty, "A");
        }
    }

    @Test
    void a_person_gives_green_to_all_in_the_middle_of_the_test() {
        try (Festival loyalty = Festival.ofExample("a-b", 2)) {
            loyalty.visitors(30);
            audience(loyalty);
            String execution = testing(loyalty, Behaviour.good());

            loyalty.service.call(Functions.PROMOTE, "{\"reason\":\"they like it\"}");

            assertTogether(loyalty, "B");
            loyalty.passUntil(execution, Phase.PROMOTED);
        }
    }

    @Test
    void the_audiences_rule_that_somebody_deletes_ends_the_test_and_its_requests_are_everybodys() {
        try (Festival loyalty = Festival.ofExample("a-b", 2)) {
            loyalty.visitors(30);
            Load audience = audience(loyalty);
            String execution = testing(loyalty, Behaviour.good());
            loyalty.pass(Duration.ofMinutes(5));
            loyalty.sandbox
                    .elb()
                    .deleteRule(request ->
                            request.ruleArn(loyalty.sandbox.audienceRule().orElseThrow()));
            long met = audience.answered().get("v2");

            loyalty.passUntil(execution, Phase.ROLLED_BACK);

            assertThat(loyalty.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.SEEN_ON_RULE);
            assertThat(audience.answered()).containsEntry("v2", met);
            assertThat(loyalty.tally("(load balancer)").failed()).isZero();
        }
    }

    @Test
    void a_test_whose_rule_is_gone_does_not_begin_and_the_job_says_so() {
        try (Festival loyalty = Festival.ofExample("a-b", 2)) {
            loyalty.visitors(30);
            loyalty.sandbox
                    .elb()
                    .deleteRule(request ->
                            request.ruleArn(loyalty.sandbox.audienceRule().orElseThrow()));
            String execution = loyalty.merge("v2", Behaviour.good());

            loyalty.passUntilPipelineEnds(execution);

            assertThat(loyalty.failure(execution, "AllowTraffic")).contains("there is no rule for the audience");
            loyalty.passUntil(execution, Phase.ROLLED_BACK);
            assertThat(loyalty.store.quarantine(
                            loyalty.rollout(execution).revision().digest()))
                    .isEmpty();
        }
    }

    @Test
    void a_stack_update_in_the_middle_of_a_test_changes_who_is_of_the_audience_and_no_weights() {
        try (Festival loyalty = Festival.ofExample("a-b", 2)) {
            loyalty.visitors(30);
            audience(loyalty);
            String execution = testing(loyalty, Behaviour.good());
            Map<String, Integer> before = weights(loyalty);
            JsonNode other = Fitted.template(Festival.config("a-b"));

            update(
                    loyalty,
                    new EditedTemplate(other)
                            .each(
                                    RULE,
                                    rule -> ((ObjectNode) rule.path("Audience").path(0))
                                            .putArray("Values")
                                            .add("ios"))
                            .template());

            assertThat(weights(loyalty)).isEqualTo(before);
            assertThat(loyalty.sandbox.world().rules())
                    .anyMatch(rule -> rule.conditions().contains(new Condition.Header("X-App", List.of("ios"))));
            loyalty.passUntil(execution, Phase.PROMOTED);
        }
    }

    private static void update(Festival loyalty, Template template) {
        loyalty.service.stack().update(template);
        loyalty.pass(Duration.ofMinutes(1));
        assertThat(loyalty.service.stack().status())
                .as(loyalty.service.stack().events().toString())
                .contains(StackStatus.UPDATE_COMPLETE);
    }

    private static Optional<Rule> rule(Festival loyalty) {
        return loyalty.sandbox.world().rules().stream()
                .filter(rule -> rule.conditions().stream()
                        .anyMatch(condition -> condition instanceof Condition.Header header
                                && header.name().equals("X-App")))
                .findFirst();
    }

    @Test
    void an_audience_that_a_service_in_use_is_given_begins_as_all_others_are_and_goes_unnoticed() {
        Config with = Festival.config("a-b");
        Config without = with.releasing(new Config.Strategy(
                new Config.Traffic.BlueGreen(), with.strategy().bake()));
        try (Festival loyalty =
                Festival.of(Blueprint.of(Template.of(Fitted.template(without)), Account.example()), 2)) {
            Load others = loyalty.visitors(30);
            loyalty.release("v2");
            assertThat(rule(loyalty)).isEmpty();

            update(loyalty, Template.of(Fitted.template(with)));
            Rule made = rule(loyalty).orElseThrow();
            assertThat(made.action()).isEqualTo(production(loyalty));
            assertThat(made.priority().orElseThrow()).isLessThan(103);
            Load audience =
                    loyalty.plane.load(made.taking(loyalty.sandbox.site().request("/checkout")), 10);
            loyalty.pass(Duration.ofMinutes(2));
            assertThat(audience.answered()).containsOnlyKeys("v2");

            update(loyalty, Template.of(Fitted.template(without)));
            assertThat(rule(loyalty)).isEmpty();
            loyalty.pass(Duration.ofMinutes(2));
            assertThat(audience.answered()).containsOnlyKeys("v2");
            assertThat(others.answered()).containsOnlyKeys("v1", "v2");
            assertThat(loyalty.tally("(load balancer)").failed()).isZero();
        }
    }

    /** The stack refuses to go while it serves; its audience's rule is the first thing that it has deleted. */
    @Test
    void a_stack_that_is_deleted_in_the_middle_of_a_test_leaves_nobody_without_an_answer() {
        try (Festival loyalty = Festival.ofExample("a-b", 2)) {
            Load others = loyalty.visitors(30);
            Load audience = audience(loyalty);
            testing(loyalty, Behaviour.good());

            loyalty.service.stack().delete();
            loyalty.pass(Duration.ofMinutes(2));

            assertThat(loyalty.service.stack().status()).contains(StackStatus.DELETE_FAILED);
            assertThat(rule(loyalty)).isEmpty();
            assertThat(loyalty.weights()).containsEntry("A", 100);
            long before = audience.answered().get("v1") + others.answered().get("v1");
            loyalty.pass(Duration.ofSeconds(10));
            assertThat(audience.answered().get("v1") + others.answered().get("v1"))
                    .isEqualTo(before + 400);
            assertThat(loyalty.tally("(load balancer)").failed()).isZero();
        }
    }

    /** Before users come, and when all are there: whoever takes them back takes the audience back, too. */
    @ParameterizedTest
    @EnumSource(
            value = Functions.class,
            names = {"PREPARE_GREEN", "INSTALL_REVISION", "BEFORE_ALLOW_TRAFFIC"})
    void users_that_a_hand_sent_to_green_too_early_are_taken_back_on_both_rules(Functions function) {
        try (Walk walk = new Walk(Festival.ofExample("a-b", 2))) {
            walk.to(function);
            walk.call(function);
            walk.festival.handWrites(90, 10);
            int since = walk.callsSoFar();

            assertThat(walk.ended(function).path("message").asText()).contains("was rolled back", "time is up");

            assertTogether(walk.festival, "A");
            assertBothWritten(walk, since);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Functions.class,
            names = {"ALLOW_TRAFFIC", "AFTER_ALLOW_TRAFFIC", "PROMOTE", "SWEEP"})
    void whoever_ends_a_test_writes_both_rules(Functions function) {
        try (Walk walk = new Walk(Festival.ofExample("a-b", 2))) {
            audience(walk.festival);
            walk.to(Functions.ALLOW_TRAFFIC);
            walk.ended(Functions.ALLOW_TRAFFIC);
            walk.festival.pass(Duration.ofMinutes(36));
            int since = walk.callsSoFar();

            walk.call(function);

            assertTogether(walk.festival, "B");
            assertBothWritten(walk, since);
        }
    }

    @Test
    void a_hand_that_gives_green_users_after_a_rollback_is_undone_on_both_rules_by_whoever_looks() {
        try (Walk walk = new Walk(Festival.ofExample("a-b", 2))) {
            audience(walk.festival);
            walk.to(Functions.ALLOW_TRAFFIC);
            walk.ended(Functions.ALLOW_TRAFFIC);
            walk.call(Functions.ROLL_BACK);
            walk.festival.handWrites(0, 100);
            int since = walk.callsSoFar();

            walk.festival.service.call(
                    Functions.RETIRE_BLUE,
                    "{\"greenlight\":\"retire-blue\",\"rollout\":\"%s\"}".formatted(Walk.ROLLOUT));

            assertTogether(walk.festival, "A");
            assertBothWritten(walk, since);
        }
    }

    private static void assertBothWritten(Walk walk, int since) {
        assertThat(walk.festival.sandbox.calls().all().stream()
                        .skip(since)
                        .filter(call -> call.operation().equals("ModifyRule")
                                && !call.invocation().isEmpty())
                        .map(call -> call.resource()))
                .as(walk.festival.story())
                .contains(
                        walk.festival.sandbox.site().productionRule(),
                        walk.festival.sandbox.audienceRule().orElseThrow());
    }
}
