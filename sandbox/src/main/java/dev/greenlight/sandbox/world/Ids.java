package dev.greenlight.sandbox.world;

import java.util.SplittableRandom;

/** Makes the identifiers of a world, the same ones for the same seed. */
final class Ids {

    private final SplittableRandom random;

    Ids(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** {@code digits} hexadecimal digits, lower case. */
    String hex(int digits) {
        StringBuilder text = new StringBuilder(digits);
        for (int i = 0; i < digits; i++) {
            text.append(Character.forDigit(random.nextInt(16), 16));
        }
        return text.toString();
    }

    String instanceId() {
        return "i-0" + hex(16);
    }

    String uuid() {
        return hex(8) + "-" + hex(4) + "-4" + hex(3) + "-a" + hex(3) + "-" + hex(12);
    }

    /** A number below {@code bound}. */
    int below(int bound) {
        return random.nextInt(bound);
    }
}
