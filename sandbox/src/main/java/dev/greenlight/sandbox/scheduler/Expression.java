package dev.greenlight.sandbox.scheduler;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a schedule is due: once, or at a rate (page "Schedule types in EventBridge Scheduler"). */
sealed interface Expression {

    /** Once, at this moment. */
    record At(Instant when) implements Expression {}

    /** Again and again. */
    record Rate(Duration period) implements Expression {}

    Pattern AT = Pattern.compile("at\\((\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2})\\)");
    Pattern RATE = Pattern.compile("rate\\(([1-9]\\d*) (minute|minutes|hour|hours|day|days)\\)");

    /** Reads an expression; empty when it is none of the two kinds. */
    static Optional<Expression> parse(String text, String timezone) {
        if (text == null) {
            return Optional.empty();
        }
        Matcher at = AT.matcher(text);
        Matcher rate = RATE.matcher(text);
        try {
            if (at.matches()) {
                ZoneId zone = ZoneId.of(timezone == null ? "UTC" : timezone);
                return Optional.of(
                        new At(LocalDateTime.parse(at.group(1)).atZone(zone).toInstant()));
            }
            return rate.matches()
                    ? Optional.of(new Rate(period(Long.parseLong(rate.group(1)), rate.group(2))))
                    : Optional.empty();
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Duration period(long value, String unit) {
        return switch (unit.charAt(0)) {
            case 'm' -> Duration.ofMinutes(value);
            case 'h' -> Duration.ofHours(value);
            default -> Duration.ofDays(value);
        };
    }
}
