package dev.greenlight.cli.stories;

import static dev.greenlight.sandbox.codepipeline.JobTimings.ContinuationIds.FRESH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.codepipeline.JobTimings;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.lambda.Deliveries.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is delivered comes twice, late, in another order or never; what is read is old; the store is away. */
class DeliveryStories {

    /** How the platform misbehaves from the beginning to the end of a story. */
    enum Platform {
        EVERY_INVOCATION_TWICE(f -> f.sandbox.lambda().deliveries().plan(Plan.twice(Duration.ofSeconds(20)))),
        EVERY_INVOCATION_TWICE_MUCH_LATER(f -> f.sandbox.lambda().deliveries().plan(Plan.twice(Duration.ofMinutes(7)))),
        EVERY_INVOCATION_LATE(f -> f.sandbox.lambda().deliveries().plan(Plan.late(Duration.ofMinutes(3)))),
        INVOCATIONS_SWAPPED(f -> f.sandbox.lambda().deliveries().plan(Plan.swapped(Duration.ofSeconds(95)))),
        EVENTS_LOST(f -> f.sandbox.bus().deliveries().plan(Plan.lost())),
        EVENTS_TWICE(f -> f.sandbox.bus().deliveries().plan(Plan.twice(Duration.ofMinutes(2)))),
        EVENTS_LATE(f -> f.sandbox.bus().deliveries().plan(Plan.late(Duration.ofMinutes(20)))),
        SCHEDULES_TWICE(f -> f.sandbox.schedules().deliveries().plan(Plan.twice(Duration.ofSeconds(50)))),
        SCHEDULES_LATE(f -> f.sandbox.schedules().deliveries().plan(Plan.late(Duration.ofMinutes(4)))),
        APPOINTMENTS_NEVER(f -> f.sandbox
                .schedules()
                .deliveries()
                .plan(d -> List.of(d.payload().contains("sweep") ? Duration.ZERO : Duration.ofDays(400)))),
        OLD_RULES(f -> f.sandbox.faults().staleReads("DescribeRules", Duration.ofSeconds(4))),
        OLD_TARGETS(f -> f.sandbox.faults().staleReads("DescribeTargetHealth", Duration.ofSeconds(8)));

        private final Trial.Mishap mishap;

        Platform(Trial.Mishap mishap) {
            this.mishap = mishap;
        }
    }

    private record Case(Trial trial, JobTimings.ContinuationIds ids) {}

    @ParameterizedTest
    @EnumSource(Platform.class)
    void a_rollout_ends_as_it_should_whatever_the_platform_makes_of_its_messages(Platform platform) {
        List<Case> cases = new ArrayList<>();
        for (Trial trial : Trial.values()) {
            for (JobTimings.ContinuationIds ids : JobTimings.ContinuationIds.values()) {
                cases.add(new Case(trial, ids));
            }
        }
        Matrix.play(
                cases,
                variant -> variant.trial()
                        .playOn(
                                setup -> setup.withJobTimings(setup.jobTimings().withIds(variant.ids())),
                                platform.mishap));
    }

    @ParameterizedTest
    @EnumSource(Trial.class)
    void a_crash_is_survived_with_job_ids_that_change(Trial trial) {
        int calls = trial.calls().size();
        Matrix.play(
                Matrix.some(12, calls, 5),
                n -> trial.playOn(
                        setup -> setup.withJobTimings(setup.jobTimings().withIds(FRESH)),
                        festival -> festival.sandbox.faults().crashAfterCall(n)));
    }

    @ParameterizedTest
    @EnumSource(Trial.class)
    void ten_minutes_without_the_store_delay_a_rollout_and_no_more(Trial trial) {
        List<Integer> halfMinutes = Matrix.each(26);
        Matrix.play(
                halfMinutes,
                n -> trial.play(festival -> storeAway(festival, Duration.ofSeconds(30L * n), Duration.ofMinutes(10))));
    }

    @Test
    void a_person_takes_a_release_back_in_one_write_while_the_store_is_silent_and_sweep_remembers_it_later() {
        Trial.BY_HAND.play(festival -> {
            storeAway(festival, Duration.ZERO, Duration.ofMinutes(10));
            long writes = festival.ruleWrites();
            var answer = festival.rollBack();
            assertThat(festival.weights()).as(answer.toString()).isEqualTo(Map.of("A", 100, "B", 0));
            assertThat(festival.ruleWrites()).isEqualTo(writes + 1);
            assertThat(answer.toString()).contains("the store is silent");
        });
    }

    /** A sweep came between the write and the person's next call, and took it for a hand's edit: nothing was quarantined. */
    @Test
    void a_rollback_whose_read_back_is_old_is_remembered_as_the_persons() {
        Trial.BY_HAND.play(festival -> {
            festival.pass(Duration.ofSeconds(45));
            festival.sandbox.faults().staleReads("DescribeRules", Duration.ofSeconds(9));
        });
    }

    /** The traffic was back and the answer was "done", but nothing remembered why, and the revision stayed free. */
    @Test
    void a_rollback_that_neither_the_store_nor_the_rule_could_be_told_of_says_call_again() {
        Trial.BY_HAND.play(festival -> {
            Faults faults = festival.sandbox.faults();
            faults.failing(call -> call.operation().equals("AddTags"), 3, Fault.unavailable());
            storeAway(festival, Duration.ZERO, Duration.ofMinutes(2));
            var answer = festival.rollBack();
            assertThat(festival.weights()).isEqualTo(Map.of("A", 100, "B", 0));
            assertThat(answer.path("outcome").asText()).isEqualTo("failed");
            assertThat(answer.path("message").asText())
                    .startsWith("all traffic is back on blue")
                    .endsWith("call again");
        });
    }

    private static void storeAway(Festival festival, Duration from, Duration length) {
        Faults faults = festival.sandbox.faults();
        Faults.Armed[] away = new Faults.Armed[1];
        Runnable leaves =
                () -> away[0] = faults.failing(call -> call.service().equals("dynamodb"), Fault.unavailable());
        if (from.isZero()) {
            leaves.run();
        } else {
            festival.clock.after(from, "the store goes away", leaves);
        }
        festival.clock.after(from.plus(length), "the store comes back", () -> away[0].cancel());
    }
}
