package dev.greenlight.adapter.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Journal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonJournalTest {

    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-01-05T12:00:00Z"));

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Journal journal =
            new JsonJournal(new PrintStream(written, true, StandardCharsets.UTF_8), "checkout", NOON);

    @Test
    void a_decision_is_one_line_that_is_also_a_metric() {
        journal.tell(entry("99.4 % of 4,812 answered"));
        assertThat(lines())
                .containsExactly("{\"_aws\":{\"Timestamp\":1767614400000,\"CloudWatchMetrics\":[{"
                        + "\"Namespace\":\"Greenlight\",\"Dimensions\":[[\"service\",\"decision\"]],"
                        + "\"Metrics\":[{\"Name\":\"Decisions\",\"Unit\":\"Count\"}]}]},\"Decisions\":1,"
                        + "\"service\":\"checkout\",\"decision\":\"promote\",\"rollout\":\"r-1\","
                        + "\"reason\":\"99.4 % of 4,812 answered\",\"green\":\"B\",\"step\":\"1\","
                        + "\"routing\":\"A 0% B 100%\"}");
    }

    @Test
    void a_reason_with_line_breaks_stays_in_its_line() {
        journal.tell(entry("first\nsecond \"quoted\""));
        assertThat(lines()).hasSize(1);
        assertThat(lines().getFirst()).contains("first\\nsecond \\\"quoted\\\"");
    }

    @Test
    void what_is_not_known_is_left_out() {
        journal.tell(new Journal.Entry(Optional.empty(), "refuse", "why", Optional.empty(), "", ""));
        assertThat(lines().getFirst()).doesNotContain("rollout", "green\":");
    }

    /** A line can hold nothing else: an entry that grows a field for events or settings fails here first. */
    @Test
    void nothing_but_what_a_decision_stands_on_can_be_told() {
        assertThat(Arrays.stream(Journal.Entry.class.getRecordComponents()).map(RecordComponent::getName))
                .containsExactly("rollout", "decision", "reason", "green", "step", "routing");
    }

    private static Journal.Entry entry(String reason) {
        return new Journal.Entry(
                Optional.of(new RolloutId("r-1")), "promote", reason, Optional.of(FleetName.B), "1", "A 0% B 100%");
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
