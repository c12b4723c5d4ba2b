package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.demo.Release;
import org.junit.jupiter.api.Test;

class TrafficChartTest {

    @Test
    void the_weight_line_is_that_of_the_release_whichever_fleet_it_is_on() {
        assertThat(chart(Reports.good())).contains("V 100.00 H 53.52 V 0.00 H 100");
        assertThat(chart(Reports.regressed())).contains("V 100.00 H 48.96 V 0.00 H 74.03 V 100.00 H 100");
    }

    @Test
    void failures_are_drawn_only_where_there_were_any() {
        assertThat(chart(Reports.regressed())).contains("class=\"failed\"", "3 failed");
        assertThat(chart(Reports.good())).doesNotContain("failed\"");
    }

    @Test
    void a_rejected_release_has_no_area() {
        assertThat(chart(Reports.rejected())).contains("class=\"before\"").doesNotContain("class=\"released\"");
    }

    @Test
    void waiting_gets_no_mark_but_a_line_in_the_list() {
        var decisions = Decisions.of(Reports.good(), 1);

        assertThat(chart(Reports.good())).contains(">7</a>").doesNotContain(">8</a>", "hold: ");
        assertThat(Decisions.html(decisions)).contains("<b>hold:</b> waiting for green&#39;s first instance");
    }

    @Test
    void axes_are_marked_at_round_numbers() {
        assertThat(Axis.spanning(0, 17, 5).marks()).containsExactly(0.0, 5.0, 10.0, 15.0);
        assertThat(Axis.above(60, 3).marks()).containsExactly(0.0, 25.0, 50.0);
        assertThat(Axis.spanning(-0.2, 0.9, 5).marks()).containsExactly(0.0, 0.25, 0.5, 0.75);
        assertThat(Axis.above(0, 3).percent(0)).isZero();
    }

    private static String chart(Release release) {
        return new TrafficChart(release, Decisions.of(release, 1)).html();
    }
}
