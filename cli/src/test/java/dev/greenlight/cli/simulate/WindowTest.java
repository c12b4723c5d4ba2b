package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody comes between the last reading of the rule and its write: the window of docs/adr/0013, and how it heals. */
class WindowTest {

    /** As many calls as the hook that wrote, and whoever came between, make after that. */
    private static final int AFTER = 24;

    private static final Service ANY = Service.ofAllKinds();
    private static final Simulation SIMULATION = new Simulation(ANY);

    @ParameterizedTest
    @EnumSource(Tale.class)
    void a_rollback_in_the_window_is_one_in_the_end(Tale tale) {
        Life life = tale.undisturbed(ANY);
        for (Mishap.Comer comer : Mishap.Comer.values()) {
            Played played = SIMULATION.play(life.withMishaps(List.of(new Mishap.InTheWindow(1, comer))));
            assertThat(played.broken()).as("%s, %s", tale, comer).isEmpty();
        }
    }

    @Test
    void also_where_the_process_dies_that_wrote_over_it() {
        Life life = Tale.GOOD.undisturbed(ANY);
        List<Call> calls = SIMULATION.calls(life);
        int write = IntStream.rangeClosed(1, calls.size())
                .filter(n -> calls.get(n - 1).operation().equals("ModifyRule"))
                .findFirst()
                .orElseThrow();
        Mishap rollback = new Mishap.InTheWindow(1, Mishap.Comer.A_ROLLBACK);
        for (int n = write; n < write + AFTER; n++) {
            Mishap crash = new Mishap.Crash(n, Fault.Moment.AFTER);
            Played played = SIMULATION.play(life.withMishaps(List.of(rollback, crash)));
            assertThat(played.broken()).as("a crash after call %d", n).isEmpty();
            assertThat(played.faults()).isEqualTo(2);
        }
    }
}
