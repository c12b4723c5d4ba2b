package dev.greenlight.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {

    /** All of a trial takes half a minute; this is the part of it that needs one release. */
    @Test
    void a_release_is_really_served_and_a_person_takes_it_back_at_once() throws Exception {
        List<String> told = new ArrayList<>();
        try (Trial trial = new Trial(Contender.named("blue-green").orElseThrow(), spectator(told), new Stop())) {
            double seconds = trial.takenBackByHand();

            assertThat(seconds).isGreaterThan(0).isLessThan(5);
        }
    }

    @Test
    void who_stops_it_wakes_whoever_waits() throws Exception {
        Stop stop = new Stop();
        stop.now();
        try (Trial trial = new Trial(Contender.named("blue-green").orElseThrow(), spectator(new ArrayList<>()), stop)) {
            assertThatThrownBy(() -> trial.play(1)).isInstanceOf(Comparison.Stopped.class);
        }
    }

    private static Spectator spectator(List<String> told) {
        return new Spectator() {
            @Override
            public void at(String strategy, String what) {
                told.add(what);
            }

            @Override
            public void over(Measured measured) {
                told.add("over");
            }
        };
    }
}
