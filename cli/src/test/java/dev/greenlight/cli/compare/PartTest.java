package dev.greenlight.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.greenlight.cli.compare.Shop.Released;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PartTest {

    private static final Contender BLUE_GREEN = Contender.named("blue-green").orElseThrow();

    private static final Spectator NOBODY = new Spectator() {
        @Override
        public void at(String strategy, String what) {}

        @Override
        public void over(Measured measured) {
            throw new AssertionError("it was stopped");
        }
    };

    /** All of a part takes half a minute; this is the part of it that needs one release. */
    @Test
    void a_release_is_really_served_and_a_person_takes_it_back_at_once() throws Exception {
        try (Shop shop = new Shop(BLUE_GREEN, new Stop())) {
            Released good = shop.promotesAtOnce();
            Answers answers = new Answers(shop.samples(good));

            assertThat(answers.failed()).isZero();
            assertThat(answers.answeredBy("v1")).isTrue();
            assertThat(answers.answeredBy("v2")).isTrue();
            assertThat(good.took()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(40));
            assertThat(shop.takenBackByHand(good)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
        }
    }

    @Test
    void who_stops_it_wakes_whoever_waits() throws Exception {
        Stop stop = new Stop();
        stop.now();
        try (Shop shop = new Shop(BLUE_GREEN, stop)) {
            assertThatThrownBy(() -> new Part(BLUE_GREEN, shop, NOBODY).play(1)).isInstanceOf(Comparison.Stopped.class);
        }
    }
}
