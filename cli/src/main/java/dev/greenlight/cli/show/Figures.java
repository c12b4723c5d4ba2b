package dev.greenlight.cli.show;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Numbers as people read them, each with its unit. */
final class Figures {

    /** Stands for a number that does not apply. */
    static final String NONE = "–";

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The number with its noun: {@code 1 request}, {@code 1,204 requests}. */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
    }

    static String seconds(OptionalDouble seconds) {
        return seconds.isPresent() ? seconds(seconds.getAsDouble()) : NONE;
    }

    static String millis(OptionalDouble millis) {
        return millis.isEmpty()
                ? NONE
                : String.format(Locale.ROOT, millis.getAsDouble() < 10 ? "%.1f ms" : "%.0f ms", millis.getAsDouble());
    }

    static String minutes(double minutes) {
        long whole = Math.round(minutes);
        return whole < 120 ? whole + " min" : "%d h %d min".formatted(whole / 60, whole % 60);
    }

    /** A time of any length in its two largest units: {@code 0.4 s}, {@code 4 min 10 s}, {@code 7 h 5 min}. */
    static String span(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return seconds < 10 ? String.format(Locale.ROOT, "%.1f s", seconds) : whole + " s";
        }
        return whole < 3600
                ? "%d min %d s".formatted(whole / 60, whole % 60)
                : "%d h %d min".formatted(whole / 3600, whole % 3600 / 60);
    }

    static String share(double share) {
        return String.format(Locale.ROOT, share > 0 && share < 0.1 ? "%.1f%%" : "%.0f%%", share * 100);
    }

    static String byVersion(Map<String, Long> counts) {
        return counts.isEmpty()
                ? NONE
                : counts.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + count(entry.getValue()))
                        .collect(Collectors.joining(" · "));
    }

    /** Hours, minutes and seconds of the sandbox clock. */
    static String clock(Instant instant) {
        return CLOCK.format(instant);
    }
}
