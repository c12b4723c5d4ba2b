package dev.greenlight.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.service.Config;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ContenderTest {

    @ParameterizedTest
    @MethodSource("dev.greenlight.cli.compare.Contender#names")
    void each_releases_the_same_service_its_own_way(String name) {
        Contender contender = Contender.named(name).orElseThrow();

        assertThat(contender.config().service()).isEqualTo("shop");
        assertThat(contender.config().blueLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(Fitted.to(contender.config()).settings()).isNotNull();
        assertThat(Contender.names().stream()
                        .map(other ->
                                Contender.named(other).orElseThrow().config().strategy()))
                .containsOnlyOnce(contender.config().strategy());
    }

    @Test
    void an_examples_waits_are_a_quarter_of_what_it_says_a_minute_at_least_and_ten_at_most() {
        Config.Traffic.Canary canary = (Config.Traffic.Canary)
                Contender.named("canary").orElseThrow().config().strategy().traffic();
        Config.Traffic.Linear linear = (Config.Traffic.Linear)
                Contender.named("linear").orElseThrow().config().strategy().traffic();

        assertThat(canary.steps().getFirst().bake()).isEqualTo(Duration.ofSeconds(150));
        assertThat(canary.steps().get(1).pause()).contains(Contender.LONGEST);
        assertThat(linear.interval()).isEqualTo(Contender.SHORTEST);
    }

    @Test
    void there_is_no_other() {
        assertThat(Contender.named("green-blue")).isEmpty();
    }

    @Test
    void people_have_something_to_say_of_each_and_there_is_advice() {
        assertThat(CommonTable.strategies()).containsAll(Contender.names());
        assertThat(Advice.all()).extracting(Advice::strategy).isEqualTo(CommonTable.strategies());
    }

    @ParameterizedTest
    @EnumSource
    void people_have_something_to_say_in_each_column(Figure figure) {
        assertThat(CommonTable.strategies())
                .allSatisfy(strategy ->
                        assertThat(CommonTable.of(strategy, figure).words()).isNotEmpty());
    }
}
