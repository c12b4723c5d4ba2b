package dev.greenlight.cli.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.cli.theatre.Theatre;
import dev.greenlight.cli.theatre.Told;
import dev.greenlight.cli.theatre.Watch;
import dev.greenlight.cli.theatre.WeightsWritten;
import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.load.LoadPlan;
import dev.greenlight.sandbox.load.Sample;
import dev.greenlight.sandbox.receipt.Receipt;
import dev.greenlight.sandbox.receipt.Window;
import dev.greenlight.sandbox.world.Capacity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;

/**
 * One strategy's part of a comparison, on a sandbox of its own: good releases until the old fleet of the last one is gone, a bad one that is
 * found under traffic, and a good one that a person takes back.
 */
final class Trial implements AutoCloseable {

    /** Requests in a second of the wall. */
    static final int PER_SECOND = 200;

    /** A minute passes in a second. */
    static final double FACTOR = 60;

    private static final int INSTANCES = 4;

    /** The share of its requests that the bad release answers with an error, once they come in numbers. */
    private static final double WRONG = 0.2;

    /** Wall time in which what serves gets a past to be compared with. */
    private static final Duration OVERTURE = Duration.ofSeconds(3);

    /** Wall time after a release's end that still belongs to it, so that the last answers are counted. */
    private static final Duration ENCORE = Duration.ofMillis(1000);

    private static final Duration FRAME = Duration.ofMillis(50);
    private static final Duration BUCKET = Duration.ofMillis(250);

    /** A release that takes longer by the wall is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** For so long a way back is waited for on the wall's own clock; most are over by then. */
    private static final Duration BY_THE_WALL = Duration.ofSeconds(4);

    /** So many answers without one of a version, and it is gone. */
    private static final int GONE_AFTER = 40;

    private static final String PROMOTE = "promote";
    private static final String ROLL_BACK = "roll back";

    private static final LoadPlan VISITORS = new LoadPlan(
            1,
            List.of("/checkout"),
            Map.of(),
            PER_SECOND,
            128,
            10_000_000,
            Duration.ofHours(3),
            Duration.ofSeconds(10));

    private final Contender contender;
    private final Spectator spectator;
    private final Stop stop;
    private final DynamoDb dynamoDb;
    private final Theatre theatre;
    private final Watch watch;
    private final Instant opened;
    private String serving = Theatre.FIRST;
    private int released = 1;
    private Instant resumed;

    Trial(Contender contender, Spectator spectator, Stop stop) throws IOException {
        this.contender = contender;
        this.spectator = spectator;
        this.stop = stop;
        this.dynamoDb = DynamoDb.inMemory();
        Blueprint blueprint = Fitted.to(contender.config());
        this.theatre = Theatre.open(new Theatre.Props(
                "compare-" + contender.name(),
                blueprint,
                new FleetPlan(new Capacity(2, INSTANCES, blueprint.largestFleet()), Optional.of(Theatre.FIRST)),
                port -> List.of(VISITORS.to(port)),
                FACTOR,
                dynamoDb));
        this.watch = new Watch(theatre, told -> {});
        this.opened = theatre.wall().instant();
        this.resumed = opened;
    }

