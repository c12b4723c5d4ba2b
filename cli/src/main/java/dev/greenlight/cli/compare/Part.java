package dev.greenlight.cli.compare;

import dev.greenlight.cli.compare.Shop.Released;
import dev.greenlight.cli.theatre.WeightsWritten;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.receipt.Receipt;
import dev.greenlight.sandbox.receipt.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One strategy's part of a comparison: good releases until the old fleet of the last one is gone, a bad one that is found under traffic, and a
 * good one that a person takes back.
 */
final class Part {

    /** The share of its requests that the bad release answers with an error; its smoke tests ask for something else. */
    private static final double WRONG = 0.2;

    private static final Duration BUCKET = Duration.ofMillis(250);

    private final Contender contender;
    private final Shop shop;
    private final Spectator spectator;

    Part(Contender contender, Shop shop, Spectator spectator) {
        this.contender = contender;
        this.shop = shop;
        this.spectator = spectator;
    }

    /** What good releases cost. @param answers of each of them */
    private record Good(
            List<Answers> answers, double mixed, double minutes, double extraHours, double calls, Picture picture) {

        long requests() {
            return answers.stream().mapToLong(each -> each.samples().size()).sum();
        }

        long lost() {
            return answers.stream().mapToLong(Answers::failed).sum();
        }

        double downtime() {
            return answers.stream()
                    .mapToDouble(each -> seconds(each.downtime()))
                    .average()
                    .orElse(0);
        }
    }

    /** @param runs how many good releases are measured */
    Measured play(int runs) throws InterruptedException {
        shop.opens();
        Good good = good(runs);
        at("a bad release");
        Released bad = shop.takesBack(Behaviour.good().failing("/checkout", WRONG));
        at("a good release, and a person takes it back");
        Measured measured = new Measured(
                contender.name(),
                runs,
                good.requests(),
                good.lost(),
                good.downtime(),
                good.mixed(),
                seconds(shop.takenBackByHand(shop.promotesAtOnce())),
                exposure(bad),
                good.minutes(),
                good.extraHours(),
                good.calls(),
                good.picture(),
                picture(bad));
        spectator.over(measured);
        return measured;
    }

    private Good good(int runs) throws InterruptedException {
        List<Answers> answers = new ArrayList<>();
        double mixed = 0;
        double minutes = 0;
        double calls = 0;
        double before = 0;
        Picture picture = null;
        try (Meter meter = new Meter(shop.sandbox(), Shop.INSTANCES)) {
            for (int run = 1; run <= runs; run++) {
                at(runs == 1 ? "a good release" : "good release %d of %d".formatted(run, runs));
                before = meter.hours();
                Released release = shop.promotes();
                Answers answered = new Answers(shop.samples(release));
                answers.add(answered);
                mixed += seconds(answered.mixed(release.before(), release.version()));
                minutes += seconds(release.took()) / 60;
                calls += release.calls();
                picture = picture(release);
            }
            at("hours pass until the old version's instances are gone");
            shop.untilRetired();
            return new Good(answers, mixed / runs, minutes / runs, meter.hours() - before, calls / runs, picture);
        }
    }

    private void at(String what) {
        spectator.at(contender.name(), what);
    }

    private Exposure exposure(Released bad) {
        return Exposure.of(
                shop.samples(bad),
                bad.version(),
                shop.weights(bad),
                shop.servedByA(bad) ? WeightsWritten::b : WeightsWritten::a);
    }

    private Picture picture(Released release) {
        Duration whole = Duration.between(release.from(), release.to());
        Instant to = release.from().plus(BUCKET.multipliedBy(whole.dividedBy(BUCKET)));
        Receipt receipt = Receipt.of(shop.samples(release), new Window(release.from(), to), List.of(), BUCKET);
        return new Picture(
                release.version(),
                release.before(),
                release.from(),
                receipt.requests(),
                receipt.failed(),
                Shop.FACTOR / 60,
                release.end().reason(),
                receipt.buckets());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
