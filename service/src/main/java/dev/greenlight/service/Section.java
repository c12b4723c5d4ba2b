package dev.greenlight.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of the file while it is read. A section that is not there can be asked like any other: it has no values, and
 * nothing is missing in it.
 */
final class Section {

    /** Forms are regular expressions, and some take the square of a text's length. All of a function's variables have 4 KB. */
    private static final int LONGEST = 2_000;

    private final Faults faults;
    private final String path;
    private final Mark mark;
    private final boolean present;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Mark> keys = new HashMap<>();
    private final Set<String> asked = new TreeSet<>();
    private final List<Section> children = new ArrayList<>();

    Section(Faults faults, Node root) {
        this(faults, "", mark(root), Optional.of(root));
    }

    private Section(Faults faults, String path, Mark mark, Optional<Node> node) {
        this.faults = faults;
        this.path = path;
        this.mark = mark;
        this.present = node.isPresent();
        node.ifPresent(this::read);
    }

    private void read(Node node) {
        if (!(node instanceof MappingNode mapping)) {
            faults.add(mark(node), (path.isEmpty() ? "the file" : path) + ": not a mapping with keys");
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                faults.add(mark(tuple.getKeyNode()), path + ": a key must be a plain text");
            } else if (values.containsKey(key.getValue())) {
                faults.add(mark(key), at(key.getValue()) + ": given twice");
            } else {
                keys.put(key.getValue(), mark(key));
                values.put(key.getValue(), tuple.getValueNode());
            }
        }
    }

    /** Names every key that nobody asked for, here and below. */
    void onlyKnown() {
        keys.forEach((key, where) -> {
            if (!asked.contains(key)) {
                faults.add(where, "%s: unknown; known here: %s".formatted(at(key), String.join(", ", asked)));
            }
        });
        children.forEach(Section::onlyKnown);
    }

    boolean present() {
        return present;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** A fault of the value at that key, or of the section where it is not there. */
    void fault(String key, String text) {
        Mark where = Optional.ofNullable(values.get(key)).map(Section::mark).orElse(mark);
        faults.add(where, at(key) + ": " + text);
    }

    Section section(String key) {
        ask(key);
        Section child =
                new Section(faults, at(key), keys.getOrDefault(key, mark), Optional.ofNullable(values.get(key)));
        children.add(child);
        return child;
    }

    List<Section> sections(String key) {
        List<Section> list = new ArrayList<>();
        for (Node item : items(key)) {
            list.add(new Section(faults, at(key) + "[]", mark(item), Optional.of(item)));
        }
        children.addAll(list);
        return list;
    }

    private List<Node> items(String key) {
        ask(key);
        return itemsOf(key);
    }

    private List<Node> itemsOf(String key) {
        Node node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        faults.add(mark(node), at(key) + ": not a list");
        return List.of();
    }

    <T> List<T> list(String key, Form<T> form, int most) {
        List<Node> items = items(key);
        if (items.size() > most) {
            fault(key, "more than %d".formatted(most));
        }
        return items.stream().flatMap(item -> value(key, item, form).stream()).toList();
    }

    /** A mapping whose keys the file chooses; each key is a value of its own to find fault with. */
    Map<String, String> texts(String key, Form<String> keys, Form<String> values, int most) {
        ask(key);
        Node node = this.values.get(key);
        Map<String, String> texts = new LinkedHashMap<>();
        if (node == null) {
            return texts;
        }
        Section entries = new Section(faults, at(key), mark(node), Optional.of(node));
        if (entries.values.size() > most) {
            fault(key, "more than %d".formatted(most));
        }
        entries.values.forEach((name, value) -> {
            entries.checkKey(name, keys, at(key));
            entries.value(name, value, values).ifPresent(text -> texts.put(name, text));
        });
        return texts;
    }

    /** A mapping whose keys the file chooses, each with a list; an empty list is a fault. */
    Map<String, List<String>> lists(String key, Form<String> keys, Form<String> values, int most) {
        ask(key);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        Node node = this.values.get(key);
        if (node == null) {
            return lists;
        }
        Section entries = new Section(faults, at(key), mark(node), Optional.of(node));
        entries.values.keySet().forEach(name -> {
            entries.checkKey(name, keys, at(key));
            List<Node> items = entries.itemsOf(name);
            List<String> list = items.stream()
                    .flatMap(item -> entries.value(name, item, values).stream())
                    .toList();
            if (items.isEmpty()) {
                entries.fault(name, "a list with at least one value is needed");
            }
            if (list.size() > most) {
                entries.fault(name, "more than %d".formatted(most));
            }
            lists.put(name, list);
        });
        return lists;
    }

    private void checkKey(String name, Form<String> form, String at) {
        if (name.length() > LONGEST || form.read().apply(name).isEmpty()) {
            faults.add(keys.get(name), "%s: not %s: '%s'".formatted(at, form.described(), Excerpt.of(name)));
        }
    }

    <T> Optional<T> optional(String key, Form<T> form) {
        ask(key);
        return Optional.ofNullable(values.get(key)).flatMap(node -> value(key, node, form));
    }

    <T> T value(String key, Form<T> form, T otherwise) {
        return optional(key, form).orElse(otherwise);
    }

    /** The value; where it is missing, a fault and a stand-in that is never used. */
    <T> T required(String key, Form<T> form, T standIn) {
        if (present && !has(key)) {
            fault(key, "missing");
        }
        return value(key, form, standIn);
    }

    private <T> Optional<T> value(String key, Node node, Form<T> form) {
        if (node instanceof ScalarNode scalar && scalar.getValue().length() > LONGEST) {
            faults.add(mark(node), "%s: longer than %,d characters".formatted(at(key), LONGEST));
            return Optional.empty();
        }
        Optional<T> read = node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)
                ? form.read().apply(scalar.getValue().strip())
                : Optional.empty();
        if (read.isEmpty()) {
            faults.add(mark(node), "%s: not %s%s".formatted(at(key), form.described(), shown(node)));
        }
        return read;
    }

    private static String shown(Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return "";
        }
        String text = scalar.getValue();
        return text.isEmpty() ? ": it is empty" : ": '%s'".formatted(Excerpt.of(text));
    }

    private void ask(String key) {
        asked.add(key);
        faults.asked(at(key));
    }

    private String at(String key) {
        return path.isEmpty() ? Excerpt.of(key) : path + "." + Excerpt.of(key);
    }

    private static Mark mark(Node node) {
        return node.getStartMark().orElseThrow(() -> new IllegalStateException("the parser was told to keep marks"));
    }
}
