package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Event;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A person asks for something while other calls write the record, or AWS answers only half of what it is asked. */
class OvertakenPersonTest {

    private static final Routing ON_A = Routing.full(FleetName.A);
    private static final Routing ON_B = Routing.full(FleetName.B);
    private static final String NOTED = "met users";

    private final World world = World.serving();
    private final Pipeline pipeline = new Pipeline(world, "one");

    private static void assertCallAgain(Answer answer, String message) {
        assertThat(answer).isEqualTo(new Answer.Failed(Answer.Failure.UNAVAILABLE, message));
    }

    private static CallFailed throttled(String operation) {
        return new CallFailed(CallFailed.Kind.THROTTLED, operation, "Rate exceeded", null);
    }

    @Test
    void who_promotes_is_told_to_call_again() {
        pipeline.runUntil(Phase.VERIFYING);
        Promote promote = new Promote(world, World.terms(), world);
        world.store.overtake(1);

        assertCallAgain(promote.byHand(Optional.empty(), "a fix waits"), "another call was at work on it: call again");
        assertThat(world.decisions()).doesNotContain("asked to promote");
        assertThat(promote.byHand(Optional.empty(), "a fix waits")).isInstanceOf(Answer.Done.class);
    }

    @Test
    void who_retires_is_told_to_call_again() {
        pipeline.release();
        RetireBlue retire = new RetireBlue(world, World.terms(), world);
        world.store.overtake(1);

        assertCallAgain(retire.byHand(Optional.empty(), "save money"), "another call was at work on it: call again");
        assertThat(world.decisions()).doesNotContain("asked to retire");
        assertThat(retire.byHand(Optional.empty(), "save money")).isInstanceOf(Answer.Done.class);
    }

    @Test
    void who_ends_a_cooldown_wins_against_four_writes_and_is_told_to_call_again_after_five() {
        Terms terms = World.terms(Duration.ofHours(1));
        pipeline.runUntil(Phase.VERIFYING);
        new RollBack(world, terms, world).byHand(Optional.empty(), "customers complain", true);
        ReleaseQuarantine release = new ReleaseQuarantine(world, terms, world);

        world.store.overtake(5);
        assertCallAgain(release.releaseCooldown("it was the db"), "other calls were at work on it: call again");
        world.store.overtake(4);
        assertThat(release.releaseCooldown("it was the db")).isInstanceOf(Answer.Done.class);
    }

    @Nested
    class Who_rolls_back {

        private Answer rollBack() {
            return new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
        }

        @Test
        void wins_against_four_writes() {
            pipeline.runUntil(Phase.VERIFYING);
            world.store.overtake(4);

            assertThat(rollBack())
                    .isInstanceOfSatisfying(
                            Answer.Done.class,
                            done -> assertThat(done.facts())
                                    .containsEntry("rollout", "one")
                                    .containsEntry("cause", Cause.BY_HAND.name()));
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
            assertThat(pipeline.rollout().progress().steps()).isOne();
        }

        @Test
        void has_the_traffic_back_also_after_five_and_sweep_closes_the_record() {
            pipeline.runUntil(Phase.VERIFYING);
            world.store.overtake(5);

            Answer answer = rollBack();

            assertThat(answer).isInstanceOf(Answer.Done.class);
            assertThat(answer.message()).contains("Sweep will close the record", "the record of one changes too fast");
            assertThat(world.router.live()).isEqualTo(ON_A);
            assertThat(pipeline.rollout().isOpen()).isTrue();
            assertThat(pipeline.call(Phase.VERIFYING).message()).contains("the rule says that it was rolled back");
            assertThat(pipeline.rollout().ending().orElseThrow().cause()).isEqualTo(Cause.BY_HAND);
        }

        /** Nobody would have known why users were taken back: neither the record nor the rule says so. */
        @Test
        void is_told_to_call_again_where_neither_the_store_nor_the_rule_takes_the_reason() {
            pipeline.runUntil(Phase.VERIFYING);
            world.store.fallSilent();
            // Before its write, and after it.
            world.router.beforeNextTag(() -> {
                world.router.beforeNextTag(() -> {
                    throw throttled("elasticloadbalancing:AddTags");
                });
                throw throttled("elasticloadbalancing:AddTags");
            });

            Answer answer = rollBack();

            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(Answer.Failure.UNAVAILABLE));
            assertThat(answer.message())
                    .startsWith("all traffic is back on blue")
                    .endsWith("neither the store nor the rule could be told why: call again");
            assertThat(world.router.live()).isEqualTo(ON_A);
        }

        @Test
        void tells_the_rule_once() {
            pipeline.runUntil(Phase.VERIFYING);
            int tagged = world.router.tagged();

            rollBack();

            assertThat(world.router.tagged() - tagged).isOne();
        }

