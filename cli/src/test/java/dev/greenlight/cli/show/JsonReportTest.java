package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.greenlight.cli.demo.DemoReport;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    @Test
    void each_release_has_all_of_its_keys_in_their_order() throws Exception {
        JsonNode report = written(Reports.kept());

        assertThat(keys(report)).containsExactly("releases", "seconds");
        assertThat(report.get("releases"))
                .hasSize(4)
                .allSatisfy(release -> assertThat(keys(release))
                        .containsExactly(
                                "name",
                                "outcome",
                                "requests",
                                "failed",
                                "requestsByVersion",
                                "failedByVersion",
                                "p50Millis",
                                "p99Millis",
                                "switchSeconds",
                                "rollbackSeconds",
                                "listenerWrites",
                                "pipelineMinutes",
                                "pipelineFinishedBeforeRollback",
                                "awsCalls"));
    }

    @Test
    void numbers_are_numbers_and_outcomes_their_words() throws Exception {
        JsonNode byHand = written(Reports.kept()).get("releases").get(3);

        assertThat(byHand.get("outcome").textValue()).isEqualTo("rolled-back");
        assertThat(byHand.get("requests").longValue()).isEqualTo(1440);
        assertThat(byHand.get("requestsByVersion").get("v5").longValue()).isEqualTo(735);
        assertThat(byHand.get("p99Millis").doubleValue()).isEqualTo(21.731);
        assertThat(byHand.get("rollbackSeconds").doubleValue()).isEqualTo(0.33);
        assertThat(byHand.get("pipelineFinishedBeforeRollback").booleanValue()).isTrue();
        assertThat(byHand.get("failedByVersion")).isEmpty();
    }

    @Test
    void what_does_not_apply_is_null() throws Exception {
        JsonNode rejected = written(Reports.kept()).get("releases").get(1);

        assertThat(rejected.get("switchSeconds").isNull()).isTrue();
        assertThat(rejected.get("rollbackSeconds").isNull()).isTrue();
        assertThat(rejected.get("pipelineFinishedBeforeRollback").isNull()).isTrue();
    }

    private static JsonNode written(DemoReport report) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonReport.write(report, out);
        return new ObjectMapper().readTree(out.toByteArray());
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
