package dev.greenlight.cli.stories;

import dev.greenlight.sandbox.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** AWS refuses a call, or does what was asked and does not say so: once, and as often as a call is tried. */
class ThrottleStories {

    private static final int SAMPLE = 60;
    private static final long SEED = 11;

    /** How a call goes wrong. */
    enum Trouble {
        THROTTLED(Fault.refused("ThrottlingException", 400, "Rate exceeded")),
        UNAVAILABLE(Fault.unavailable()),
        FAILED_AFTERWARDS(Fault.failedAfterwards()),
        ANSWER_LOST(Fault.lostAnswer());

        private final Fault fault;

        Trouble(Fault fault) {
            this.fault = fault;
        }
    }

    private record Case(Trial trial, int call, int times) {}

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void a_call_that_goes_wrong_delays_a_rollout_and_no_more(Trouble trouble) {
        List<Case> cases = new ArrayList<>();
        for (Trial trial : Trial.values()) {
            int calls = trial.calls().size();
            int sample = SAMPLE / Trial.values().length;
            Matrix.some(sample, calls, SEED + trouble.ordinal()).forEach(n -> cases.add(new Case(trial, n, 1)));
            Matrix.some(sample, calls, SEED - trouble.ordinal()).forEach(n -> cases.add(new Case(trial, n, 3)));
        }
        Matrix.play(cases, variant -> variant.trial().play(festival -> arm(festival, variant, trouble)));
    }

    private static void arm(Festival festival, Case variant, Trouble trouble) {
        long from = festival.sandbox.calls().size() + variant.call();
        festival.sandbox
                .faults()
                .failing(
                        call -> call.sequence() >= from && !call.invocation().isEmpty(),
                        variant.times(),
                        trouble.fault);
    }
}
