package dev.greenlight.adapter.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged events: whatever comes, an answer comes back, and no credential with it. The seed is the test's name. */
class EventsFuzzTest {

    private static final int EVENTS = 2_000;
    private static final Instant NOW = Instant.parse("2026-01-05T09:30:00Z");
    private static final List<String> SNIPPETS =
            List.of("{", "}", "[", "]", "\"", ":", ",", "null", "-1e999999999", "\\u0000", "\"id\":", "é", "\\");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20260105})
    void whatever_comes_is_answered(long seed) {
        Random random = new Random(seed);
        List<String> names = EventFiles.names().stream().sorted().toList();
        for (int i = 0; i < EVENTS; i++) {
            byte[] event = damaged(EventFiles.bytes(names.get(random.nextInt(names.size()))), random);
            Parsed parsed = Events.read(event, NOW);
            assertThat(parsed).isNotNull();
            if (parsed instanceof Parsed.Faulty faulty) {
                assertThat(faulty.faults()).isNotEmpty();
                assertThat(faulty.toString()).doesNotContain(EventFiles.CREDENTIALS);
            }
        }
    }

    private static byte[] damaged(byte[] event, Random random) {
        byte[] damaged = event.clone();
        for (int times = random.nextInt(4); times >= 0; times--) {
            damaged = switch (random.nextInt(4)) {
                case 0 -> cut(damaged, random);
                case 1 -> flipped(damaged, random);
                case 2 -> inserted(damaged, SNIPPETS.get(random.nextInt(SNIPPETS.size())), random);
                default -> doubled(damaged, random);
            };
        }
        return damaged;
    }

    private static byte[] cut(byte[] event, Random random) {
        return slice(event, 0, at(event, random));
    }

    private static byte[] flipped(byte[] event, Random random) {
        byte[] flipped = event.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] inserted(byte[] event, String snippet, Random random) {
        int at = at(event, random);
        return joined(slice(event, 0, at), snippet.getBytes(StandardCharsets.UTF_8), slice(event, at, event.length));
    }

    private static byte[] doubled(byte[] event, Random random) {
        int from = at(event, random);
        int to = Math.min(event.length, from + random.nextInt(200));
        return joined(slice(event, 0, to), slice(event, from, event.length));
    }

    private static int at(byte[] event, Random random) {
        return random.nextInt(event.length + 1);
    }

    private static byte[] slice(byte[] event, int from, int to) {
        return Arrays.copyOfRange(event, from, to);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
