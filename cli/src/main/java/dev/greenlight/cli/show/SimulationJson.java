package dev.greenlight.cli.show;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.greenlight.cli.simulate.Findings;
import dev.greenlight.cli.simulate.Violation;
import dev.greenlight.cli.simulate.Worst;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** What a simulation found, for programs: one JSON object. */
public final class SimulationJson {

    private SimulationJson() {}

    /**
     * Writes one object and a line's end, as UTF-8, and leaves the stream open.
     *
     * <p>Its keys are {@code rollouts}, {@code awsCalls}, {@code faults}, {@code rulesChecked}, {@code violations} (each with {@code seed},
     * {@code rule}, {@code history} in lines and {@code replay}, a command), {@code worst}, {@code seconds} (wall) and {@code
     * rolloutsPerSecond}; all of them always. {@code worst} has a key for each kind that was seen, with a {@code value} in the unit that
     * the kind's name says, or a share of 1, and {@code replay}.
     *
     * @throws IOException if the stream cannot be written to
     */
    public static void write(SimulationReport report, OutputStream out) throws IOException {
        Findings findings = report.findings();
        double seconds = findings.took().toNanos() / 1e9;
        try (JsonGenerator json = PrettyJson.on(out)) {
            json.writeStartObject();
            json.writeNumberField("rollouts", findings.rollouts());
            json.writeNumberField("awsCalls", findings.awsCalls());
            json.writeNumberField("faults", findings.faults());
            json.writeNumberField("rulesChecked", findings.rulesChecked());
            json.writeArrayFieldStart("violations");
            for (Violation violation : findings.violations()) {
                write(violation, report, json);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("worst");
            for (Map.Entry<Worst.Kind, Worst.Seen> seen :
                    findings.worst().kinds().entrySet()) {
                json.writeObjectFieldStart(key(seen.getKey()));
                json.writeNumberField(
                        "value", PrettyJson.thousandths(seen.getValue().value()));
                json.writeStringField("replay", report.again(seen.getValue().replay()));
                json.writeEndObject();
            }
            json.writeEndObject();
            json.writeNumberField("seconds", PrettyJson.thousandths(seconds));
            json.writeNumberField(
                    "rolloutsPerSecond", seconds == 0 ? 0 : PrettyJson.thousandths(findings.rollouts() / seconds));
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void write(Violation violation, SimulationReport report, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("seed", violation.seed());
        json.writeNumberField("rule", violation.rule());
        json.writeArrayFieldStart("history");
        for (String line : violation.history()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeStringField("replay", report.again(violation.replay()));
        json.writeEndObject();
    }

    /** HEALTHY_UNDER_TRAFFIC is healthyUnderTraffic. */
    private static String key(Worst.Kind kind) {
        StringBuilder key = new StringBuilder();
        for (String word : kind.name().toLowerCase(java.util.Locale.ROOT).split("_")) {
            key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }
}
