package dev.greenlight.domain.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.traffic.ShadowRoute;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Decisions about copies of users' requests: fleet A is blue, fleet B is green. */
class ShadowingTest {

    private static final Duration WATCH = Duration.ofMinutes(30);
    private static final ShadowRoute CLOSED = new ShadowRoute.Closed();
    private static final ShadowRoute OPEN = new ShadowRoute.To(FleetName.B);

    private final Situation situation = Situation.release(Phase.VALIDATING);
    private final Instant begin = situation.now();

    private Situation planned() {
        return situation
                .settledInto(rollout -> rollout.shadowed(Shadow.of(WATCH)).read(3, situation.now()))
                .shadow(CLOSED);
    }

    private Situation asked() {
        return situation
                .settledInto(rollout -> rollout.shadowed(Shadow.of(WATCH).asked(begin)))
                .shadow(CLOSED);
    }

    private Situation open() {
        return situation
                .settledInto(rollout ->
                        rollout.shadowed(Shadow.of(WATCH).asked(begin).seen(begin)))
                .shadow(OPEN);
    }

    private Situation over() {
        return situation
                .settledInto(rollout -> rollout.shadowed(
                        Shadow.of(WATCH).asked(begin).seen(begin).ended()))
                .shadow(OPEN);
    }

    private static Shadow next(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Shadowed.class);
        return ((Decision.Shadowed) decision).next();
    }

    private static String held(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Hold.class);
        return ((Decision.Hold) decision).reason();
    }

    @Test
    void copies_are_asked_for_once_green_has_passed_what_is_asked_of_it_apart_from_users() {
        assertThat(next(planned().decision()).askedAt()).hasValue(begin);
        assertThat(planned()
                        .verdicts(Verdict.inconclusive("smoke", "no answer"))
                        .decision())
                .isNotInstanceOf(Decision.Shadowed.class);
    }

    @Test
    void a_rollout_without_a_shadow_goes_on_as_before() {
        assertThat(situation
                        .settledInto(rollout -> rollout.read(3, situation.now()))
                        .decision())
                .isInstanceOf(Decision.Advance.class);
    }

    @Test
    void the_rule_is_written_only_after_that_was_remembered_and_counts_from_when_it_is_seen() {
        assertThat(asked().decision()).isEqualTo(new Decision.OpenShadow(FleetName.B));
        Situation seen = asked().shadow(OPEN).after(Duration.ofMinutes(1));
        assertThat(next(seen.decision()).since()).hasValue(begin.plus(Duration.ofMinutes(1)));
    }

    @Test
    void green_is_watched_for_as_long_as_the_settings_say() {
        assertThat(held(open().after(WATCH.minusSeconds(1)).decision())).startsWith("green gets copies until ");
        assertThat(next(open().after(Duration.ofSeconds(1)).decision()).over()).isTrue();
    }

    @Test
    void a_check_that_fails_on_copies_rejects_the_revision_at_once_and_writes_no_weights() {
        Decision decision = open().after(Duration.ofMinutes(2))
                .verdicts(Verdict.fail("error share", "9.00% of 400 failed"))
                .decision();
        assertThat(decision).isInstanceOfSatisfying(Decision.TakeBack.class, back -> {
            assertThat(back.cause()).isEqualTo(Cause.CHECK_FAILED);
            assertThat(back.reason()).isEqualTo("on copies of users' requests: error share: 9.00% of 400 failed");
            assertThat(back.write()).isEmpty();
        });
    }

    @Test
    void too_few_copies_are_no_verdict_and_in_the_end_nobodys_fault() {
        Verdict few = Verdict.inconclusive("error share", "3 of 500 requests seen");
        assertThat(held(open().after(WATCH).verdicts(few).decision())).contains("3 of 500");
        assertThat(open().after(Situation.PACE.validating()).verdicts(few).decision())
                .isInstanceOfSatisfying(
                        Decision.TakeBack.class,
                        back -> assertThat(back.cause()).isEqualTo(Cause.DEADLINE));
    }

    @Test
    void no_user_comes_before_the_copies_have_ended() {
        assertThat(over().decision()).isInstanceOf(Decision.CloseShadow.class);
        assertThat(over().shadow(CLOSED).decision()).isInstanceOf(Decision.Advance.class);
    }

    @Test
    void what_a_hand_made_of_the_rule_is_waited_for() {
        ShadowRoute foreign = new ShadowRoute.Foreign("it redirects");
        assertThat(held(planned().shadow(foreign).decision())).contains("changed by someone else");
        assertThat(held(asked().shadow(foreign).decision())).contains("changed by someone else");
        assertThat(held(open().shadow(CLOSED).decision())).contains("changed by someone else: closed (204)");
        assertThat(held(open().shadow(new ShadowRoute.To(FleetName.A)).decision()))
                .contains("copies to fleet A");
    }

    @Test
    void copies_that_nobody_has_asked_for_end_before_the_shadow_begins() {
        assertThat(planned().shadow(OPEN).decision()).isInstanceOf(Decision.CloseShadow.class);
    }

    @Test
    void a_rule_that_takes_no_write_holds_no_lock() {
        assertThat(asked().after(Situation.PACE.shifting()).decision()).isInstanceOf(Decision.TakeBack.class);
        assertThat(over().after(WATCH.plus(Situation.PACE.validating())).decision())
                .isInstanceOf(Decision.TakeBack.class);
    }

    @Test
    void a_rollout_that_is_over_ends_the_copies_that_still_go_to_its_green() {
        Situation back = open().settledInto(rollout -> rollout.takeBack(Cause.STAGE_ENDED, situation.now(), "stopped"))
                .shadow(OPEN);
        assertThat(back.care()).isInstanceOf(Care.CloseShadow.class);
        assertThat(back.shadow(CLOSED).care()).isNotInstanceOf(Care.CloseShadow.class);
    }
}
