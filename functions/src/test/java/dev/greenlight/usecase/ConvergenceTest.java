package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.port.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * That nothing reaches a fleet any more is seen where requests are counted, and those counts come late: rule 2 of docs/rules.md.
 * Connections drain in half a minute here, so that the counts of the time since the switch come later than that.
 */
class ConvergenceTest {

    private static final Terms TERMS = World.draining(Duration.ofSeconds(30));
    private static final Duration LATE = Duration.ofMinutes(2);

    private final World world = World.serving();
    private final Counted counted = new Counted();
    private final Pipeline pipeline = new Pipeline(world, world, TERMS, "one");

    /** What was counted, by the minute, and comes two minutes late unless it is said otherwise. */
    private final class Counted implements Metrics {

        private final Map<FleetName, Map<Instant, Long>> requests = new HashMap<>();
        private Duration late = LATE;
        private int asked;

        void at(FleetName fleet, Instant when, long count) {
            requests.computeIfAbsent(fleet, f -> new HashMap<>()).put(when.truncatedTo(ChronoUnit.MINUTES), count);
        }

        @Override
        public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
            asked++;
            Map<FleetName, Traffic> seen = new HashMap<>();
            for (FleetName fleet : FleetName.values()) {
                long sum = requests.getOrDefault(fleet, Map.of()).entrySet().stream()
                        .filter(minute -> !minute.getKey().isBefore(from.truncatedTo(ChronoUnit.MINUTES)))
                        .filter(minute -> minute.getKey().isBefore(to.truncatedTo(ChronoUnit.MINUTES)))
                        .filter(minute -> !world.instant()
                                .isBefore(minute.getKey()
                                        .plus(Duration.ofMinutes(1))
                                        .plus(late)))
                        .mapToLong(Map.Entry::getValue)
                        .sum();
                seen.put(fleet, new Traffic(sum, 0, 0, OptionalDouble.empty()));
            }
            return seen;
        }

        @Override
        public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
            return Map.of();
        }

        @Override
        public Map<String, AlarmState> alarms(List<String> names, Instant since) {
            Map<String, AlarmState> states = new HashMap<>();
            names.forEach(name -> states.put(name, AlarmState.OK));
            return states;
        }
    }

    private Instant takenBack() {
        world.metricsAre(counted);
        pipeline.runUntil(Phase.VERIFYING);
        world.after(Duration.ofSeconds(20));
        new RollBack(world, TERMS, world).byHand(Optional.empty(), "customers complain", true);
        return world.instant();
    }

    /** Sweeps each few seconds until green has been made smaller. @return how long that took */
    private Duration untilGreenIsTouched(Instant since) {
        while (world.fleets.running(FleetName.B) == 4) {
            world.after(Duration.ofSeconds(5));
            new Sweep(world, TERMS, world).tick();
            assertThat(world.instant()).isBefore(since.plus(Duration.ofHours(1)));
        }
        return Duration.between(since, world.instant());
    }

    @Test
    void green_is_touched_when_the_first_whole_minute_since_the_switch_shows_requests_on_blue_only() {
        Instant switched = takenBack();
        counted.at(FleetName.B, switched, 500);
        for (int minute = 1; minute < 20; minute++) {
            counted.at(FleetName.A, switched.plus(Duration.ofMinutes(minute)), 500);
        }

        assertThat(untilGreenIsTouched(switched))
                .isBetween(
                        Duration.ofMinutes(1).plus(LATE),
                        Duration.ofMinutes(2).plus(LATE).plusSeconds(5));
    }

    @Test
    void green_is_not_touched_while_it_shows_requests_on_green() {
        Instant switched = takenBack();
        for (int minute = 1; minute < 20; minute++) {
            counted.at(FleetName.A, switched.plus(Duration.ofMinutes(minute)), 500);
            counted.at(FleetName.B, switched.plus(Duration.ofMinutes(minute)), minute < 8 ? 3 : 0);
        }

        assertThat(untilGreenIsTouched(switched)).isGreaterThan(Duration.ofMinutes(8));
    }

    /** No minute that was looked at had been published, and nobody seemed to come to either fleet. */
    @Test
    void green_is_not_touched_either_where_counts_come_as_late_as_can_be_and_the_clock_is_ahead() {
        Instant switched = takenBack();
        counted.late = Duration.ofMinutes(3).plusSeconds(10);
        for (int minute = 1; minute < 20; minute++) {
            counted.at(FleetName.A, switched.plus(Duration.ofMinutes(minute)), 500);
            counted.at(FleetName.B, switched.plus(Duration.ofMinutes(minute)), minute < 12 ? 60 : 0);
        }

        assertThat(untilGreenIsTouched(switched)).isGreaterThan(Duration.ofMinutes(12));
    }

    @Test
    void at_night_when_nobody_comes_to_either_fleet_it_is_touched_after_five_minutes() {
        Instant switched = takenBack();

        assertThat(untilGreenIsTouched(switched)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void metrics_are_not_asked_before_the_drain_is_over_nor_for_a_rollout_that_no_user_met() {
        takenBack();
        new Sweep(world, TERMS, world).tick();
        assertThat(counted.asked).isZero();

        World other = World.serving();
        other.metricsAre(counted);
        Pipeline rejected = new Pipeline(other, other, TERMS, "two");
        rejected.runUntil(Phase.VALIDATING);
        new RollBack(other, TERMS, other).byHand(Optional.empty(), "not good", true);
        new Sweep(other, TERMS, other).tick();
        assertThat(other.fleets.running(FleetName.B)).isZero();
        assertThat(counted.asked).isZero();
    }

    @Test
    void the_next_release_does_not_take_a_fleet_before_that_was_seen_either() {
        Instant switched = takenBack();
        for (int minute = 1; minute < 20; minute++) {
            counted.at(FleetName.A, switched.plus(Duration.ofMinutes(minute)), 500);
        }
        Pipeline fix = new Pipeline(world, world, TERMS, "fix");
        world.after(Duration.ofSeconds(31));
        assertThat(fix.call(Phase.PREPARING).message()).contains("has been counted yet");

        world.after(Duration.ofMinutes(2).plus(LATE));
        assertThat(fix.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
    }
}
