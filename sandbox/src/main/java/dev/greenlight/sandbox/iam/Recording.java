package dev.greenlight.sandbox.iam;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What functions asked for, each once, with how often: the evidence that their roles hold what is needed and nothing else. One for
 * all sandboxes of a process, because no story alone makes every call.
 *
 * <p>A process that was started with the system property {@code greenlight.recording} writes it there, as JSON, when it ends.
 */
public final class Recording {

    private static final Recording OF_THIS_PROCESS = keptIn(System.getProperty("greenlight.recording"));
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Map<Key, LongAdder> calls = new ConcurrentHashMap<>();

    private record Key(String function, String installation, Ask ask) {}

    /**
     * One thing that a function asked for.
     *
     * @param installation the template that the function came from; empty where there was none
     * @param ask in the template's names
     * @param calls how many calls asked for it
     */
    public record Entry(String function, String installation, Ask ask, long calls) {}

    private Recording() {}

    private static Recording keptIn(String file) {
        Recording recording = new Recording();
        if (file != null) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> recording.write(Path.of(file)), "recording"));
        }
        return recording;
    }

    public static Recording ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    void add(String function, String installation, Ask ask, long more) {
        calls.computeIfAbsent(new Key(function, installation, ask), key -> new LongAdder())
                .add(more);
    }

    /** All entries so far, in an order that does not change. */
    public List<Entry> entries() {
        return calls.entrySet().stream()
                .map(e -> new Entry(
                        e.getKey().function(),
                        e.getKey().installation(),
                        e.getKey().ask(),
                        e.getValue().sum()))
                .sorted(Comparator.comparing(Entry::installation)
                        .thenComparing(Entry::function)
                        .thenComparing(e -> e.ask().toString()))
                .toList();
    }

    /** Writes all entries so far. */
    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            JSON.writeValue(file.toFile(), entries());
        } catch (IOException e) {
            throw new UncheckedIOException("the record of what was asked for is lost", e);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static List<Entry> read(Path file) throws IOException {
        return JSON.readValue(file.toFile(), new TypeReference<>() {});
    }
}
