package dev.greenlight.cli.show;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Figure;
import dev.greenlight.cli.compare.Measured;
import java.io.IOException;
import java.io.OutputStream;

/** The measured table for programs: one JSON object. */
public final class ComparisonJson {

    private ComparisonJson() {}

    /**
     * Writes one object and a line's end, as UTF-8, and leaves the stream open.
     *
     * <p>Its one key is {@code strategies}. Each has its {@code name} and a number for each {@link Figure}, under its key: seconds and minutes
     * by the sandbox's clock, but for {@code rollbackSeconds}, which are the wall's; {@code badVersionShare} from 0 to 1.
     *
     * @throws IOException if the stream cannot be written to
     */
    public static void write(ComparisonReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = PrettyJson.on(out)) {
            json.writeStartObject();
            json.writeArrayFieldStart("strategies");
            for (Measured measured : report.strategies()) {
                json.writeStartObject();
                json.writeStringField("name", measured.name());
                for (Figure figure : Figure.values()) {
                    json.writeFieldName(figure.key());
                    write(figure, measured, json);
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(Figure figure, Measured measured, JsonGenerator json) throws IOException {
        double value = figure.of(measured);
        if (figure.unit() == Figure.Unit.COUNT) {
            json.writeNumber(Math.round(value));
        } else {
            json.writeNumber(PrettyJson.thousandths(value));
        }
    }
}
