package dev.greenlight.cli.installed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Where the hooks' logs go: keeps every line as it was written, and reads the journal's lines back. */
public final class JournalReader extends OutputStream {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Journaled> entries = new CopyOnWriteArrayList<>();
    private final List<Consumer<Journaled>> listeners = new CopyOnWriteArrayList<>();

    /** Every line, the complaints included. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** The decisions, oldest first. */
    public List<Journaled> entries() {
        return List.copyOf(entries);
    }

    public void listen(Consumer<Journaled> listener) {
        listeners.add(listener);
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            String text = line.toString(StandardCharsets.UTF_8);
            line.reset();
            take(text);
        } else {
            line.write(b);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        int begin = offset;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                line.write(bytes, begin, i - begin);
                write('\n');
                begin = i + 1;
            }
        }
        line.write(bytes, begin, offset + length - begin);
    }

    private void take(String text) {
        lines.add(text);
        try {
            JsonNode node = JSON.readTree(text);
            if (node.has("decision")) {
                Journaled entry = new Journaled(
                        Instant.ofEpochMilli(node.at("/_aws/Timestamp").asLong()),
                        node.path("rollout").asText(""),
                        node.path("decision").asText(),
                        node.path("reason").asText(),
                        node.path("routing").asText());
                entries.add(entry);
                listeners.forEach(listener -> listener.accept(entry));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the hooks log a line that is not JSON: " + text, e);
        }
    }
}
