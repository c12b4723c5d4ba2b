package dev.greenlight.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.load.OneShot;
import dev.greenlight.sandbox.load.Outcome;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.HealthCheck;
import dev.greenlight.sandbox.world.Instance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rules and weights send a request, through a socket. */
class HttpRoutingTest {

    @TempDir
    Path roots;

    private HttpWorld shop;

    @BeforeEach
    void build() {
        shop = HttpWorld.ticked(roots, HttpSettings.exact());
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private void bothServe() {
        shop.route(shop.weights(1, 0));
        shop.serve(shop.a, 1, "v1", Behaviour.good());
        shop.serve(shop.b, 1, "v2", Behaviour.good());
    }

    @Test
    void before_the_first_release_the_rule_answers_by_itself() {
        OneShot.Reply reply = shop.get("/checkout");

        assertThat(reply.outcome()).isEqualTo(new Outcome.Answered(503));
        assertThat(reply.body()).isEqualTo("not yet");
    }

    @Test
    void another_host_is_none_of_the_production_rules_business() {
        assertThat(OneShot.get(shop.plane.port(), "/", Map.of(), Duration.ofSeconds(5))
                        .outcome())
                .isEqualTo(new Outcome.Answered(404));
    }

    @Test
    void a_rule_above_takes_who_asks_with_a_query_or_comes_from_an_address() {
        bothServe();
        shop.world.createRule(
                5,
                List.of(
                        new Condition.Query(List.of(new Condition.Query.Pair(Optional.of("beta"), "yes"))),
                        new Condition.Source(List.of("127.0.0.0/8", "::1/128"))),
                HttpWorld.only(shop.b));
        shop.world.createRule(6, List.of(new Condition.Source(List.of("198.51.100.0/24"))), HttpWorld.only(shop.b));

        assertThat(shop.get("/checkout?beta=yes").header("x-app-version")).hasValue("v2");
        assertThat(shop.get("/checkout?beta=no").header("x-app-version")).hasValue("v1");
        assertThat(shop.get("/checkout", "X-Forwarded-For", "198.51.100.7").header("x-app-version"))
                .hasValue("v1");
    }

    @Test
    void requests_follow_the_weights() {
        bothServe();
        shop.route(shop.weights(3, 1));

        assertThat(shop.versions(400)).filteredOn("v2"::equals).hasSizeBetween(60, 140);
    }

    @Test
    void a_write_takes_effect_after_the_lag_and_not_before() {
        bothServe();

        shop.world.writeAction(shop.production.arn(), shop.weights(0, 1));
        assertThat(shop.versions(20)).containsOnly("v1");

        shop.clock.advance(shop.world.timings().routingLag());
        assertThat(shop.versions(20)).containsOnly("v2");
    }

    @Test
    void a_write_replaces_the_whole_list_and_the_last_writer_wins() {
        bothServe();
        shop.world.writeAction(shop.production.arn(), shop.weights(1, 1));
        shop.route(HttpWorld.only(shop.b));

        assertThat(shop.versions(40)).containsOnly("v2");
        assertThat(shop.world.used(shop.a.arn())).as("by its preview rule").isTrue();
    }

    @Test
    void a_group_without_targets_keeps_its_share_although_the_other_could_serve() {
        shop.route(shop.weights(1, 0));
        shop.serve(shop.a, 1, "v1", Behaviour.good());
        shop.route(shop.weights(1, 1));

        List<String> versions = shop.versions(100);

        assertThat(versions).filteredOn("none"::equals).hasSizeBetween(30, 70);
        assertThat(shop.sum("HTTPCode_ELB_503_Count"))
                .isEqualTo(versions.stream().filter("none"::equals).count());
    }

    @Test
    void the_preview_header_reaches_its_fleet_whatever_the_weights_say() {
        shop.world.createRule(2, HttpWorld.previewOf("b"), HttpWorld.only(shop.b));
        bothServe();

        assertThat(shop.versions(10)).containsOnly("v1");
        assertThat(shop.versions(10, HttpWorld.PREVIEW, "secret-b")).containsOnly("v2");
        assertThat(shop.versions(10, HttpWorld.PREVIEW, "secret-a")).containsOnly("v1");
        assertThat(shop.versions(10, HttpWorld.PREVIEW, "guessed")).containsOnly("v1");
    }

    @Test
    void a_sticky_client_stays_with_its_group_until_stickiness_is_switched_off() {
        bothServe();
        shop.route(shop.sticky(1, 0));
        String cookie = shop.get("/checkout").header("set-cookie").orElseThrow().split(";")[0];
        assertThat(cookie).startsWith("AWSALBTG=");

        shop.route(shop.sticky(0, 1));
        assertThat(shop.versions(10, "Cookie", cookie)).containsOnly("v1");
        assertThat(shop.get("/checkout", "Cookie", cookie).header("set-cookie")).isEmpty();
        assertThat(shop.versions(10)).containsOnly("v2");

        shop.route(shop.weights(0, 1));
        assertThat(shop.versions(10, "Cookie", cookie)).containsOnly("v2");
    }

    @Test
    void a_target_that_is_too_slow_is_a_504_of_the_load_balancer() {
        shop.close();
        shop = HttpWorld.ticked(roots, HttpSettings.exact().targetTimeout(Duration.ofMillis(100)));
        shop.route(shop.weights(1, 0));
        shop.serve(shop.a, 1, "v1", Behaviour.good().answeringAfter(Duration.ofMinutes(1)));

        assertThat(shop.get("/checkout").outcome()).isEqualTo(new Outcome.Answered(504));
        assertThat(shop.sum("HTTPCode_ELB_504_Count")).isEqualTo(1);
    }

    @Test
    void a_fast_clock_asks_a_target_only_as_often_as_the_settings_allow() {
        shop.close();
        shop = HttpWorld.ticked(
                roots, new HttpSettings(Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMinutes(10)));
        shop.route(shop.weights(1, 0));
        Instance instance = shop.serve(shop.a, 1, "v1", Behaviour.good()).get(0);

        for (int i = 0; i < 50; i++) {
            assertThat(shop.plane.check(instance, HealthCheck.onHealth()).passed())
                    .isTrue();
        }
        assertThat(shop.plane.served().of("v1", "/health")).isEqualTo(1);
    }
}