        /** The traffic does not wait for the word on the rule; that is said again once the traffic is back. */
        @Test
        void is_not_held_up_by_a_rule_that_takes_the_word_and_never_answers() {
            pipeline.runUntil(Phase.VERIFYING);
            world.router.beforeNextTag(() -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException givenUp) {
                    throw new EventfulPorts.Died("given up");
                }
            });

            Answer answer = new RollBack(world, World.terms(), world, Duration.ofMillis(50))
                    .byHand(Optional.empty(), "customers complain", true);

            assertThat(answer).isInstanceOf(Answer.Done.class);
            assertThat(world.router.live()).isEqualTo(ON_A);
            assertThat(world.router.tags().takenBack(pipeline.id())).contains(Cause.BY_HAND);
        }

        @Test
        void is_done_where_only_the_rule_does_not_take_it_and_the_journal_says_so() {
            pipeline.runUntil(Phase.VERIFYING);
            world.router.beforeNextTag(() -> {
                throw throttled("elasticloadbalancing:AddTags");
            });

            assertThat(rollBack()).isInstanceOf(Answer.Done.class);
            assertThat(world.told).anySatisfy(line -> {
                assertThat(line.decision()).isEqualTo("left to sweep");
                assertThat(line.reason()).isEqualTo("mark the rule: elasticloadbalancing:AddTags: Rate exceeded");
            });
        }

        @Test
        void is_done_where_the_last_look_at_the_rule_is_throttled() {
            pipeline.runUntil(Phase.VERIFYING);
            World twin = World.serving();
            new Pipeline(twin, "one").runUntil(Phase.VERIFYING);
            EventfulPorts quiet = new EventfulPorts(twin, EventfulPorts.Event.NONE);
            new RollBack(quiet, World.terms(), twin).byHand(Optional.empty(), "customers complain", true);
            int last = quiet.log().lastIndexOf("TrafficRouter.route") + 1;
            EventfulPorts ports =
                    new EventfulPorts(world, new EventfulPorts.Event(last, EventfulPorts.Moment.BEFORE, () -> {
                        throw throttled("elasticloadbalancing:DescribeRules");
                    }));

            assertThat(new RollBack(ports, World.terms(), world).byHand(Optional.empty(), "customers complain", true))
                    .isInstanceOf(Answer.Done.class);
            assertThat(pipeline.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
        }
    }

    /** A forward write comes after the rollback; the last look undoes it, and the record is to say that users met green. */
    @Nested
    class Who_is_overtaken_by_a_shift {

        private Answer overtaken(Runnable asItIsUndone) {
            world.router.beforeNextTag(() -> {
                world.router.become(ON_B);
                world.router.beforeNextWrite(asItIsUndone);
            });
            return new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);
        }

        private long noted() {
            return pipeline.rollout().history().stream()
                    .map(Event::what)
                    .filter(NOTED::equals)
                    .count();
        }

        @Test
        void notes_it_once() {
            pipeline.runUntil(Phase.SHIFTING);

            assertThat(overtaken(() -> {})).isInstanceOf(Answer.Done.class);
            assertThat(noted()).isOne();
        }

        @Test
        void notes_it_against_four_writes_and_no_more() {
            pipeline.runUntil(Phase.SHIFTING);
            assertThat(overtaken(() -> world.store.overtake(4))).isInstanceOf(Answer.Done.class);
            assertThat(noted()).isOne();

            World other = World.serving();
            Pipeline another = new Pipeline(other, "one");
            another.runUntil(Phase.SHIFTING);
            other.router.beforeNextTag(() -> {
                other.router.become(ON_B);
                other.router.beforeNextWrite(() -> other.store.overtake(5));
            });
            assertThat(new RollBack(other, World.terms(), other).byHand(Optional.empty(), "customers complain", true))
                    .isInstanceOf(Answer.Done.class);
            assertThat(other.router.live()).isEqualTo(ON_A);
            assertThat(another.rollout().history()).extracting(Event::what).doesNotContain(NOTED);
        }

        /** The traffic does not hang on the note. */
        @Test
        void is_done_where_the_store_falls_silent_meanwhile_and_the_journal_says_so() {
            pipeline.runUntil(Phase.SHIFTING);

            assertThat(overtaken(world.store::fallSilent)).isInstanceOf(Answer.Done.class);
            assertThat(world.router.live()).isEqualTo(ON_A);
            assertThat(world.told)
                    .anySatisfy(line -> assertThat(line.reason()).startsWith("note that users met green: "));
        }

        /** Its record is open still: whoever closes it sees the rule's word, and knows. */
        @Test
        void leaves_a_record_alone_that_nobody_could_close() {
            pipeline.runUntil(Phase.VERIFYING);
            world.router.beforeNextTag(() -> {
                world.router.become(ON_B);
                world.store.overtake(5);
            });

            Answer answer =
                    new RollBack(world, World.terms(), world).byHand(Optional.empty(), "customers complain", true);

            assertThat(answer).isInstanceOf(Answer.Done.class);
            assertThat(world.router.live()).isEqualTo(ON_A);
            assertThat(pipeline.rollout().isOpen()).isTrue();
            assertThat(noted()).isZero();
        }

        @Test
        void raises_blue_once_more_where_it_had_not_written_before() {
            pipeline.runUntil(Phase.SHIFTING);
            Scaling set = world.fleets.scaling(FleetName.B);
            world.fleets.set(FleetName.B, new Scaling(set.minimum(), 6, set.maximum(), set.suspended()));

            Answer answer = overtaken(() -> {});

            assertThat(answer.message()).contains("fleet A had 4 instances and is raised to 6");
            assertThat(world.fleets.running(FleetName.A)).isEqualTo(6);
        }
    }
}
