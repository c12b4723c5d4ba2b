package dev.greenlight.service;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how traffic moves. Its bounds are those of the functions' own settings, so that a fault shows here and not at night. */
final class StrategyReader {

    private static final Form<String> KIND = Form.word(
            "blue-green", "canary", "linear", TrialReader.KIND, "in-place", "recreate", RollingReader.KIND, "shadow");
    private static final Form<Duration> BAKE = Form.duration(Duration.ZERO, Duration.ofHours(22));
    private static final Form<Duration> WATCH = Form.duration(Duration.ofSeconds(1), Duration.ofHours(22));
    private static final Form<Duration> PAUSE = Form.duration(Duration.ofMinutes(1), Duration.ofHours(22));
    /** With the time that validation has before copies come, and again after them, no more fits into a pipeline's action. */
    private static final Form<Duration> COPIES = Form.duration(Duration.ofMinutes(1), Duration.ofHours(22));

    private static final Duration USUAL_COPIES = Duration.ofMinutes(30);
    /** What a load balancer's own answer can hold (FixedResponseActionConfig). */
    private static final int LONGEST_ANSWER = 1_024;

    private static final Form<String> CLOSED = new Form<>(
            "a text of at most %,d bytes".formatted(LONGEST_ANSWER),
            text -> Optional.of(text).filter(t -> t.getBytes(StandardCharsets.UTF_8).length <= LONGEST_ANSWER));
    private static final Form<String> CLOSED_TYPE =
            Form.word("text/plain", "text/html", "application/json", "text/css", "application/javascript");
    private static final Form<String> OTHERWISE = Form.word("roll-back", "go-on");
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final int USUAL_WEIGHT = 10;
    private static final int MOST_STEPS = 20;

    /** A pipeline's action waits a day ("Quotas in CodePipeline"); an hour is kept for the action's own calls. */
    private static final Duration LONGEST = Duration.ofHours(23);

    /** How long one change of routing may take: what the functions take where they are told nothing. */
    private static final Duration SHIFTING = Duration.ofMinutes(10);

    private StrategyReader() {}

    static Config.Strategy read(Section strategy) {
        String kind = strategy.value("kind", KIND, "blue-green");
        List<Config.Step> steps =
                strategy.sections("steps").stream().map(StrategyReader::step).toList();
        int weight = strategy.value("weight", Form.number(1, 50), USUAL_WEIGHT);
        Duration interval = strategy.value("interval", WATCH, USUAL);
        Trial test = TrialReader.read(strategy);
        Duration watch = strategy.value("watch", COPIES, USUAL_COPIES);
        Config.Traffic.Rolling rolling = RollingReader.read(strategy);
        onlyFor(RollingReader.KIND, kind, strategy, RollingReader.KEYS);
        onlyFor("canary", kind, strategy, "steps");
        Optional<String> closed = strategy.optional("closed", CLOSED);
        Optional<String> closedType = strategy.optional("closedType", CLOSED_TYPE);
        onlyFor("recreate", kind, strategy, "closed", "closedType");
        onlyFor("shadow", kind, strategy, "watch");
        onlyFor("linear", kind, strategy, "weight", "interval");
        onlyFor(TrialReader.KIND, kind, strategy, TrialReader.KEYS);
        Config.Traffic traffic = switch (kind) {
            case "canary" -> canary(strategy, steps);
            case "linear" -> linear(strategy, weight, interval);
            case TrialReader.KIND -> TrialReader.traffic(strategy, test);
            case "in-place" -> new Config.Traffic.InPlace();
            case "recreate" -> new Config.Traffic.Recreate(closed, closedType);
            case RollingReader.KIND -> rolling;
            case "shadow" -> new Config.Traffic.Shadow(watch);
            default -> new Config.Traffic.BlueGreen();
        };
        return new Config.Strategy(traffic, strategy.value("bake", BAKE, USUAL));
    }

    private static void onlyFor(String other, String kind, Section strategy, String... keys) {
        for (String key : keys) {
            if (strategy.has(key) && !kind.equals(other)) {
                strategy.fault(key, "only the kind %s has it".formatted(other));
            }
        }
    }