    /** One release, as it was played. */
    private record Played(String version, String before, String execution, Instant from, Instant to) {}

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
        opens();
        Good good = good(runs);
        spectator.at(contender.name(), "a bad release");
        Played bad = takenBack(release(Behaviour.good().failing("/checkout", WRONG)));
        Exposure exposure = exposure(bad);
        Picture picture = picture(bad, ROLL_BACK);
        spectator.at(contender.name(), "a good release, and a person takes it back");
        Measured measured = new Measured(
                contender.name(),
                runs,
                good.requests(),
                good.lost(),
                good.downtime(),
                good.mixed(),
                takenBackByHand(),
                exposure,
                good.minutes(),
                good.extraHours(),
                good.calls(),
                good.picture(),
                picture);
        spectator.over(measured);
        return measured;
    }

    /** What serves gets a past. */
    void opens() throws InterruptedException {
        stop.sleep(OVERTURE);
    }

    private Good good(int runs) throws InterruptedException {
        List<Answers> answers = new ArrayList<>();
        double mixed = 0;
        double minutes = 0;
        double calls = 0;
        double before = 0;
        try (Meter meter = new Meter(theatre.sandbox(), INSTANCES)) {
            Played played = null;
            for (int run = 1; run <= runs; run++) {
                spectator.at(
                        contender.name(), runs == 1 ? "a good release" : "good release %d of %d".formatted(run, runs));
                before = meter.hours();
                played = promoted(release(Behaviour.good()));
                calls += watch.callsSince(played.from());
                minutes += view(played).took().orElseThrow().toMillis() / 60_000.0;
                stop.sleep(ENCORE);
                answers.add(new Answers(samples(played)));
                mixed += seconds(answers.getLast().mixed(played.before(), played.version()));
            }
            Picture picture = picture(played, PROMOTE);
            spectator.at(contender.name(), "hours pass until the old version's instances are gone");
            untilRetired();
            return new Good(answers, mixed / runs, minutes / runs, meter.hours() - before, calls / runs, picture);
        }
    }

    private Played release(Behaviour behaviour) throws InterruptedException {
        released++;
        String version = "v" + released;
        Instant from = theatre.wall().instant();
        String execution = theatre.service().merge(version, SampleBundle.zip(version, behaviour));
        Instant patience = from.plus(PATIENCE);
        while (theatre.service().execution(execution).ended().isEmpty()) {
            if (theatre.wall().instant().isAfter(patience)) {
                throw new IllegalStateException(
                        "%s: release %s is stuck: %s".formatted(contender.name(), version, told(execution)));
            }
            letGoOn();
            stop.sleep(FRAME);
        }
        return new Played(
                version, serving, execution, from, theatre.wall().instant().plus(ENCORE));
    }

    /** Where a rollout waits for a person, one comes. */
    private void letGoOn() {
        boolean waits =
                watch.toldSince(resumed).stream().anyMatch(told -> told.reason().startsWith("paused at"));
        if (waits) {
            resumed = theatre.wall().instant();
            theatre.service().call(Functions.PROMOTE, "{\"resume\":true,\"reason\":\"the first users are content\"}");
        }
    }

    private Played promoted(Played played) {
        if (view(played).status() != PipelineExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException("%s: the good release %s was not promoted: %s"
                    .formatted(contender.name(), played.version(), told(played.execution())));
        }
        serving = played.version();
        return played;
    }

    private Played takenBack(Played played) throws InterruptedException {
        stop.sleep(ENCORE);
        if (view(played).status() == PipelineExecutionStatus.SUCCEEDED) {
            throw new IllegalStateException("%s: the bad release %s was promoted: %s"
                    .formatted(contender.name(), played.version(), told(played.execution())));
        }
        return played;
    }

    /** Until no more instances are paid for than serve. */
    private void untilRetired() throws InterruptedException {
        Duration longest = contender.config().blueLifetime().plus(Duration.ofHours(6));
        Instant until = theatre.sandbox().clock().instant().plus(longest);
        while (Meter.living(theatre.sandbox()) > INSTANCES) {
            if (theatre.sandbox().clock().instant().isAfter(until)) {
                throw new IllegalStateException("%s: the old fleet is still there after %s: %s"
                        .formatted(
                                contender.name(),
                                longest,
                                watch.toldSince(opened).getLast()));
            }
            stop.check();
            theatre.hoursPass(Duration.ofMinutes(10));
        }
    }

    /** @return seconds from the call until the version's last answer */
    double takenBackByHand() throws InterruptedException {
        Played played = promoted(release(Behaviour.good()));
        theatre.pace(1);
        Instant called = theatre.sandbox().clock().instant();
        Instant calledAt = theatre.wall().instant();
        JsonNode answer =
                theatre.service().call(Functions.ROLL_BACK, "{\"reason\":\"visitors complain about their orders\"}");
        if (!answer.path("outcome").asText().equals("done")) {
            throw new IllegalStateException("%s: RollBack answered %s".formatted(contender.name(), answer));
        }
        while (!since(calledAt).gone(played.version(), GONE_AFTER)) {
            if (theatre.wall().instant().isAfter(calledAt.plus(BY_THE_WALL))) {
                theatre.pace(FACTOR);
            }
            stop.sleep(FRAME);
        }
        return since(calledAt)
                .last(played.version())
                .map(last -> seconds(Duration.between(called, last)))
                .orElse(0.0);
    }

    private Answers since(Instant from) {
        return new Answers(theatre.samples().stream()
                .filter(sample -> sample.answeredAt().isAfter(from))
                .toList());
    }

    private List<Sample> samples(Played played) {
        return theatre.samples().stream()
                .filter(sample -> !sample.intendedAt().isBefore(played.from())
                        && sample.intendedAt().isBefore(played.to()))
                .toList();
    }

    private Exposure exposure(Played bad) {
        List<WeightsWritten> before = watch.writesSince(opened).stream()
                .filter(written -> written.at().isBefore(bad.from()))
                .toList();
        List<WeightsWritten> written = watch.writesSince(bad.from());
        boolean servesA = before.isEmpty() || before.getLast().a() > 0;
        ToIntFunction<WeightsWritten> green = servesA ? WeightsWritten::b : WeightsWritten::a;
        return Exposure.of(samples(bad), bad.version(), written, green);
    }

    /** @param decision the one that ended it */
    private Picture picture(Played played, String decision) {
        Instant to = played.from()
                .plus(BUCKET.multipliedBy(
                        Duration.between(played.from(), played.to()).dividedBy(BUCKET)));
        Receipt receipt = Receipt.of(theatre.samples(), new Window(played.from(), to), List.of(), BUCKET);
        return new Picture(
                played.version(),
                played.before(),
                played.from(),
                receipt.requests(),
                receipt.failed(),
                FACTOR / 60,
                told(played.execution(), decision),
                receipt.buckets());
    }

    /** Why it was decided so, in the rollout's own words. */
    private String told(String execution, String decision) {
        return watch.toldOf(execution).reversed().stream()
                .filter(told -> told.decision().equals(decision))
                .map(Told::reason)
                .findFirst()
                .orElse("nobody said why");
    }

    /** What was decided last. */
    private String told(String execution) {
        List<Told> all = watch.toldOf(execution);
        return all.isEmpty() ? "nothing was decided" : all.getLast().reason();
    }

    private ExecutionView view(Played played) {
        return theatre.service().execution(played.execution());
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    @Override
    public void close() {
        theatre.close();
        dynamoDb.close();
    }
}
