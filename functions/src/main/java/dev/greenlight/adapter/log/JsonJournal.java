package dev.greenlight.adapter.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Journal;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Optional;

/**
 * One line of JSON for each decision, which CloudWatch reads as a log line and as a metric: {@code Decisions} in the namespace
 * {@code Greenlight}, by service and decision. Follows "Specification: Embedded metric format".
 *
 * <p>Nothing secret can be in a line, because nothing secret is in an entry: events and settings never come here.
 */
public final class JsonJournal implements Journal {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String[] DIMENSIONS = {"service", "decision"};

    private final PrintStream out;
    private final String service;
    private final InstantSource clock;

    public JsonJournal(PrintStream out, String service, InstantSource clock) {
        this.out = out;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public void tell(Entry entry) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            writeMetric(json);
            json.writeNumberField("Decisions", 1);
            json.writeStringField("service", service);
            json.writeStringField("decision", entry.decision());
            writeOptional(json, "rollout", entry.rollout().map(RolloutId::value));
            json.writeStringField("reason", entry.reason());
            writeOptional(json, "green", entry.green().map(FleetName::name));
            json.writeStringField("step", entry.step());
            json.writeStringField("routing", entry.routing());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        out.println(line);
    }

    /** Writes that a call failed, and why, where no decision was taken: {@code {"at":"…","complaint":"…"}}. */
    public static void complain(PrintStream out, InstantSource clock, String message) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            json.writeStringField("at", clock.instant().toString());
            json.writeStringField("complaint", message);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        out.println(line);
    }

    private void writeMetric(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", clock.millis());
        json.writeArrayFieldStart("CloudWatchMetrics");
        json.writeStartObject();
        json.writeStringField("Namespace", "Greenlight");
        json.writeArrayFieldStart("Dimensions");
        json.writeArray(DIMENSIONS, 0, DIMENSIONS.length);
        json.writeEndArray();
        json.writeArrayFieldStart("Metrics");
        json.writeStartObject();
        json.writeStringField("Name", "Decisions");
        json.writeStringField("Unit", "Count");
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeOptional(JsonGenerator json, String name, Optional<String> value) throws IOException {
        if (value.isPresent()) {
            json.writeStringField(name, value.get());
        }
    }
}
