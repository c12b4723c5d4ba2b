package dev.greenlight.infra;

import dev.greenlight.service.Config;
import dev.greenlight.service.Source;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;

/** What whoever deploys an installation should know of it: above all what a warm blue costs. */
final class Remarks {

    private static final BigDecimal MINUTES_PER_HOUR = BigDecimal.valueOf(60);
    private static final BigDecimal HOURS_PER_DAY = BigDecimal.valueOf(24);

    private Remarks() {}

    /** One line each, beginning with the service's name. */
    static List<String> on(Config config) {
        List<String> remarks = new ArrayList<>();
        remarks.add(
                config.strategy().traffic().keepsBlueWarm()
                        ? "blue stays warm for %s after each release: up to %d × %s, %s"
                                .formatted(
                                        words(config.blueLifetime()),
                                        config.fleet().maximum(),
                                        config.fleet().instanceType(),
                                        cost(config))
                        : "no second fleet is warm, or costs anything: the way back takes minutes");
        if (config.checks().smoke().isEmpty()) {
            remarks.add("no smoke test asks green anything before users do");
        }
        if (config.network().certificate().isEmpty()
                && config.network().listener().isEmpty()) {
            remarks.add("no certificate: requests travel unencrypted");
        }
        if (config.source().from() instanceof Source.S3 s3) {
            remarks.add("bucket %s must be versioned and send its events to EventBridge, or no release ever starts"
                    .formatted(s3.bucket()));
        }
        return remarks.stream().map(r -> config.service() + ": " + r).toList();
    }

    private static String cost(Config config) {
        BigDecimal instances = BigDecimal.valueOf(config.fleet().maximum());
        BigDecimal hours =
                BigDecimal.valueOf(config.blueLifetime().toMinutes()).divide(MINUTES_PER_HOUR, 4, RoundingMode.HALF_UP);
        return config.fleet()
                .price()
                .map(price -> "%s per day, %s per release"
                        .formatted(
                                money(price, instances.multiply(HOURS_PER_DAY)),
                                money(price, instances.multiply(hours))))
                .orElseGet(() -> "%s instance-hours per day, %s per release; with fleet.pricePerHour this is money"
                        .formatted(
                                instances.multiply(HOURS_PER_DAY),
                                instances.multiply(hours).setScale(0, RoundingMode.CEILING)));
    }

    private static String money(Config.Price price, BigDecimal instanceHours) {
        Currency currency = price.currency();
        BigDecimal amount = price.perHour()
                .multiply(instanceHours)
                .setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
        return amount.toPlainString() + " " + currency.getCurrencyCode();
    }

    private static String words(Duration duration) {
        if (duration.toDays() > 1 && duration.equals(Duration.ofDays(duration.toDays()))) {
            return duration.toDays() + " days";
        }
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + " h" : duration.toMinutes() + " min";
    }
}
