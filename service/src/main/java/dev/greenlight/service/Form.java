package dev.greenlight.service;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a value must look like.
 *
 * @param described completes "not …"
 * @param read the value, or empty where the text is none
 */
record Form<T>(String described, Function<String, Optional<T>> read) {

    private static final Pattern SHORT_DURATION = Pattern.compile("(\\d{1,6})([smhd])");

    static final Form<String> TEXT = new Form<>("a text", Optional::of);
    static final Form<Boolean> FLAG = new Form<>(
            "true or false",
            text -> List.of("true", "false").contains(text) ? Optional.of(Boolean.valueOf(text)) : Optional.empty());

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?");

    /** An amount of money. Zero is none: it would be printed as a promise. */
    static final Form<BigDecimal> PRICE = new Form<>(
            "a price such as 0.0725",
            text -> AMOUNT.matcher(text).matches()
                    ? Optional.of(new BigDecimal(text)).filter(amount -> amount.signum() > 0)
                    : Optional.empty());

    static final Form<Currency> CURRENCY = new Form<>("a currency's code such as USD", Form::currency);

    private static Optional<Currency> currency(String code) {
        try {
            return Optional.of(Currency.getInstance(code));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Form<String> matching(String regex, String described) {
        Pattern pattern = Pattern.compile(regex);
        return new Form<>(described, text -> pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty());
    }

    static Form<String> word(String... words) {
        return new Form<>(
                "one of: " + String.join(", ", words),
                text -> Arrays.asList(words).contains(text) ? Optional.of(text) : Optional.empty());
    }

    static Form<Integer> number(int least, int most) {
        return new Form<>("a number from %d to %d".formatted(least, most), text -> {
            try {
                return Optional.of(Integer.parseInt(text)).filter(n -> n >= least && n <= most);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    static Form<Double> decimal(double least, double most) {
        return new Form<>("a number from %s to %s".formatted(least, most), text -> {
            try {
                return Optional.of(Double.parseDouble(text)).filter(n -> n >= least && n <= most);
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }

    static Form<Duration> duration(Duration least, Duration most) {
        return new Form<>(
                "a time such as 8h or PT8H, from %s to %s".formatted(words(least), words(most)),
                text -> parse(text).filter(d -> d.compareTo(least) >= 0 && d.compareTo(most) <= 0));
    }

    private static Optional<Duration> parse(String text) {
        Matcher matcher = SHORT_DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Optional.of(Duration.parse(text));
            }
            long amount = Long.parseLong(matcher.group(1));
            return Optional.of(
                    switch (matcher.group(2)) {
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static String words(Duration duration) {
        return duration.toSeconds() % 86_400 == 0 && !duration.isZero()
                ? duration.toDays() + "d"
                : duration.toSeconds() % 3_600 == 0 && !duration.isZero()
                        ? duration.toHours() + "h"
                        : duration.toSeconds() % 60 == 0 && !duration.isZero()
                                ? duration.toMinutes() + "m"
                                : duration.toSeconds() + "s";
    }
}
