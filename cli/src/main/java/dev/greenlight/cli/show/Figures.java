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

    /** A time of any length in its two largest units: {@code 45 s}, {@code 4 min 10 s}, {@code 7 h}, {@code 2 days 5 h}. */
    static String span(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return two(whole / 60, " min", whole % 60, " s");
        }
        return whole < 2 * 86_400
                ? two(whole / 3600, " h", whole % 3600 / 60, " min")
                : two(whole / 86_400, " days", whole % 86_400 / 3600, " h");
    }

    private static String two(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + unit : large + unit + " " + small + smallUnit;
    }

    /** A number at an axis: whole where it can be. */
    static String mark(double number) {
        return number == Math.rint(number)
                ? String.valueOf(Math.round(number))
                : String.format(Locale.ROOT, "%.1f", number);
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
