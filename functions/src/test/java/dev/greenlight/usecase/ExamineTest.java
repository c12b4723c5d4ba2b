package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Judge;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ExamineTest {

    private static final Check.ErrorShare SHARE = new Check.ErrorShare(0.01, 100, Duration.ofMinutes(5));
    private static final Instant SWITCHED = Situation.START;
    private static final Instant NOW = SWITCHED.plus(Duration.ofMinutes(3));

    private final World world = World.serving();

    private List<Verdict> examine(Targets health, Check... checks) {
        FleetState green = Situation.release(Phase.VERIFYING)
                .targets(FleetName.B, health)
                .seen()
                .fleet(FleetName.B);
        return new Examine(world)
                .examine(
                        List.of(checks), new Examine.Subject(green, 4, Optional.of("v42"), Optional.of(SWITCHED), NOW));
    }

    private static Check smoke() {
        return new Check.Smoke(List.of(
                new SmokeTest("/health", 200, Optional.empty(), Optional.empty(), Duration.ofSeconds(1), false)));
    }

    /** Answers with the traffic of one fleet, and remembers which windows it was asked for. */
    private record ScriptedTraffic(List<Instant> asked, Traffic blueBefore, Traffic blueSince, Traffic green)
            implements Metrics {

        @Override
        public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
            asked.add(from);
            return Map.of(FleetName.A, from.isBefore(SWITCHED) ? blueBefore : blueSince, FleetName.B, green);
        }

        @Override
        public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
            return Map.of();
        }

        @Override
        public Map<String, AlarmState> alarms(List<String> names, Instant since) {
            throw new CallFailed(CallFailed.Kind.DENIED, "cloudwatch:DescribeAlarms", "no", null);
        }
    }

    private static Traffic traffic(long requests, long errors) {
        return new Traffic(requests, errors, 0, OptionalDouble.empty());
    }

    @Test
    void every_check_gives_its_verdict_in_the_settings_order() {
        assertThat(examine(new Targets(4, 0, 0, 0, 0), new Check.TargetHealth(), smoke(), new Check.FleetCapacity()))
                .extracting(Verdict::check)
                .containsExactly("target health", "smoke", "capacity");
    }

    @Test
    void a_fleet_that_is_not_up_cannot_fail_a_smoke_test() {
        world.smokeAnswers(502);

        assertThat(examine(new Targets(3, 0, 1, 0, 0), new Check.TargetHealth(), smoke()))
                .extracting(Verdict::outcome)
                .containsExactly(Outcome.INCONCLUSIVE, Outcome.INCONCLUSIVE);
        assertThat(examine(new Targets(4, 0, 0, 0, 0), new Check.TargetHealth(), smoke()))
                .extracting(Verdict::outcome)
                .containsExactly(Outcome.PASS, Outcome.FAIL);
    }

    /** Whoever reads why it failed is not told what went well. */
    @Test
    void of_several_smoke_tests_only_those_are_told_that_decide() {
        Check two = new Check.Smoke(List.of(smoke("/health", 200), smoke("/version", 204)));

        assertThat(examine(new Targets(4, 0, 0, 0, 0), two))
                .extracting(Verdict::detail)
                .containsExactly("/version answered 200 instead of 204");
    }

    private Verdict heldAgainstBlue(Optional<FleetName> blue) {
        FleetState green = Situation.release(Phase.VALIDATING).seen().fleet(FleetName.B);
        Check same = new Check.Smoke(
                List.of(new SmokeTest("/price", 200, Optional.empty(), Optional.empty(), Duration.ofSeconds(1), true)));
        Examine.Subject subject = new Examine.Subject(
                green, blue, 4, 4, Optional.of("v42"), Optional.empty(), Optional.empty(), NOW, false);
        return new Examine(world).examine(List.of(same), subject).getFirst();
    }

    @Test
    void green_that_answers_otherwise_than_blue_fails_once_blue_has_said_the_same_twice() {
        world.answers(FleetName.A, "12.50");
        world.answers(FleetName.B, "12");
        assertThat(heldAgainstBlue(Optional.of(FleetName.A)).outcome()).isEqualTo(Outcome.FAIL);

        world.answers(FleetName.A, "12.50", "13.00");
        assertThat(heldAgainstBlue(Optional.of(FleetName.A)).outcome()).isEqualTo(Outcome.INCONCLUSIVE);

        world.answers(FleetName.B, "13.00");
        world.answers(FleetName.A, "12.50", "13.00");
        assertThat(heldAgainstBlue(Optional.of(FleetName.A)).outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void on_a_first_release_there_is_nobody_to_be_like() {
        world.answers(FleetName.B, "12");
        assertThat(heldAgainstBlue(Optional.empty())).isEqualTo(Verdict.pass("smoke", "/price answered 200"));
    }

    private static SmokeTest smoke(String path, int status) {
        return new SmokeTest(path, status, Optional.empty(), Optional.empty(), Duration.ofSeconds(1), false);
    }

    @Test
    void a_check_that_never_ends_is_late_and_one_that_is_cut_short_decides_nothing() {
        world.waitsAre(new TimeIsUp(false));
        assertThat(examine(new Targets(4, 0, 0, 0, 0), smoke())).containsExactly(Judge.late("smoke", Check.LIMIT));

        world.waitsAre(new TimeIsUp(true));
        assertThat(examine(new Targets(4, 0, 0, 0, 0), smoke()))
                .containsExactly(Verdict.inconclusive("checks", "interrupted"));
    }

    /** Nothing ends in time; or whoever waits is asked to stop. */
    private record TimeIsUp(boolean interrupts) implements Within {

        @Override
        public <T> T limit(Duration limit, Supplier<T> work, Supplier<T> late) {
            return late.get();
        }

        @Override
        public <T> List<T> together(List<Supplier<T>> works, Supplier<T> interrupted) {
            return works.stream()
                    .map(work -> interrupts ? interrupted.get() : work.get())
                    .toList();
        }
    }

    @Test
    void no_smoke_tests_are_no_pass() {
        assertThat(examine(new Targets(4, 0, 0, 0, 0), new Check.Smoke(List.of())))
                .extracting(Verdict::outcome)
                .containsExactly(Outcome.INCONCLUSIVE);
    }

    @Test
    void green_is_compared_with_blue_before_the_switch_when_blue_has_had_no_requests_since() {
        List<Instant> asked = new ArrayList<>();
        world.metricsAre(new ScriptedTraffic(asked, traffic(1000, 20), Traffic.NONE, traffic(1000, 25)));

        assertThat(examine(new Targets(4, 0, 0, 0, 0), SHARE))
                .extracting(Verdict::outcome)
                .containsExactly(Outcome.PASS);
        assertThat(asked).containsExactly(SWITCHED, SWITCHED.minus(SHARE.window()));
    }

    /** As many requests as the settings ask for are enough. */
    @Test
    void blue_since_the_switch_is_evidence_from_the_settings_number_on() {
        List<Instant> asked = new ArrayList<>();
        world.metricsAre(new ScriptedTraffic(asked, traffic(1000, 900), traffic(100, 0), traffic(1000, 25)));

        examine(new Targets(4, 0, 0, 0, 0), SHARE);

        assertThat(asked).containsExactly(SWITCHED);
    }

    @Test
    void green_is_compared_with_blue_since_the_switch_while_both_are_asked() {
        world.metricsAre(
                new ScriptedTraffic(new ArrayList<>(), traffic(1000, 900), traffic(1000, 0), traffic(1000, 25)));

        assertThat(examine(new Targets(4, 0, 0, 0, 0), SHARE))
                .extracting(Verdict::outcome)
                .containsExactly(Outcome.FAIL);
    }

    @Test
    void a_throttled_check_is_inconclusive() {
        world.metricsAre(new Metrics() {
            @Override
            public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
                throw new CallFailed(CallFailed.Kind.THROTTLED, "cloudwatch:GetMetricData", "Rate exceeded", null);
            }

            @Override
            public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
                return Map.of();
            }

            @Override
            public Map<String, AlarmState> alarms(List<String> names, Instant since) {
                return Map.of();
            }
        });

        assertThat(examine(new Targets(4, 0, 0, 0, 0), SHARE))
                .containsExactly(Verdict.inconclusive("error share", "cloudwatch:GetMetricData: Rate exceeded"));
    }

    @Test
    void a_check_that_a_person_has_to_mend_is_no_verdict_at_all() {
        world.metricsAre(new ScriptedTraffic(new ArrayList<>(), Traffic.NONE, Traffic.NONE, Traffic.NONE));

        assertThatExceptionOfType(CallFailed.class)
                .isThrownBy(() -> examine(new Targets(4, 0, 0, 0, 0), new Check.Alarms(List.of(World.ALARM)), smoke()))
                .withMessageContaining("cloudwatch:DescribeAlarms");
    }
}
