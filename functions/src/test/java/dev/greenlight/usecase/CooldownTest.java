package dev.greenlight.usecase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.traffic.Routing;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** After a release that users met and that was taken back, the next one waits for a while, unless a person says otherwise. */
class CooldownTest {

    private static final Duration COOLDOWN = Duration.ofMinutes(30);

    private final World world = World.serving();
    private final Terms terms = World.terms(COOLDOWN);
    private final Pipeline bad = new Pipeline(world, world, terms, "bad");
    private final Pipeline next = new Pipeline(world, world, terms, "next");

    private void takenBackFromUsers() {
        bad.runUntil(Phase.VERIFYING);
        world.alarm(AlarmState.FIRING);
        bad.release();
        world.alarm(AlarmState.OK);
    }

    private Answer release(String reason) {
        return new ReleaseQuarantine(world, terms, world).releaseCooldown(reason);
    }

    private void assertBegins() {
        world.after(Situation.DRAIN);
        assertThat(next.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void the_next_rollout_waits_says_until_when_and_why_and_takes_no_lock() {
        takenBackFromUsers();
        world.after(Situation.DRAIN);

        assertThat(next.call(Phase.PREPARING))
                .isInstanceOfSatisfying(
                        Answer.InProgress.class,
                        wait -> assertThat(wait.message())
                                .isEqualTo(
                                        "cooling down until %s, after rollout bad was rolled back: %s. A person can release it"
                                                .formatted(
                                                        bad.rollout()
                                                                .progress()
                                                                .phaseSince()
                                                                .plus(COOLDOWN),
                                                        bad.rollout()
                                                                .ending()
                                                                .orElseThrow()
                                                                .reason())));
        assertThat(world.store.ledger().holder()).isEmpty();
        assertThat(world.store.rollout(next.id())).isEmpty();
    }

    /** Rejected before any user met it; a forward write that came late gave it users all the same, and Sweep took them away. */
    @Test
    void the_next_rollout_waits_also_where_sweep_was_the_first_to_see_users_on_green() {
        bad.runUntil(Phase.SHIFTING);
        new RollBack(world, terms, world).byHand(Optional.empty(), "no", true);
        world.router.become(Routing.full(FleetName.B));
        new Sweep(world, terms, world).tick();
        assertThat(world.router.live()).isEqualTo(Routing.full(FleetName.A));
        world.after(Situation.DRAIN);

        assertThat(next.call(Phase.PREPARING).message()).startsWith("cooling down until");
    }

    /** Its fleets sleep and its record is settled long before an hour is over. */
    @Test
    void the_next_rollout_waits_also_where_nothing_is_left_of_the_bad_one() {
        takenBackFromUsers();
        world.store.commit(bad.rollout().settle(world.instant()));
        world.after(Situation.DRAIN);

        assertThat(next.call(Phase.PREPARING).message()).startsWith("cooling down until");
    }

    @Test
    void it_begins_by_itself_when_the_time_is_over() {
        takenBackFromUsers();
        world.after(COOLDOWN.minusSeconds(1));
        assertThat(next.call(Phase.PREPARING)).isInstanceOf(Answer.InProgress.class);

        world.after(Duration.ofSeconds(1));
        assertThat(next.call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void it_begins_at_once_where_the_settings_ask_for_no_cooldown() {
        takenBackFromUsers();
        world.after(Situation.DRAIN);

        assertThat(new Pipeline(world, "next").call(Phase.PREPARING)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void a_person_ends_it_and_the_journal_and_the_record_say_so() {
        takenBackFromUsers();

        assertThat(release("the fix is ready"))
                .isEqualTo(new Answer.Done("the next rollout may begin, although bad was taken back"));

        assertThat(world.told.getLast().decision()).isEqualTo("release cooldown");
        assertThat(world.told.getLast().reason()).startsWith("the fix is ready, instead of at ");
        assertThat(bad.rollout().history().getLast().why()).isEqualTo("the fix is ready");
        assertBegins();
    }

    @Test
    void a_person_who_ends_none_is_told() {
        assertThat(release("nothing has happened")).isInstanceOf(Answer.Failed.class);

        takenBackFromUsers();
        world.after(COOLDOWN);
        assertThat(release("too late")).isInstanceOf(Answer.Failed.class);
        assertThat(world.decisions()).doesNotContain("release cooldown");
    }

    @Test
    void a_rejected_rollout_which_no_user_met_starts_none() {
        world.smokeAnswers(500);
        bad.release();
        world.smokeAnswers(200);

        assertBegins();
    }

    @Test
    void a_first_release_that_failed_starts_none() {
        World empty = World.empty();
        Pipeline first = new Pipeline(empty, empty, terms, "first");
        first.runUntil(Phase.VERIFYING);
        empty.alarm(AlarmState.FIRING);
        first.release();
        empty.alarm(AlarmState.OK);

        assertThat(new Pipeline(empty, empty, terms, "next")
                        .call(Phase.PREPARING)
                        .message())
                .doesNotContain("cooling");
    }

    @Test
    void a_rollback_that_only_the_rule_knows_of_starts_one_as_well() {
        bad.release();
        world.after(Situation.DRAIN);
        world.router.become(Routing.full(FleetName.A));

        assertThat(next.call(Phase.PREPARING).message()).startsWith("cooling down until");
        assertThat(bad.rollout().phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void neither_rollback_nor_promotion_waits() {
        takenBackFromUsers();
        release("the fix is ready");
        world.after(Situation.DRAIN);
        next.runUntil(Phase.VERIFYING);
        assertThat(new Promote(world, terms, world).byHand(Optional.empty(), "it is urgent"))
                .isInstanceOf(Answer.Done.class);
        assertThat(new RollBack(world, terms, world).byHand(Optional.empty(), "worse", true))
                .isInstanceOf(Answer.Done.class);

        Pipeline third = new Pipeline(world, world, terms, "third");
        world.after(Situation.DRAIN);
        assertThat(third.call(Phase.PREPARING).message()).contains("after rollout next was rolled back: worse");
        assertThat(new RollBack(world, terms, world).byHand(Optional.empty(), "again", true))
                .isInstanceOf(Answer.Done.class);
    }
}
