package dev.greenlight.adapter.lambda;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What may happen to an event on its way: cut off, bits flipped, something put in, a part twice. */
final class Damage {

    private static final List<String> SNIPPETS =
            List.of("{", "}", "[", "]", "\"", ":", ",", "null", "-1e999999999", "\\u0000", "\"id\":", "é", "\\");

    private Damage() {}

    /** The same with up to four damages. */
    static byte[] some(byte[] event, Random random) {
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
