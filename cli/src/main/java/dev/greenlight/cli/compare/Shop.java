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
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.load.LoadPlan;
import dev.greenlight.sandbox.load.Sample;
import dev.greenlight.sandbox.world.Capacity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The service of a contender, with visitors, while versions of it are released one after the other. */
final class Shop implements AutoCloseable {

    /** Requests in a second of the wall. */
    static final int PER_SECOND = 200;

    /** A minute passes in a second. */
    static final double FACTOR = 60;

    /** The size of the fleet that serves. */
    static final int INSTANCES = 4;

    static final String PROMOTE = "promote";
    static final String ROLL_BACK = "roll back";

    /** What ends a rollout. */
    private static final Set<String> ENDS = Set.of(PROMOTE, ROLL_BACK, "reject");

    private static final Pattern WAITS_FOR_A_PERSON = Pattern.compile("a person (lets it go on|decides)");

    /** Wall time in which what serves gets a past to be compared with. */
    private static final Duration OVERTURE = Duration.ofSeconds(3);

    /** Wall time after a release's end that still belongs to it, so that the last answers are counted. */
    private static final Duration ENCORE = Duration.ofMillis(1000);

    private static final Duration FRAME = Duration.ofMillis(50);

    /** A release, or a way back, that takes longer by the wall is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** For so long a way back is waited for on the wall's own clock; most are over by then. */
    private static final Duration BY_THE_WALL = Duration.ofSeconds(4);

    /** So many good answers of a version in a row, and it is back. */
    private static final int BACK_AFTER = 40;

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
    private final Stop stop;
    private final DynamoDb dynamoDb;
    private final Theatre theatre;
    private final Watch watch;
    private final Instant opened;
    private String serving = Theatre.FIRST;
    private int released = 1;
    private Instant resumed;

    Shop(Contender contender, Stop stop) throws IOException {
        this.contender = contender;
        this.stop = stop;
        this.dynamoDb = DynamoDb.inMemory();
        Blueprint blueprint = Fitted.to(contender.config());
        this.theatre = Theatre.open(new Theatre.Props(
                "compare-" + contender.name(),
                blueprint,
                new FleetPlan(new Capacity(2, INSTANCES, blueprint.largestFleet()), Optional.of(Theatre.FIRST)),
                port -> List.of(VISITORS.to(port)),
                FACTOR,
                dynamoDb,
                // Another one each time, or chance would always favour the same side.
                System.nanoTime()));
        this.watch = new Watch(theatre, told -> {});
        this.opened = theatre.wall().instant();
        this.resumed = opened;
    }

    /**
     * One release that has come to its end.
     *
     * @param version what was released
     * @param before what served before
     * @param rollout its id
     * @param from wall time of the merge
     * @param to until when what visitors saw belongs to it
     * @param end the decision that ended it
     * @param took from the merge to that decision, by the sandbox's clock
     * @param calls to AWS until then
     */
    record Released(
            String version,
            String before,
            String rollout,
            Instant from,
            Instant to,
            Told end,
            Duration took,
            int calls) {

        boolean promoted() {
            return end.decision().equals(PROMOTE);
        }
    }

    Sandbox sandbox() {
        return theatre.sandbox();
    }

    /** What serves gets a past. */
    void opens() throws InterruptedException {
        stop.sleep(OVERTURE);
    }

    /** A good version is merged, and promoted. */
    Released promotes() throws InterruptedException {
        return promoted(releases(Behaviour.good(), this::letGoOn));
    }

    /** The same, and a person promotes it as soon as somebody has seen it. */
    Released promotesAtOnce() throws InterruptedException {
        return promoted(releases(Behaviour.good(), this::promote));
    }

    private Released promoted(Released good) {
        if (!good.promoted()) {
            throw astray("the good release %s was not promoted: %s"
                    .formatted(good.version(), good.end().reason()));
        }
        serving = good.version();
        return good;
    }

    /** A bad version is merged, and taken back. */
    Released takesBack(Behaviour bad) throws InterruptedException {
        Released release = releases(bad, this::letGoOn);
        if (release.promoted()) {
            throw astray("the bad release %s was promoted: %s"
                    .formatted(release.version(), release.end().reason()));
        }
        return release;
    }

