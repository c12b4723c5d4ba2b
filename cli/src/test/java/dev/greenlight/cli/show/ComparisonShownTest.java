package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Contender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ComparisonShownTest {

    @Test
    void programs_get_a_name_and_eight_numbers_of_each_strategy_and_nothing_else() throws Exception {
        JsonNode json = json(Comparisons.all());

        assertThat(json.properties()).extracting(java.util.Map.Entry::getKey).containsExactly("strategies");
        assertThat(json.path("strategies").findValuesAsText("name")).isEqualTo(Contender.names());
        for (JsonNode strategy : json.path("strategies")) {
            List<String> keys = new ArrayList<>();
            strategy.fieldNames().forEachRemaining(keys::add);
            assertThat(keys)
                    .containsExactly(
                            "name",
                            "requestsLost",
                            "downtimeSeconds",
                            "mixedSeconds",
                            "rollbackSeconds",
                            "badVersionShare",
                            "releaseMinutes",
                            "extraInstanceHours",
                            "awsCalls");
            assertThat(keys.subList(1, keys.size()))
                    .allSatisfy(key -> assertThat(strategy.path(key).isNumber()).isTrue());
        }
        JsonNode first = json.path("strategies").path(0);
        assertThat(first.path("requestsLost").isIntegralNumber()).isTrue();
        assertThat(first.path("downtimeSeconds").asDouble()).isEqualTo(12.346);
        assertThat(first.path("awsCalls").asInt()).isEqualTo(1000);
    }

    @Test
    void under_each_number_stands_what_people_say_and_a_star_where_they_are_wrong() {
        assertThat(text(Comparisons.canary(50), 120))
                .containsSubsequence(
                        "lost  downtime  two versions  way back  met bad one  release  extra hours  AWS calls",
                        "canary     0       0 s        10 min     1.0 s         5.0%   20 min       *5.2 h        636",
                        "none        no           yes      fast        a few     slow       little    complex",
                        "canary, extra hours: people say little, measured 5.2 h. Green has the size");
    }

    @Test
    void what_agrees_needs_no_explanation() {
        assertThat(text(Comparisons.canary(50), 120))
                .doesNotContain("canary, release")
                .doesNotContain("canary, lost");
    }

    @Test
    void a_narrow_window_gets_a_list_and_no_line_is_wider() {
        String text = text(Comparisons.all(), 60);

        assertThat(text.lines()).allMatch(line -> line.length() <= 60);
        assertThat(text).contains("  two versions    0.05 s       no");
    }

    @Test
    void the_sampling_error_of_a_share_is_stated() {
        assertThat(text(Comparisons.canary(54), 200))
                .contains(
                        "canary: while the bad version was out, it answered 5.4% of 1,000 requests. The rule gave it 5.0%,"
                                + " give or take 2.1% by chance (three standard deviations): as it should be");
        assertThat(text(Comparisons.canary(80), 200)).contains("more than chance explains");
    }

    @Test
    void strategies_that_are_wrong_for_the_same_reason_share_it() {
        assertThat(ComparisonCells.disagreements(Comparisons.all()))
                .filteredOn(each -> each.who().equals("canary, linear"))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.measured()).hasSize(2));
    }

    @Test
    void the_page_is_well_formed_and_has_two_pictures_of_each_strategy() throws Exception {
        Document page = parsed(ComparisonPage.of(Comparisons.all()));

        int strategies = Contender.names().size();
        assertThat(page.getElementsByTagName("section").getLength()).isEqualTo(strategies);
        assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(2 * strategies);
        assertThat(page.getElementsByTagName("tr").getLength()).isEqualTo(1 + strategies);
    }

    @Test
    void the_page_loads_nothing_from_anywhere() {
        assertThat(ComparisonPage.of(Comparisons.all()))
                .doesNotContainPattern("https?:|//[a-z]|url\\(|@import|<script|<link|<img|src=|<iframe");
    }

    @Test
    void what_failed_is_red_and_only_that() {
        assertThat(ComparisonPage.of(Comparisons.saying("asked for")))
                .containsOnlyOnce("class=\"failed\"")
                .contains(
                        "<title>17 failed</title>",
                        "<b class=\"none\">0 failed</b>",
                        "<b class=\"some\">17 failed</b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(1)</script>", "\" onmouseover=\"alert(1)", "' & </svg>]]>", "100% %s %d"})
    void hostile_words_stay_words(String hostile) throws Exception {
        String page = ComparisonPage.of(Comparisons.saying(hostile));

        assertThat(page).doesNotContain("<script>", "\" onmouseover=\"");
        assertThat(parsed(page).getElementsByTagName("svg").getLength()).isEqualTo(2);
    }

    private static JsonNode json(ComparisonReport report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ComparisonJson.write(report, out);
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static String text(ComparisonReport report, int columns) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ComparisonText(new PrintStream(out, true, StandardCharsets.UTF_8), new Terminal(false, false, columns))
                .print(report);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Document parsed(String page) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(page)));
    }
}
