package dev.greenlight.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.simulate.Mishap.Carrier;
import dev.greenlight.cli.simulate.Mishap.Delivery;
import dev.greenlight.cli.simulate.Mishap.Disorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is delivered comes twice, late, in another order or never; what is read is old; the store is away; and all of it at once. */
class DisorderTest {

    /** The seeds that every run of the tests plays. */
    private static final int SEEDS = 200;

    private static final Service ANY = Service.ofAllKinds();
    private static final Simulation SIMULATION = new Simulation(ANY);

    static Stream<Mishap> fromBeginningToEnd() {
        return Stream.of(
                new Delivery(Carrier.INVOCATIONS, Disorder.TWICE, Duration.ofSeconds(20)),
                new Delivery(Carrier.INVOCATIONS, Disorder.TWICE, Duration.ofMinutes(7)),
                new Delivery(Carrier.INVOCATIONS, Disorder.LATE, Duration.ofMinutes(3)),
                new Delivery(Carrier.INVOCATIONS, Disorder.SWAPPED, Duration.ofSeconds(95)),
                new Delivery(Carrier.EVENTS, Disorder.LOST, Duration.ZERO),
                new Delivery(Carrier.EVENTS, Disorder.TWICE, Duration.ofMinutes(2)),
                new Delivery(Carrier.EVENTS, Disorder.LATE, Duration.ofMinutes(9)),
                new Delivery(Carrier.SCHEDULES, Disorder.TWICE, Duration.ofSeconds(50)),
                new Delivery(Carrier.SCHEDULES, Disorder.LATE, Duration.ofMinutes(4)),
                new Mishap.StaleReads("DescribeRules", Duration.ofSeconds(4)),
                new Mishap.StaleReads("DescribeTargetHealth", Duration.ofSeconds(8)),
                new Mishap.Skew(Duration.ofSeconds(9)),
                new Mishap.Skew(Duration.ofSeconds(-9)));
    }

    @ParameterizedTest
    @MethodSource("fromBeginningToEnd")
    void a_tale_ends_as_it_should_whatever_the_platform_makes_of_its_messages(Mishap mishap) {
        List<Life> lives = new ArrayList<>();
        for (Tale tale : Tale.values()) {
            Life life = tale.undisturbed(ANY).withMishaps(List.of(mishap));
            lives.add(life);
            lives.add(life.with(life.setting().withFreshJobIds()));
        }
        assertThat(broken(lives.parallelStream())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Tale.class)
    void nine_minutes_without_the_store_delay_a_tale_and_no_more(Tale tale) {
        Life life = tale.undisturbed(ANY);
        assertThat(broken(IntStream.range(0, 26)
                        .parallel()
                        .mapToObj(n -> life.withMishaps(List.of(
                                new Mishap.Away("dynamodb", Duration.ofSeconds(30L * n), Duration.ofMinutes(9)))))))
                .isEmpty();
    }

    @Test
    void whatever_is_drawn_no_rule_breaks() {
        assertThat(broken(LongStream.range(0, SEEDS).parallel().mapToObj(seed -> Draw.life(ANY, seed))))
                .isEmpty();
    }

    private static List<String> broken(Stream<Life> lives) {
        return lives.map(SIMULATION::play)
                .filter(played -> !played.broken().isEmpty())
                .map(played -> played.life().name() + " " + played.life().lines() + ": "
                        + played.broken().getFirst())
                .toList();
    }
}
