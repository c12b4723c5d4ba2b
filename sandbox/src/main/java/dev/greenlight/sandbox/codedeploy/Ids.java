package dev.greenlight.sandbox.codedeploy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Identifiers that look like CodeDeploy's and are the same in every run. */
final class Ids {

    private Ids() {}

    /** {@code d-} and nine letters and digits. */
    static String deployment(int number) {
        UUID uuid = uuid("deployment " + number);
        String text = new BigInteger(Long.toUnsignedString(uuid.getMostSignificantBits()))
                .toString(36)
                .toUpperCase(Locale.ROOT);
        return "d-" + text.substring(0, 9);
    }

    static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
