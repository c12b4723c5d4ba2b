package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.cli.compare.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The numbers of docs/strategies.md are a comparison's; all that is not a number is what a comparison would write today. */
class StrategiesDocumentTest {

    private static final String AGAIN = "write it anew: ./greenlight compare --document docs/strategies.md";

    @Test
    void its_advice_columns_and_headings_are_those_of_today() throws IOException {
        String today = ComparisonDocument.of(Comparisons.all());

        assertThat(fixed(read())).as(AGAIN).isEqualTo(fixed(today));
    }

    @Test
    void its_rows_and_its_json_are_those_of_the_strategies_that_there_are() throws IOException {
        String text = read();
        JsonNode json = new ObjectMapper().readTree(between(text, "```json\n", "```"));

        assertThat(text.lines().filter(line -> line.startsWith("| **")).map(line -> between(line, "| **", "**")))
                .as(AGAIN)
                .isEqualTo(Contender.names());
        assertThat(json.path("strategies").findValuesAsText("name")).as(AGAIN).isEqualTo(Contender.names());
    }

    @Test
    void who_must_not_lose_a_request_has_lost_none() throws IOException {
        JsonNode json = new ObjectMapper().readTree(between(read(), "```json\n", "```"));

        for (JsonNode strategy : json.path("strategies")) {
            if (!List.of("in-place", "recreate").contains(strategy.path("name").asText())) {
                assertThat(strategy.path("requestsLost").asInt())
                        .as(strategy.path("name").asText())
                        .isZero();
            }
        }
    }

    /** What no comparison changes: its headings, the columns, what they mean, and the advice. */
    private static List<String> fixed(String text) {
        return text.lines()
                .filter(line -> line.startsWith("#")
                        || line.startsWith("| strategy")
                        || line.startsWith("|---")
                        || line.matches("- \\*\\*[^*,]+\\*\\*.*"))
                .toList();
    }

    private static String between(String text, String from, String to) {
        int begin = text.indexOf(from) + from.length();
        return text.substring(begin, text.indexOf(to, begin));
    }

    private static String read() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("docs/strategies.md"))) {
            root = root.getParent();
        }
        return Files.readString(root.resolve("docs/strategies.md"));
    }
}
