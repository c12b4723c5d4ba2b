package dev.greenlight.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.greenlight.cli.theatre.WeightsWritten;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExposureTest {

    @Test
    void the_share_is_counted_between_the_first_and_the_last_answer_without_these_two() {
        Visits visits = new Visits()
                .good("v1", 50)
                .bad("v2", 1)
                .good("v1", 10)
                .bad("v2", 1)
                .good("v1", 9)
                .bad("v2", 1)
                .good("v1", 50);

        Exposure exposure = Exposure.of(visits.samples(), "v2", List.of(), WeightsWritten::b);

        assertThat(exposure.requests()).isEqualTo(20);
        assertThat(exposure.bad()).isEqualTo(1);
        assertThat(exposure.share()).isEqualTo(0.05);
        assertThat(exposure.weight()).isEmpty();
        assertThat(exposure.error()).isEmpty();
    }

    @Test
    void nobody_met_what_never_answered() {
        Exposure exposure = Exposure.of(new Visits().good("v1", 50).samples(), "v2", List.of(), WeightsWritten::b);

        assertThat(exposure).isEqualTo(Exposure.none());
        assertThat(exposure.share()).isZero();
    }

    @Test
    void one_answer_is_somebody_who_met_it() {
        Exposure exposure = Exposure.of(
                new Visits().good("v1", 50).bad("v2", 1).good("v1", 50).samples(), "v2", List.of(), WeightsWritten::b);

        assertThat(exposure.share()).isEqualTo(1);
    }

    @Test
    void the_weight_is_that_of_the_time_in_which_each_request_was_due() {
        Visits visits = new Visits()
                .good("v1", 10)
                .bad("v2", 1)
                .good("v1", 100)
                .bad("v2", 101)
                .good("v1", 10);
        List<WeightsWritten> written = List.of(
                new WeightsWritten(Visits.at(5), 95, 5),
                new WeightsWritten(Visits.at(111), 0, 100),
                new WeightsWritten(Visits.at(212), 100, 0));

        Exposure exposure = Exposure.of(visits.samples(), "v2", written, WeightsWritten::b);

        assertThat(exposure.requests()).isEqualTo(200);
        assertThat(exposure.weight()).hasValue(0.525);
    }

    @Test
    void the_error_is_three_standard_deviations_of_so_many_draws() {
        Visits visits = new Visits()
                .good("v1", 10)
                .bad("v2", 1)
                .good("v1", 400)
                .bad("v2", 1)
                .good("v1", 10);

        Exposure exposure = Exposure.of(
                visits.samples(), "v2", List.of(new WeightsWritten(Visits.BEGIN, 10, 90)), WeightsWritten::a);

        assertThat(exposure.error().orElseThrow()).isCloseTo(3 * Math.sqrt(0.1 * 0.9 / 400), within(1e-12));
    }
}