    /** @param person what people do while it goes on */
    private Released releases(Behaviour behaviour, Runnable person) throws InterruptedException {
        released++;
        String version = "v" + released;
        Instant from = theatre.wall().instant();
        Instant merged = sandbox().clock().instant();
        String rollout = theatre.service().merge(version, SampleBundle.zip(version, behaviour));
        Optional<Told> end = Optional.empty();
        while (end.isEmpty() || theatre.service().execution(rollout).ended().isEmpty()) {
            patient(from, "release " + version, rollout);
            person.run();
            stop.sleep(FRAME);
            end = end.or(() -> watch.toldOf(rollout).stream()
                    .filter(told -> ENDS.contains(told.decision()))
                    .findFirst());
        }
        int calls = watch.callsSince(from);
        if (!end.get().decision().equals(PROMOTE)) {
            untilBack(serving, theatre.wall().instant(), rollout);
        }
        stop.sleep(ENCORE);
        return new Released(
                version,
                serving,
                rollout,
                from,
                theatre.wall().instant(),
                end.get(),
                Duration.between(merged, end.get().sandboxAt()),
                calls);
    }

    /** Where a rollout waits for a person, one comes. */
    private void letGoOn() {
        boolean waits = watch.toldSince(resumed).stream()
                .anyMatch(told -> WAITS_FOR_A_PERSON.matcher(told.reason()).find());
        if (waits) {
            resumed = theatre.wall().instant();
            theatre.service().call(Functions.PROMOTE, "{\"resume\":true,\"reason\":\"the first users are content\"}");
        }
    }

    /** Refused as long as users are not on it. */
    private void promote() {
        boolean seen = since(resumed).answeredBy("v" + released);
        if (seen) {
            resumed = theatre.wall().instant();
            theatre.service().call(Functions.PROMOTE, "{\"reason\":\"nobody has time to watch it\"}");
        }
    }

    /** Until no more instances are paid for than serve. */
    void untilRetired() throws InterruptedException {
        Duration longest = contender.config().blueLifetime().plus(Duration.ofHours(6));
        Instant until = sandbox().clock().instant().plus(longest);
        while (Meter.living(sandbox()) > INSTANCES) {
            if (sandbox().clock().instant().isAfter(until)) {
                throw astray("the old fleet is still there after %s: %s"
                        .formatted(longest, watch.toldSince(opened).getLast()));
            }
            stop.check();
            theatre.hoursPass(Duration.ofMinutes(10));
        }
    }

    /**
     * A person takes back what serves, at the wall's own pace at first.
     *
     * @return from the call until everybody is answered by what was there before
     */
    Duration takenBackByHand(Released good) throws InterruptedException {
        theatre.pace(1);
        Instant called = sandbox().clock().instant();
        Instant calledAt = theatre.wall().instant();
        JsonNode answer =
                theatre.service().call(Functions.ROLL_BACK, "{\"reason\":\"visitors complain about their orders\"}");
        if (!answer.path("outcome").asText().equals("done")) {
            throw astray("RollBack answered " + answer);
        }
        untilBack(good.before(), calledAt, good.rollout());
        theatre.pace(FACTOR);
        return since(calledAt)
                .lastOther(good.before())
                .map(last -> Duration.between(called, last))
                .orElse(Duration.ZERO);
    }

    private void untilBack(String version, Instant from, String rollout) throws InterruptedException {
        while (!since(from).back(version, BACK_AFTER)) {
            patient(from, "the way back to " + version, rollout);
            if (theatre.wall().instant().isAfter(from.plus(BY_THE_WALL))) {
                theatre.pace(FACTOR);
            }
            stop.sleep(FRAME);
        }
    }

    private void patient(Instant from, String what, String rollout) {
        if (theatre.wall().instant().isAfter(from.plus(PATIENCE))) {
            List<Told> told = watch.toldOf(rollout);
            throw astray("%s is stuck: %s"
                    .formatted(
                            what,
                            told.isEmpty()
                                    ? "nothing was decided"
                                    : told.getLast().reason()));
        }
    }

    private Astray astray(String what) {
        return new Astray(contender.name() + ": " + what);
    }

    private Answers since(Instant from) {
        return new Answers(theatre.samples().stream()
                .filter(sample -> sample.answeredAt().isAfter(from))
                .toList());
    }

    /** What visitors saw of it. */
    List<Sample> samples(Released release) {
        return theatre.samples().stream()
                .filter(sample -> !sample.intendedAt().isBefore(release.from())
                        && sample.intendedAt().isBefore(release.to()))
                .toList();
    }

    /** What was written to the rule for it. */
    List<WeightsWritten> weights(Released release) {
        return watch.writesSince(release.from()).stream()
                .filter(written -> written.at().isBefore(release.to()))
                .toList();
    }

    /** Whether fleet A served when it was merged. */
    boolean servedByA(Released release) {
        List<WeightsWritten> before = watch.writesSince(opened).stream()
                .filter(written -> written.at().isBefore(release.from()))
                .toList();
        return before.isEmpty() || before.getLast().a() > 0;
    }

    @Override
    public void close() {
        theatre.close();
        dynamoDb.close();
    }
}
