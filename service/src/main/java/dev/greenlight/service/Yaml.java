package dev.greenlight.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** From a file's bytes to its nodes. Whatever is in it: either there is a tree of bounded size and depth, or a fault with its line. */
final class Yaml {

    /** The file with every key is under 3 KiB. */
    private static final int LARGEST = 256 * 1024;

    /** The reader looks four levels deep; what builds the tree calls itself for each. */
    private static final int DEEPEST = 20;

    private Yaml() {}

    /** The file's text. @param name what faults begin with */
    static String text(String name, Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw fault(name, "1:1", "larger than %d KiB".formatted(LARGEST / 1024));
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            throw fault(name, endOf(text), "no text in UTF-8");
        }
        return text.toString();
    }

    static Node root(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).build();
        try {
            refuseDepth(file, new Parse(settings).parseString(text));
            return new Compose(settings).composeString(text).orElseThrow(() -> fault(file, "1:1", "the file is empty"));
        } catch (MarkedYamlEngineException e) {
            throw fault(
                    file,
                    e.getProblemMark().map(Yaml::place).orElse("1:1"),
                    "no valid YAML: " + Excerpt.sentence(e.getProblem()));
        } catch (ReaderException e) {
            int at = Math.min(e.getPosition(), text.codePointCount(0, text.length()));
            throw fault(
                    file,
                    endOf(text.substring(0, text.offsetByCodePoints(0, at))),
                    "no valid YAML: the character U+%04X may not be in it".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw fault(file, "1:1", "no valid YAML: " + Excerpt.sentence(e.getMessage()));
        }
    }

    private static void refuseDepth(String file, Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw fault(
                        file,
                        event.getStartMark().map(Yaml::place).orElse("1:1"),
                        "nested deeper than %d levels".formatted(DEEPEST));
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }

    private static String place(Mark mark) {
        return "%d:%d".formatted(mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Where the next character of a text would stand. */
    private static String endOf(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            column = text.charAt(i) == '\n' ? 1 : column + 1;
            line += text.charAt(i) == '\n' ? 1 : 0;
        }
        return "%d:%d".formatted(line, column);
    }

    private static ConfigFault fault(String file, String place, String what) {
        return new ConfigFault(file, List.of("%s:%s: %s".formatted(file, place, what)));
    }
}
