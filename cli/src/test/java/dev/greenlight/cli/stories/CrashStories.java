package dev.greenlight.cli.stories;

import dev.greenlight.sandbox.fault.Call;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process dies at a call to AWS: rule 4 of docs/rules.md, for every call of a rollout. */
class CrashStories {

    private static final int PAIRS = 120;
    private static final long SEED = 4;

    @ParameterizedTest
    @EnumSource(Trial.class)
    void undisturbed_it_ends_as_it_should(Trial trial) {
        trial.play(Trial.Mishap.NONE);
    }

    @ParameterizedTest
    @EnumSource(Trial.class)
    void a_crash_before_any_call_delays_it_and_no_more(Trial trial) {
        Matrix.play(
                moments(trial),
                n -> trial.play(festival -> festival.sandbox.faults().crashAtCall(n)));
    }

    @ParameterizedTest
    @EnumSource(Trial.class)
    void a_crash_after_any_call_delays_it_and_no_more(Trial trial) {
        Matrix.play(
                moments(trial),
                n -> trial.play(festival -> festival.sandbox.faults().crashAfterCall(n)));
    }

    private static List<Integer> moments(Trial trial) {
        return Matrix.each(trial.calls().size());
    }

    @ParameterizedTest
    @EnumSource(Trial.class)
    void two_crashes_delay_it_and_no_more(Trial trial) {
        int calls = trial.calls().size();
        Random random = new Random(SEED + trial.ordinal());
        List<Pair> pairs = IntStream.range(0, PAIRS / Trial.values().length)
                .mapToObj(i -> new Pair(1 + random.nextInt(calls), 1 + random.nextInt(40)))
                .toList();
        Matrix.play(pairs, pair -> trial.play(pair::arm));
    }

    /** A crash before one call, and after another a little later. */
    private record Pair(int first, int later) {

        void arm(Festival festival) {
            festival.sandbox.faults().crashAtCall(first);
            boolean[] armed = {false};
            festival.sandbox.calls().listen(call -> {
                if (!armed[0] && call.outcome().equals(Call.CRASHED)) {
                    armed[0] = true;
                    festival.sandbox.faults().crashAfterCall(later);
                }
            });
        }
    }

    /** The next call saw blue's full weight, took it for somebody's hand, and let a bad revision come again. */
    @Test
    void a_verdict_survives_the_death_of_the_call_that_wrote_the_rule_back() {
        int back = lastRuleWrite(Trial.REGRESSED);
        Trial.REGRESSED.play(festival -> festival.sandbox.faults().crashAfterCall(back));
    }

    /** The person's second call found the record closed by a sweep that saw only the weights, and left the revision free. */
    @Test
    void a_revision_is_quarantined_although_the_call_that_took_it_back_died_and_a_sweep_came_first() {
        int back = lastRuleWrite(Trial.BY_HAND);
        Trial.BY_HAND.play(festival -> {
            festival.pass(Duration.ofSeconds(45));
            festival.sandbox.faults().crashAfterCall(back);
        });
    }

    private static int lastRuleWrite(Trial trial) {
        List<Call> calls = trial.calls();
        return IntStream.rangeClosed(1, calls.size())
                .filter(n -> calls.get(n - 1).operation().equals("ModifyRule"))
                .max()
                .orElseThrow();
    }
}
