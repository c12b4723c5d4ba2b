package dev.greenlight.cli.show;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;

/** JSON as results are printed: indented, and the stream stays open behind it. */
final class PrettyJson {

    private static final DefaultIndenter LINES = new DefaultIndenter("  ", "\n");

    private PrettyJson() {}

    static JsonGenerator on(OutputStream out) throws IOException {
        return new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setPrettyPrinter(
                        new DefaultPrettyPrinter().withObjectIndenter(LINES).withArrayIndenter(LINES));
    }

    /** To the thousandth: what is behind it was not measured. */
    static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
