package dev.greenlight.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files: each is read, or refused with lines that a person can read. The seed is the test's name. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class MangledFileTest {

    private static final int FILES = 700;

    /** Something that nobody wants to see whole in a build's log. */
    private static final String SECRET = "wJalrXUtnFEMI" + "K7MDENGbPxRfiCYEXAMPLEKEY".repeat(8);

    private static final List<String> SNIPPETS = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            ": ",
            "\n",
            "\t",
            "- ",
            "? ",
            "---\n",
            "...\n",
            "&a ",
            "*a",
            "&a [*a]",
            "&a {a: *a}",
            "<<: *a",
            "!!binary ",
            "!<!> ",
            "%YAML 9.9\n",
            "null",
            "~",
            "\u0000",
            "\uFEFF",
            "\u2028",
            "\u0085",
            "\u202e",
            "😀",
            "\"\\e[31mred\\e[0m\"",
            "\"\\0\\a\\x07\"",
            "\"\\uD800\"",
            "9".repeat(400),
            "-1e999999999",
            ".inf",
            ".nan",
            "0x1p3",
            "PT999999999999999999H",
            "P1Y",
            "٣",
            "1_000",
            SECRET,
            "\"" + SECRET + "\"",
            "x@" + ".".repeat(3_000),
            "[".repeat(300),
            "{a: ".repeat(200),
            "a.".repeat(1_500) + "a",
            "\n" + SECRET + ": 1\n");

    private static final Pattern PLACE = Pattern.compile("greenlight\\.yaml:(\\d+):\\d+: .");

    private static List<byte[]> seeds;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read_the_seeds() throws IOException {
        seeds = new ArrayList<>();
        for (Path seed : List.of(
                Project.example("smallest"),
                Project.example("festival"),
                Project.example("everything"),
                Project.testResource("broken.yaml"))) {
            seeds.add(Files.readAllBytes(seed));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261122})
    void whatever_was_damaged_is_read_or_refused_with_its_lines(long seed) throws IOException {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            refused += refused(damaged(seeds.get(random.nextInt(seeds.size())), random)) ? 1 : 0;
        }
        assertThat(refused).as("the damage is felt, and not by every file").isBetween(FILES / 4, FILES - 10);
    }

    static Stream<String> monsters() {
        String smallest = """
                service: hello
                region: eu-central-1
                network: {hosts: [hello.example.com]}
                source: {github: {repository: example/hello}}
                """;
        return Stream.of(
                "[".repeat(100_000),
                "{a: ".repeat(50_000),
                "- ".repeat(100_000) + "a",
                "? ".repeat(100_000) + "a",
                deep(2_000),
                "a: &a [*a, *a]\nb: *a\n",
                "a: &a [1,1]\n" + laughs(),
                "? &k {*k : 1}\n: 2\n",
                smallest + "notifications: {emails: [\"x@" + ".".repeat(200_000) + " \"]}\n",
                smallest.replace("hello.example.com", "a.".repeat(100_000) + "a"),
                smallest + "fleet: {packages: [" + "jq, ".repeat(60_000) + "]}\n",
                smallest + "x: 1\n".repeat(20_000),
                smallest + lines(),
                smallest + "blueLifetime: " + "9".repeat(200_000) + "\n",
                smallest + "strategy: {bake: PT" + "9".repeat(200_000) + "H}\n",
                smallest + SECRET + ": " + SECRET + "\n",
                smallest + "*" + "a".repeat(100_000),
                "x".repeat(1 << 20),
                smallest + "# " + "é".repeat(1 << 20),
                "\u0000".repeat(1 << 20),
                "\n".repeat(1 << 20),
                "\"" + "\\u0041".repeat(150_000),
                "!!" + "t".repeat(200_000) + " a");
    }

    private static String deep(int levels) {
        StringBuilder text = new StringBuilder();
        for (int level = 0; level < levels; level++) {
            text.repeat(" ", level).append("a:\n");
        }
        return text.toString();
    }

    private static String laughs() {
        StringBuilder text = new StringBuilder("checks:\n  smoke: &b0 [{path: /}]\n");
        for (int i = 1; i < 40; i++) {
            text.append("l%d: &b%d [*b%d, *b%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return text.toString();
    }

    private static String lines() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("key").append(i).append(": 1\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("monsters")
    void a_monster_is_refused_with_its_lines(String text) throws IOException {
        assertThat(refused(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Test
    void bytes_that_are_no_text_are_refused_at_their_line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("service: hello\nregion: eu-".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xC3);
        bytes.writeBytes("(\n".getBytes(StandardCharsets.UTF_8));
        assertThat(faults(bytes.toByteArray())).containsExactly("greenlight.yaml:2:12: no text in UTF-8");
    }

    @Test
    void a_character_that_yaml_does_not_know_is_refused_at_its_line() throws IOException {
        assertThat(faults("service: hello\nregion: \u0007\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("greenlight.yaml:2:9: no valid YAML: the character U+0007 may not be in it");
    }

    @Test
    void what_a_terminal_would_obey_is_not_sent_to_it() throws IOException {
        assertThat(faults("service: \"\\e[2J\\r\\nhello\"\n".getBytes(StandardCharsets.UTF_8)))
                .contains("greenlight.yaml:1:10: service: not up to 27 small letters, digits and single hyphens:"
                        + " '�[2J��hello'");
    }

    private boolean refused(byte[] file) throws IOException {
        List<String> faults = faults(file);
        int lines = lines(file) + 1;
        assertThat(faults).hasSizeLessThanOrEqualTo(101).allMatch(fault -> readable(fault, lines));
        return !faults.isEmpty();
    }

    private static boolean readable(String fault, int lines) {
        Matcher place = PLACE.matcher(fault);
        return place.lookingAt()
                && Integer.parseInt(place.group(1)) >= 1
                && Integer.parseInt(place.group(1)) <= lines
                && fault.length() < 500
                && fault.chars().noneMatch(MangledFileTest::obeyed)
                && !fault.contains(SECRET);
    }

    private static boolean obeyed(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
    }

    /** YAML ends lines at more characters than one. */
    private static int lines(byte[] file) {
        return (int) new String(file, StandardCharsets.UTF_8)
                .chars()
                .filter(c -> "\n\r\u0085\u2028\u2029".indexOf(c) >= 0)
                .count();
    }

    private List<String> faults(byte[] file) throws IOException {
        try {
            Config config = ConfigReader.read(Files.write(folder.resolve("greenlight.yaml"), file));
            assertThat(Settings.of(config)).isNotEmpty();
            return List.of();
        } catch (ConfigFault fault) {
            return fault.faults();
        }
    }

    private static byte[] damaged(byte[] file, Random random) {
        byte[] damaged = file;
        for (int times = random.nextInt(4); times >= 0; times--) {
            damaged = switch (random.nextInt(9)) {
                case 0 -> cut(damaged, random);
                case 1 -> flipped(damaged, random);
                case 2 -> doubled(damaged, random);
                case 3 -> lines(damaged, random, (lines, at) -> lines.remove(at));
                case 4 -> lines(damaged, random, (lines, at) -> lines.add(at, lines.get(random.nextInt(lines.size()))));
                case 5 -> lines(damaged, random, (lines, at) -> lines.set(at, "  " + lines.get(at)));
                case 6 ->
                    lines(damaged, random, (lines, at) -> Collections.swap(lines, at, random.nextInt(lines.size())));
                case 7 ->
                    lines(
                            damaged,
                            random,
                            (lines, at) -> lines.set(at, lines.get(at).replaceFirst(":.*", ": ") + snippet(random)));
                default -> inserted(damaged, snippet(random), random);
            };
        }
        return damaged;
    }

    private interface Edit {
        void of(List<String> lines, int at);
    }

    private static byte[] lines(byte[] file, Random random, Edit edit) {
        List<String> lines = new ArrayList<>(List.of(new String(file, StandardCharsets.UTF_8).split("\n")));
        edit.of(lines, random.nextInt(lines.size()));
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private static String snippet(Random random) {
        return SNIPPETS.get(random.nextInt(SNIPPETS.size()));
    }

    private static byte[] cut(byte[] file, Random random) {
        return Arrays.copyOfRange(file, 0, random.nextInt(file.length + 1));
    }

    private static byte[] flipped(byte[] file, Random random) {
        byte[] flipped = file.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] doubled(byte[] file, Random random) {
        int from = random.nextInt(file.length + 1);
        int to = Math.min(file.length, from + random.nextInt(200));
        return joined(Arrays.copyOfRange(file, 0, to), Arrays.copyOfRange(file, from, file.length));
    }

    private static byte[] inserted(byte[] file, String snippet, Random random) {
        int at = random.nextInt(file.length + 1);
        return joined(
                Arrays.copyOfRange(file, 0, at),
                snippet.getBytes(StandardCharsets.UTF_8),
                Arrays.copyOfRange(file, at, file.length));
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
