package dev.greenlight.domain.check;

import static dev.greenlight.domain.check.Verdict.Outcome.FAIL;
import static dev.greenlight.domain.check.Verdict.Outcome.INCONCLUSIVE;
import static dev.greenlight.domain.check.Verdict.Outcome.PASS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {

    private static FleetState green(int healthy, int unhealthy) {
        return Situation.release(Phase.VERIFYING)
                .targets(FleetName.B, new Targets(healthy, 0, unhealthy, 0, 0))
                .seen()
                .fleet(FleetName.B);
    }

    private static Traffic traffic(long requests, long errors, long lost, double p99) {
        return new Traffic(requests, errors, lost, OptionalDouble.of(p99));
    }

    @Nested
    class Capacity_and_health {

        @Test
        void too_few_instances_are_inconclusive_because_more_may_come() {
            assertThat(Judge.capacity("capacity", green(4, 0), 5).outcome()).isEqualTo(INCONCLUSIVE);
            assertThat(Judge.capacity("capacity", green(4, 0), 4).outcome()).isEqualTo(PASS);
        }

        @Test
        void before_users_ill_health_is_inconclusive() {
            assertThat(Judge.health("health", green(0, 4), 4).outcome()).isEqualTo(INCONCLUSIVE);
            assertThat(Judge.health("health", green(4, 0), 4).outcome()).isEqualTo(PASS);
        }

        @ParameterizedTest
        @CsvSource({"4, 0, PASS", "3, 1, INCONCLUSIVE", "2, 2, INCONCLUSIVE", "1, 3, FAIL", "0, 4, FAIL"})
        void under_traffic_a_lost_instance_is_no_verdict_but_a_lost_half_is(
                int healthy, int unhealthy, Verdict.Outcome outcome) {
            assertThat(Judge.healthUnderTraffic("health", green(healthy, unhealthy), 4, 4)
                            .outcome())
                    .isEqualTo(outcome);
        }

        @ParameterizedTest
        @CsvSource({"2, INCONCLUSIVE", "1, INCONCLUSIVE", "0, FAIL"})
        void of_a_fleet_that_grows_only_what_it_had_can_be_lost(int healthy, Verdict.Outcome outcome) {
            assertThat(Judge.healthUnderTraffic("health", green(healthy, 0), 6, 2)
                            .outcome())
                    .isEqualTo(outcome);
        }

        @Test
        void status_checks_pass_when_all_have_answered_well() {
            assertThat(Judge.instanceStatus("status", Map.of("i-1", Optional.of(true)))
                            .outcome())
                    .isEqualTo(PASS);
            assertThat(Judge.instanceStatus("status", Map.of("i-1", Optional.empty()))
                            .outcome())
                    .isEqualTo(INCONCLUSIVE);
            assertThat(Judge.instanceStatus("status", Map.of()).outcome()).isEqualTo(INCONCLUSIVE);
        }

        @Test
        void an_impaired_instance_is_named() {
            Verdict verdict =
                    Judge.instanceStatus("status", Map.of("i-1", Optional.of(true), "i-2", Optional.of(false)));

            assertThat(verdict).isEqualTo(Verdict.inconclusive("status", "impaired: i-2"));
        }
    }

    @Nested
    class Smoke {

        private final SmokeTest test = new SmokeTest(
                "/health", 200, Optional.of("ready"), Optional.of("X-Version"), Duration.ofMillis(500), false);

        private Verdict verdict(int status, String version, String body, long millis) {
            return Judge.smoke(
                    "smoke",
                    test,
                    Optional.of("v42"),
                    new Probe.Answered(status, Map.of("x-version", version), body, Duration.ofMillis(millis)));
        }

        @Test
        void passes_with_the_right_status_body_version_and_time() {
            assertThat(verdict(200, "v42", "all ready", 500).outcome()).isEqualTo(PASS);
        }

        @Test
        void fails_with_another_status() {
            assertThat(verdict(500, "v42", "all ready", 5))
                    .isEqualTo(Verdict.fail("smoke", "/health answered 500 instead of 200"));
        }

        @Test
        void fails_without_the_expected_text() {
            assertThat(verdict(200, "v42", "starting", 5))
                    .isEqualTo(Verdict.fail("smoke", "/health answered without 'ready'"));
        }

        @Test
        void fails_when_an_old_version_answers() {
            assertThat(verdict(200, "v41", "ready", 5))
                    .isEqualTo(Verdict.fail("smoke", "/health says X-Version: v41 instead of v42"));
        }

        @Test
        void a_late_answer_is_waited_for_a_second_longer_so_that_it_is_seen_to_be_late() {
            assertThat(test.patience()).isEqualTo(Duration.ofMillis(1500));
        }

        @Test
        void fails_a_millisecond_over_its_budget() {
            assertThat(verdict(200, "v42", "ready", 501).outcome()).isEqualTo(FAIL);
        }

        @Test
        void no_answer_is_no_verdict() {
            assertThat(Judge.smoke("smoke", test, Optional.of("v42"), new Probe.NoAnswer("refused")))
                    .isEqualTo(Verdict.inconclusive("smoke", "/health: refused"));
        }

        @Test
        void a_caller_that_does_not_know_the_revision_asks_for_none() {
            Probe answer = new Probe.Answered(200, Map.of(), "ready", Duration.ofMillis(5));

            assertThat(Judge.smoke("smoke", test, Optional.empty(), answer).outcome())
                    .isEqualTo(PASS);
        }
    }

    @Nested
    class Smoke_that_is_held_against_blue {

        private final SmokeTest test =
                new SmokeTest("/price", 200, Optional.empty(), Optional.empty(), Duration.ofMillis(500), true);

        private static Probe.Answered says(int status, String body) {
            return new Probe.Answered(status, Map.of(), body, Duration.ofMillis(5));
        }

        private Verdict verdict(String green, Probe... blue) {
            return Judge.sameAsBlue("smoke", test, says(200, green), List.of(blue));
        }

        @Test
        void passes_with_the_same_body() {
            assertThat(verdict("12.50", says(200, "12.50")))
                    .isEqualTo(Verdict.pass("smoke", "/price answered what blue does"));
        }

        @Test
        void fails_with_another_and_tells_neither() {
            assertThat(verdict("12", says(200, "12.50"), says(200, "12.50")))
                    .isEqualTo(Verdict.fail(
                            "smoke", "/price answered 2 characters, and blue 5: they differ from character 3 on"));
        }

        @Test
        void passes_with_what_blue_says_by_the_second_time() {
            assertThat(verdict("13.00", says(200, "12.50"), says(200, "13.00")).outcome())
                    .isEqualTo(PASS);
        }

        @Test
        void has_no_verdict_where_blue_itself_says_something_else_each_time() {
            assertThat(verdict("13.50", says(200, "12.50"), says(200, "13.00")))
                    .isEqualTo(Verdict.inconclusive("smoke", "/price answers differently each time, on blue alone"));
        }

        @Test
        void has_no_verdict_where_blue_does_not_answer_or_not_as_it_should() {
            assertThat(verdict("12.50", new Probe.NoAnswer("refused")))
                    .isEqualTo(Verdict.inconclusive("smoke", "/price on blue: refused"));
            assertThat(verdict("12.50", says(404, "12.50")))
                    .isEqualTo(Verdict.inconclusive("smoke", "/price on blue answered 404 instead of 200"));
        }

        @Test
        void may_wait_for_three_answers() {
            assertThat(test.longest()).isEqualTo(Duration.ofMillis(4500));
        }
    }

    @Nested
    class Alarms {

        @Test
        void one_that_fires_fails_and_is_named() {
            assertThat(Judge.alarms("alarms", Map.of("5xx", AlarmState.FIRING, "cpu", AlarmState.OK)))
                    .isEqualTo(Verdict.fail("alarms", "firing: 5xx"));
        }

        @Test
        void one_that_has_fired_since_before_is_no_verdict() {
            assertThat(Judge.alarms("alarms", Map.of("5xx", AlarmState.FIRING_ALREADY)))
                    .isEqualTo(Verdict.inconclusive("alarms", "firing already: 5xx"));
        }

        @Test
        void one_without_data_or_without_existence_is_no_pass() {
            assertThat(Judge.alarms("alarms", Map.of("5xx", AlarmState.NO_DATA)))
                    .isEqualTo(Verdict.inconclusive("alarms", "no data: 5xx"));
            assertThat(Judge.alarms("alarms", Map.of("typo", AlarmState.MISSING)))
                    .isEqualTo(Verdict.inconclusive("alarms", "missing: typo"));
        }

        @Test
        void quiet_ones_pass() {
            assertThat(Judge.alarms("alarms", Map.of("5xx", AlarmState.OK)).outcome())
                    .isEqualTo(PASS);
        }

        @Test
        void none_at_all_say_nothing() {
            assertThat(Judge.alarms("alarms", Map.of()).outcome()).isEqualTo(INCONCLUSIVE);
        }
    }

    @Nested
    class Error_share {

        private final Check.ErrorShare check = new Check.ErrorShare(0.01, 100, Duration.ofMinutes(5));

        @ParameterizedTest(name = "green {0} errors and {1} lost of 1000, blue {2} of 1000: {3}")
        @CsvSource({"10, 0, 0, PASS", "11, 0, 0, FAIL", "5, 6, 0, FAIL", "20, 0, 10, PASS", "21, 0, 10, FAIL"})
        void green_may_fail_as_often_as_blue_give_or_take(long errors, long lost, long blue, Verdict.Outcome outcome) {
            assertThat(Judge.errorShare(check, traffic(1000, blue, 0, 9), traffic(1000, errors, lost, 9))
                            .outcome())
                    .isEqualTo(outcome);
        }

        @Test
        void too_few_requests_are_no_evidence_however_bad() {
            assertThat(Judge.errorShare(check, traffic(1000, 0, 0, 9), traffic(99, 99, 0, 9)))
                    .isEqualTo(Verdict.inconclusive("error share", "99 of 100 requests seen"));
        }

        @Test
        void just_enough_requests_are_evidence_of_both_fleets() {
            assertThat(Judge.errorShare(check, traffic(1000, 0, 0, 9), traffic(100, 99, 0, 9))
                            .outcome())
                    .isEqualTo(FAIL);
            assertThat(Judge.errorShare(check, traffic(100, 10, 0, 9), traffic(1000, 110, 0, 9))
                            .outcome())
                    .isEqualTo(PASS);
        }

        @Test
        void says_what_failed_what_may_and_what_fails_on_blue() {
            assertThat(Judge.errorShare(check, traffic(200, 4, 0, 9), traffic(1000, 25, 0, 9)))
                    .isEqualTo(Verdict.pass("error share", "2.50% of 1000 failed, 3.00% allowed (blue 2.00% of 200)"));
        }

        @Test
        void a_quiet_blue_lends_green_nothing() {
            assertThat(Judge.errorShare(check, traffic(2, 2, 0, 9), traffic(1000, 11, 0, 9))
                            .outcome())
                    .isEqualTo(FAIL);
        }

        @Test
        void no_requests_are_no_pass_even_if_none_are_asked_for() {
            Check.ErrorShare lax = new Check.ErrorShare(0.01, 0, Duration.ofMinutes(5));

            assertThat(Judge.errorShare(lax, Traffic.NONE, Traffic.NONE).outcome())
                    .isEqualTo(INCONCLUSIVE);
        }

        @Test
        void more_failures_than_requests_are_all_of_them() {
            assertThat(traffic(10, 8, 8, 9).errorShare()).isEqualTo(1.0);
            assertThat(Traffic.NONE.errorShare()).isZero();
        }
    }

    @Nested
    class Latency {

        private final Check.Latency check = new Check.Latency(1.5, 400, 100, Duration.ofMinutes(5));

        @ParameterizedTest(name = "green {0} ms, blue {1} ms: {2}")
        @CsvSource({"150, 100, PASS", "151, 100, FAIL", "400, 390, PASS", "401, 390, FAIL"})
        void green_may_be_as_slow_as_blue_times_the_ratio_and_never_above_the_ceiling(
                double green, double blue, Verdict.Outcome outcome) {
            assertThat(Judge.latency(check, traffic(1000, 0, 0, blue), traffic(1000, 0, 0, green))
                            .outcome())
                    .isEqualTo(outcome);
        }

        @Test
        void says_how_slow_green_is_and_how_slow_it_may_be() {
            assertThat(Judge.latency(check, traffic(1000, 0, 0, 100), traffic(1000, 0, 0, 160)))
                    .isEqualTo(Verdict.fail("latency", "p99 160 ms, 150 ms allowed"));
        }

        @Test
        void just_enough_requests_are_evidence_of_both_fleets() {
            assertThat(Judge.latency(check, traffic(1000, 0, 0, 100), traffic(100, 0, 0, 151))
                            .outcome())
                    .isEqualTo(FAIL);
            assertThat(Judge.latency(check, traffic(100, 0, 0, 100), traffic(1000, 0, 0, 151))
                            .outcome())
                    .isEqualTo(FAIL);
        }

        @Test
        void a_quiet_blue_leaves_the_ceiling_alone() {
            assertThat(Judge.latency(check, Traffic.NONE, traffic(1000, 0, 0, 399))
                            .outcome())
                    .isEqualTo(PASS);
        }

        @Test
        void requests_without_a_measured_time_are_no_evidence() {
            Traffic unmeasured = new Traffic(1000, 0, 0, OptionalDouble.empty());

            assertThat(Judge.latency(check, Traffic.NONE, unmeasured).outcome()).isEqualTo(INCONCLUSIVE);
        }
    }

    @Nested
    class Together {

        @Test
        void the_worst_verdict_counts() {
            assertThat(Verdict.worst(
                            List.of(Verdict.pass("a", ""), Verdict.fail("b", ""), Verdict.inconclusive("c", ""))))
                    .isEqualTo(FAIL);
            assertThat(Verdict.worst(List.of(Verdict.pass("a", ""), Verdict.inconclusive("c", ""))))
                    .isEqualTo(INCONCLUSIVE);
        }

        @Test
        void of_no_verdicts_the_worst_is_inconclusive() {
            assertThat(Verdict.worst(List.of())).isEqualTo(INCONCLUSIVE);
        }

        @Test
        void a_late_check_is_inconclusive() {
            assertThat(Judge.late("smoke", Duration.ofSeconds(20)))
                    .isEqualTo(Verdict.inconclusive("smoke", "no answer within 20 s"));
        }
    }
}
