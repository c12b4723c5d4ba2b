package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.cloudformation.StackStatus;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A catalog whose releases answer copies of real requests, seen by nobody, before a user asks them anything. */
class ShadowStories {

    private static Action shadow(Festival service) {
        return service.sandbox.world().action(service.service.settings().get("GREENLIGHT_SHADOW_RULE"));
    }

    private static void moreHosts(ObjectNode rule) {
        for (JsonNode condition : rule.path("Conditions")) {
            if (condition.has("HostHeaderConfig")) {
                ((ObjectNode) condition.path("HostHeaderConfig"))
                        .withArray("Values")
                        .add("more.example.com");
            }
        }
    }

    private static void passUntilCopied(Festival service) {
        service.passUntil("copies of requests", () -> shadow(service) instanceof Action.Forward);
    }

    private static void assertClosed(Festival service) {
        assertThat(shadow(service))
                .as(service.story())
                .isInstanceOfSatisfying(
                        Action.Fixed.class, fixed -> assertThat(fixed.status()).isEqualTo(204));
    }

    @Test
    void a_good_release_answers_a_tenth_of_the_requests_a_second_time_and_then_all_users() {
        try (Festival service = Festival.ofExample("shadow", 4)) {
            service.visitors(50);
            String execution = service.merge("v2", Behaviour.good());

            passUntilCopied(service);
            service.pass(Duration.ofMinutes(10));
            assertThat(service.users("v2")).as("users whom green has answered").isZero();
            assertThat(service.requests("B", Duration.ofMinutes(5)))
                    .as("copies that green has answered in five minutes")
                    .isBetween(1_400.0, 1_600.0);
            service.passUntilPipelineEnds(execution);

            assertThat(service.succeeded(execution)).as(service.story()).isTrue();
            assertThat(service.tally("v1").failed()).isZero();
            assertThat(service.tally("v2").failed()).isZero();
            assertThat(service.ruleWrites()).isEqualTo(1);
            assertClosed(service);
        }
    }

    @Test
    void a_release_whose_page_says_something_else_than_blues_is_rejected_before_it_gets_a_copy() {
        try (Festival service = Festival.ofExample("shadow", 2)) {
            service.visitors(50);
            service.says("v1", "12.50");
            service.says("v2", "12");
            String execution = service.merge("v2", Behaviour.good());

            service.passUntilPipelineEnds(execution);

            assertThat(service.failure(execution, "BeforeAllowTraffic"))
                    .contains("/products/1 answered 2 characters, and blue 5: they differ from character 3 on")
                    .doesNotContain("12.50");
            assertThat(service.users("v2")).isZero();
            assertThat(service.rollout(execution).ending().orElseThrow().cause())
                    .isEqualTo(Cause.CHECK_FAILED);
            assertClosed(service);

            service.says("v3", "12.50");
            String better = service.merge("v3", Behaviour.good());
            service.passUntilPipelineEnds(better);

            assertThat(service.succeeded(better)).as(service.story()).isTrue();
        }
    }

    @Test
    void a_release_that_fails_on_real_requests_is_rejected_and_no_user_has_met_it() {
        try (Festival service = Festival.ofExample("shadow", 4)) {
            service.visitors(50);
            String execution = service.merge("v2", Behaviour.failing(0.05));

            service.passUntilPipelineEnds(execution);

            Rollout rollout = service.rollout(execution);
            assertThat(rollout.phase()).as(service.story()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(rollout.ending().orElseThrow().cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(rollout.ending().orElseThrow().reason()).startsWith("on copies of users' requests: error share");
            assertThat(rollout.ending().orElseThrow().trafficMoved()).isFalse();
            assertThat(service.users("v2")).isZero();
            assertThat(service.ruleWrites()).isZero();
            assertClosed(service);
        }
    }

    @Test
    void a_release_that_is_slow_on_real_requests_is_rejected() {
        try (Festival service = Festival.ofExample("shadow", 4)) {
            service.visitors(50);
            String execution = service.merge("v2", Behaviour.slow(Duration.ofMillis(1_500)));

            service.passUntilPipelineEnds(execution);

            assertThat(service.rollout(execution).ending().orElseThrow().reason())
                    .contains("latency: p99");
            assertThat(service.users("v2")).isZero();
            assertClosed(service);
        }
    }

    @Test
    void a_person_ends_it_and_the_copies_with_it() {
        try (Festival service = Festival.ofExample("shadow", 4)) {
            service.visitors(50);
            String execution = service.merge("v2", Behaviour.good());
            passUntilCopied(service);

            service.rollBack("{\"reason\":\"not today\"}");

            assertClosed(service);
            assertThat(service.rollout(execution).phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(service.weights()).containsEntry("A", 100);
        }
    }

    @Test
    void too_few_copies_are_no_verdict_and_blame_nobody() {
        try (Festival service = Festival.ofExample("shadow", 4)) {
            service.visitors(0.5);
            String execution = service.merge("v2", Behaviour.good());

            service.passUntilPipelineEnds(execution);

            Rollout rollout = service.rollout(execution);
            assertThat(rollout.ending().orElseThrow().cause())
                    .as(service.story())
                    .isEqualTo(Cause.DEADLINE);
            assertThat(rollout.ending().orElseThrow().quarantined()).isFalse();
            assertClosed(service);
        }
    }

    @Test
    void copies_that_a_late_call_lets_through_after_the_end_stop_within_a_minute() {
        try (Festival service = Festival.ofExample("shadow", 4)) {
            service.visitors(50);
            service.merge("v2", Behaviour.good());
            passUntilCopied(service);
            Action open = shadow(service);
            service.rollBack("{\"reason\":\"not today\"}");
            service.sandbox.world().writeAction(service.service.settings().get("GREENLIGHT_SHADOW_RULE"), open);

            service.pass(Duration.ofMinutes(2));

            assertClosed(service);
        }
    }

    @Test
    void a_stack_update_in_the_middle_of_it_can_only_end_the_copies() {
        try (Festival service = Festival.ofExample("shadow", 4)) {
            service.visitors(50);
            String execution = service.merge("v2", Behaviour.good());
            passUntilCopied(service);
            service.pass(Duration.ofMinutes(5));
            service.service
                    .stack()
                    .update(new EditedTemplate(Fitted.template(Festival.config("shadow")))
                            .host("more.example.com")
                            .each("AWS::ElasticLoadBalancingV2::ListenerRule", ShadowStories::moreHosts)
                            .template());
            service.clock.advance(Duration.ZERO);
            assertThat(service.service.stack().status()).contains(StackStatus.UPDATE_COMPLETE);
            assertClosed(service);

            service.passUntilPipelineEnds(execution);

            Rollout rollout = service.rollout(execution);
            assertThat(rollout.ending().orElseThrow().reason()).contains("the shadow rule was changed by someone else");
            assertThat(rollout.ending().orElseThrow().quarantined()).isFalse();
            assertThat(service.users("v2")).isZero();
        }
    }

    @Test
    void a_first_release_has_no_requests_to_copy() {
        try (Festival service = Festival.ofExample("shadow", 0)) {
            service.visitors(50);
            service.release("v1");
            assertClosed(service);
            assertThat(service.service.name(Functions.BEFORE_ALLOW_TRAFFIC)).startsWith("greenlight-catalog-");
        }
    }
}
