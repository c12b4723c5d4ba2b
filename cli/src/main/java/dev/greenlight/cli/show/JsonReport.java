package dev.greenlight.cli.show;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.greenlight.cli.demo.DemoReport;
import dev.greenlight.cli.demo.Release;
import dev.greenlight.sandbox.receipt.Receipt;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The report for programs: one JSON object. */
public final class JsonReport {

    private JsonReport() {}

    /**
     * Writes one object and a line's end, as UTF-8, and leaves the stream open.
     *
     * <p>Its keys are {@code releases} and {@code seconds} (wall). Each release has all of its keys always; what does not apply is null:
     * the seconds of a switch or a way back that was not made or not measured, latencies without requests, and
     * {@code pipelineFinishedBeforeRollback} where nothing was taken back. Milliseconds and seconds are wall time,
     * {@code pipelineMinutes} sandbox time. Requests that no version answered are counted under {@value Receipt#NO_VERSION}.
     *
     * @throws IOException if the stream cannot be written to
     */
    public static void write(DemoReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = PrettyJson.on(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("releases");
            for (Release release : report.releases()) {
                write(release, json);
            }
            json.writeEndArray();
            write("seconds", OptionalDouble.of(report.seconds()), json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(Release release, JsonGenerator json) throws IOException {
        Receipt receipt = release.receipt();
        json.writeStartObject();
        json.writeStringField("name", release.name());
        json.writeStringField("outcome", release.outcome().word());
        json.writeNumberField("requests", receipt.requests());
        json.writeNumberField("failed", receipt.failed());
        write("requestsByVersion", receipt.requestsByVersion(), json);
        write("failedByVersion", receipt.failedByVersion(), json);
        write("p50Millis", receipt.p50Millis(), json);
        write("p99Millis", receipt.p99Millis(), json);
        write("switchSeconds", receipt.switchSeconds(), json);
        write("rollbackSeconds", receipt.rollbackSeconds(), json);
        json.writeNumberField("listenerWrites", release.listenerWrites());
        write("pipelineMinutes", OptionalDouble.of(release.pipelineMinutes()), json);
        write("pipelineFinishedBeforeRollback", release.pipelineFinishedBeforeRollback(), json);
        json.writeNumberField("awsCalls", release.awsCalls());
        json.writeEndObject();
    }

    private static void write(String key, Map<String, Long> counts, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart(key);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    private static void write(String key, Optional<Boolean> value, JsonGenerator json) throws IOException {
        json.writeFieldName(key);
        if (value.isPresent()) {
            json.writeBoolean(value.get());
        } else {
            json.writeNull();
        }
    }

    private static void write(String key, OptionalDouble value, JsonGenerator json) throws IOException {
        json.writeFieldName(key);
        if (value.isPresent()) {
            json.writeNumber(PrettyJson.thousandths(value.getAsDouble()));
        } else {
            json.writeNull();
        }
    }
}