    /** What asks for a fleet that nobody uses, or for one that users have left, is refused where there is only the one that serves. */
    static void onlyWithTwoFleets(
            Config.Strategy strategy, Section root, Section approvals, Section checks, Config.Checks read) {
        if (strategy.traffic() instanceof Config.Traffic.Recreate) {
            onlyWithBothAtOnce(root, approvals, checks, read);
        }
        boolean rolls = strategy.traffic() instanceof Config.Traffic.Rolling;
        if (!rolls && !(strategy.traffic() instanceof Config.Traffic.InPlace)) {
            return;
        }
        String how = rolls ? "zone by zone" : "in place";
        for (String key : List.of("blueLifetime", "whileBlueWarm")) {
            if (root.has(key)) {
                root.fault(key, how + " there is no blue: what was there before is installed over");
            }
        }
        if (approvals.value("beforeTraffic", Form.FLAG, false)) {
            approvals.fault("beforeTraffic", how + " users are on a release before anybody could look at it");
        }
        if (read.smoke().stream().anyMatch(Config.SmokeTest::sameAsBlue)) {
            checks.fault("smoke", how + " there is no blue whose answers could be the same: leave sameAsBlue out");
        }
        if (read.onInstance()) {
            checks.fault("onInstance", how + " what comes back would ask as well, for a release that is over");
        }
    }

    /** What asks for a fleet that runs beside the one that serves is refused where only one may run at a time. */
    private static void onlyWithBothAtOnce(Section root, Section approvals, Section checks, Config.Checks read) {
        for (String key : List.of("blueLifetime", "whileBlueWarm")) {
            if (root.has(key)) {
                root.fault(
                        key, "only one fleet runs at a time, so none is warm: the way back starts the old one again");
            }
        }
        if (approvals.value("beforeTraffic", Form.FLAG, false)) {
            approvals.fault("beforeTraffic", "users are shut out for as long as somebody looks at the release");
        }
        if (read.smoke().stream().anyMatch(Config.SmokeTest::sameAsBlue)) {
            checks.fault("smoke", "blue is gone when green is asked: leave sameAsBlue out");
        }
    }

    private static Config.Step step(Section step) {
        Optional<Duration> pause = step.optional("pause", PAUSE);
        if (step.has("otherwise") && !step.has("pause")) {
            step.fault("otherwise", "only a pause has it");
        }
        return new Config.Step(
                step.required("weight", Form.number(1, 99), 1),
                step.value("bake", WATCH, USUAL),
                pause,
                step.value("otherwise", OTHERWISE, "roll-back").equals("go-on"));
    }

    private static Config.Traffic canary(Section strategy, List<Config.Step> steps) {
        if (steps.isEmpty()) {
            strategy.fault("steps", "a canary needs at least one step before green gets everything");
        }
        if (steps.size() > MOST_STEPS) {
            strategy.fault("steps", "more than %d".formatted(MOST_STEPS));
        }
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).weight() <= steps.get(i - 1).weight()) {
                strategy.fault(
                        "steps",
                        "weight %d does not come after %d: each step gives green more than the one before it"
                                .formatted(
                                        steps.get(i).weight(), steps.get(i - 1).weight()));
            }
        }
        Duration together = steps.stream()
                .map(step -> step.bake().plus(step.pause().orElse(Duration.ZERO)))
                .reduce(Duration.ZERO, Duration::plus);
        inTime(strategy, together, steps.size());
        return new Config.Traffic.Canary(steps);
    }

    private static Config.Traffic linear(Section strategy, int weight, Duration interval) {
        int steps = Math.ceilDiv(100, weight) - 1;
        inTime(strategy, interval.multipliedBy(steps), steps);
        return new Config.Traffic.Linear(weight, interval);
    }

    /** What takes longer would be cut off by CodePipeline in the middle of a step. */
    private static void inTime(Section strategy, Duration together, int steps) {
        Duration needed = together.plus(SHIFTING.multipliedBy(steps + 1));
        if (needed.compareTo(LONGEST) > 0) {
            strategy.fault(
                    "kind",
                    "its steps may take %s, with %d minutes for each to show on the rule: a pipeline's action can wait %s"
                            .formatted(Form.words(needed), SHIFTING.toMinutes(), Form.words(LONGEST)));
        }
    }
}
