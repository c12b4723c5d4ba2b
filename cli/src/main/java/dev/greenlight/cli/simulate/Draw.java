package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.sandbox.fault.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Draws lives: the same one from the same seed. */
final class Draw {

    /** About as many calls as functions make in a life with one rollout. */
    private static final int CALLS = 450;

    /** About how long a rollout takes, apart from its bake. */
    private static final Duration WORK = Duration.ofMinutes(9);

    private static final long TESTS = 0x5DEECE66DL;
    private static final long AUDIENCES = 0x9E3779B97F4A7C15L;

    private static final List<String> SERVICES = List.of(
            "dynamodb",
            "dynamodb",
            "elasticloadbalancing",
            "autoscaling",
            "codepipeline",
            "scheduler",
            "cloudwatch",
            "codedeploy",
            "ec2");

    /** What every service may have to do with. */
    private static final List<Quality> QUALITIES =
            List.copyOf(EnumSet.complementOf(EnumSet.of(Quality.ANSWERS_OTHERWISE)));

    private final Service service;
    private final SplittableRandom random;

    /** Dice of their own for what was thought of later: what they do not concern stays what it was. */
    private final SplittableRandom more;

    private final SplittableRandom tests;
    private final SplittableRandom audiences;

    private Draw(Service service, long seed) {
        this.service = service;
        this.random = new SplittableRandom(seed);
        this.more = new SplittableRandom(~seed);
        this.tests = new SplittableRandom(seed ^ TESTS);
        this.audiences = new SplittableRandom(seed ^ AUDIENCES);
    }

    static Life life(Service service, long seed) {
        return new Draw(service, seed).life("seed " + seed);
    }

    private Life life(String name) {
        Setting setting = service.visited(tried(shared(setting())));
        Terms terms = service.terms(setting);
        Duration lifetime = terms.pace().blueLifetime();
        Duration rollout = Service.watched(terms).plus(WORK);
        List<Scene> scenes = merges(rollout, lifetime, answersAreCompared(setting));
        Duration end = scenes.getLast().at().plus(rollout).plus(lifetime.dividedBy(2));
        for (int i = few(0.5, 4); i > 0; i--) {
            scenes.add(scene(upTo(end)));
        }
        List<Mishap> mishaps = new ArrayList<>();
        for (int i = few(0.9, 4) + (random.nextInt(4) == 0 ? 0 : 1); i > 0; i--) {
            mishaps.add(mishap(end, scenes.size()));
        }
        scenes.addAll(later(end));
        scenes.addAll(resumed(terms, end));
        scenes.addAll(audienceTouched(terms, end));
        if (more.nextInt(10) == 0) {
            mishaps.add(new Mishap.InTheWindow(1 + more.nextInt(3), one(more, Mishap.Comer.values())));
        }
        if (more.nextInt(3) == 0) {
            mishaps.add(anywhere(scenes));
        }
        if (terms.strategy().onOneFleet() || terms.strategy().inTurn()) {
            // What CodeDeploy says of a fleet is what comes back onto it: nobody else knows.
            mishaps.removeIf(Mishap.WrongLastRevision.class::isInstance);
        }
        if (merged(scenes, Quality.ANSWERS_OTHERWISE)) {
            // Whoever makes it blue by hand has every good release rejected after it, which no scene tells.
            scenes.removeIf(Scene.Hand.class::isInstance);
        }
        return new Life(name, cooling(setting), scenes, mishaps);
    }

    /** At a call of any release of the life, also of its last one, and of what Sweep does long after it. */
    private Mishap anywhere(List<Scene> scenes) {
        long releases = scenes.stream()
                .filter(scene -> scene instanceof Scene.Merge || scene instanceof MergeAgain)
                .count();
        int call = 1 + more.nextInt((int) (2 * CALLS * releases));
        return switch (more.nextInt(4)) {
            case 0 -> new Mishap.Crash(call, Fault.Moment.BEFORE);
            case 1 -> new Mishap.Crash(call, Fault.Moment.AFTER);
            case 2 -> new Mishap.Failure(call, 1 + more.nextInt(6), one(more, Mishap.Trouble.values()));
            default -> new Mishap.Between(call, one(more, Mishap.Comer.values()));
        };
    }

    private List<Scene> later(Duration end) {
        List<Scene> scenes = new ArrayList<>();
        if (more.nextInt(6) == 0) {
            scenes.add(new MergeAgain(Duration.ofSeconds(more.nextLong(60, end.toSeconds() + 1))));
        }
        if (more.nextInt(8) == 0) {
            scenes.add(new Strays(
                    Duration.ofSeconds(more.nextLong(end.toSeconds() + 1)),
                    Duration.ofSeconds(more.nextInt(60, 2400))));
        }
        return scenes;
    }

    /** Where releases pause, somebody lets them go on: most of them. */
    private List<Scene> resumed(Terms terms, Duration end) {
        List<Scene> scenes = new ArrayList<>();
        if (pauses(terms.strategy())) {
            for (int i = more.nextInt(4); i > 0; i--) {
                scenes.add(new Resume(Duration.ofSeconds(more.nextLong(end.toSeconds() + 1))));
            }
        }
        return scenes;
    }

    private static boolean pauses(Strategy strategy) {
        return strategy instanceof Strategy.Rolling rolling
                ? rolling.pause().isPresent()
                : strategy.steps().stream().anyMatch(step -> step.pause().isPresent());
    }

    private static boolean merged(List<Scene> scenes, Quality quality) {
        return scenes.stream().anyMatch(scene -> scene instanceof Scene.Merge merge && merge.quality() == quality);
    }

    /** Where an A/B test has an audience, a hand comes to its rule in one life of four, and deletes it in one of sixteen. */
    private List<Scene> audienceTouched(Terms terms, Duration end) {
        if (terms.strategy().steps().stream().noneMatch(Step::hasAudience) || audiences.nextInt(4) > 0) {
            return List.of();
        }
        Duration at = Duration.ofSeconds(audiences.nextLong(end.toSeconds() + 1));
        return List.of(
                audiences.nextInt(4) == 0
                        ? new AudienceGone(at)
                        : new AudienceHand(
                                at,
                                one(audiences, new Integer[] {0, 50, 100}),
                                Duration.ofSeconds(audiences.nextInt(20, 400))));
    }

    private Setting cooling(Setting setting) {
        if (!service.drawn() || more.nextInt(10) > 0) {
            return setting;
        }
        Map<String, String> overrides = new HashMap<>(setting.overrides());
        overrides.put(
                "GREENLIGHT_COOLDOWN",
                Duration.ofSeconds(more.nextInt(120, 1500)).toString());
        return setting.with(overrides);
    }

    /** A third of the services gives green its users by and by. */
    private Setting shared(Setting setting) {
        if (!service.drawn() || more.nextInt(3) > 0) {
            return setting;
        }
        Map<String, String> overrides = new HashMap<>(setting.overrides());
        int least = more.nextInt(5, 34);
        if (more.nextInt(3) == 0) {
            overrides.put("GREENLIGHT_STRATEGY", "linear");
            overrides.put("GREENLIGHT_STEP_WEIGHT", String.valueOf(least));
            overrides.put("GREENLIGHT_STEP_INTERVAL", seconds(60, 240));
        } else {
            overrides.put("GREENLIGHT_STRATEGY", "canary");
            overrides.put("GREENLIGHT_STEPS", canary(least));
        }
        return setting.with(overrides);
    }

    /** One service in twelve lets a share of its users try green for a time, instead of whatever else it does. */
    private Setting tried(Setting setting) {
        if (!service.drawn() || tests.nextInt(12) > 0) {
            return setting;
        }
        Map<String, String> overrides = new HashMap<>(setting.overrides());
        overrides.keySet().removeIf(name -> name.startsWith("GREENLIGHT_STEP"));
        overrides.put("GREENLIGHT_STRATEGY", "a-b");
        overrides.put(
                "GREENLIGHT_TEST",
                "{\"share\":%d,\"runs\":\"PT%dM\",\"end\":\"%s\",\"within\":\"PT%dM\",\"otherwise\":\"%s\",\"minimumRequests\":300}"
                        .formatted(
                                tests.nextInt(10, 51),
                                tests.nextInt(10, 40),
                                one(tests, new String[] {"promote", "promote", "promote", "roll-back", "wait"}),
                                tests.nextInt(5, 20),
                                tests.nextBoolean() ? "go-on" : "roll-back"));
        return setting.with(overrides);
    }

    private String canary(int least) {
        List<String> steps = new ArrayList<>();
        for (int weight = least; weight < 100 && steps.size() < 3; weight += more.nextInt(10, 50)) {
            String pause = more.nextInt(3) > 0
                    ? ""
                    : ",\"pause\":\"%s\",\"otherwise\":\"%s\""
                            .formatted(seconds(120, 900), more.nextBoolean() ? "go-on" : "roll-back");
            steps.add("{\"weight\":%d,\"bake\":\"%s\"%s}".formatted(weight, seconds(60, 300), pause));
        }
        return "[" + String.join(",", steps) + "]";
    }

    private String seconds(int least, int most) {
        return Duration.ofSeconds(more.nextInt(least, most)).toString();
    }

    /** 0, 1, 2 … up to a limit, each one more with the same chance. */
    private int few(double chance, int most) {
        int n = 0;
        while (n < most && random.nextDouble() < chance) {
            n++;
        }
        return n;
    }

    private Duration upTo(Duration most) {
        return Duration.ofSeconds(random.nextLong(most.toSeconds() + 1));
    }

    private Duration between(int seconds, int most) {
        return Duration.ofSeconds(random.nextInt(seconds, most + 1));
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static <T> T one(SplittableRandom dice, T[] of) {
        return of[dice.nextInt(of.length)];
    }

    private Setting setting() {
        boolean first = random.nextInt(10) == 0;
        int instances = first ? 0 : Math.max(service.least(), random.nextInt(1, service.most() + 1));
        Map<String, String> overrides = new HashMap<>();
        if (service.drawn()) {
            overrides.put("GREENLIGHT_BAKE", between(180, 480).toString());
            overrides.put("GREENLIGHT_BLUE_LIFETIME", between(240, 1500).toString());
            overrides.put("GREENLIGHT_DRAIN", between(20, 300).toString());
            if (random.nextInt(5) == 0) {
                overrides.put("GREENLIGHT_WHILE_BLUE_WARM", "refuse");
            }
        }
        return new Setting(
                instances,
                random.nextInt(5, 40),
                between(15, 120),
                between(2, 30),
                between(10, 60),
                random.nextBoolean(),
                between(60, 180),
                random.nextInt(5) == 0,
                overrides);
    }

    private List<Scene> merges(Duration rollout, Duration lifetime, boolean compared) {
        List<Scene> merges = new ArrayList<>();
        Duration at = upTo(Duration.ofMinutes(1));
        merges.add(new Scene.Merge(at, quality(compared)));
        for (int i = few(0.35, 2); i > 0; i--) {
            at = at.plus(upTo(rollout.plus(lifetime)));
            merges.add(new Scene.Merge(at, quality(compared)));
        }
        return merges;
    }

    /** @param compared whether answers are held against blue's: then some releases answer with something else */
    private Quality quality(boolean compared) {
        Quality drawn = random.nextInt(5) < 3 ? Quality.GOOD : one(QUALITIES);
        return compared && more.nextInt(6) == 0 ? Quality.ANSWERS_OTHERWISE : drawn;
    }

    private boolean answersAreCompared(Setting setting) {
        return setting.instances() > 0 && new Scrutiny(service.terms(setting)).refuses(Quality.ANSWERS_OTHERWISE);
    }

    private Scene scene(Duration at) {
        return switch (random.nextInt(16)) {
            case 0, 1, 2 -> new Scene.RollBack(at, random.nextInt(4) > 0);
            case 3, 4 -> new Scene.Promote(at);
            case 5 -> new Scene.ReleaseQuarantine(at);
            case 6 -> new Scene.Stop(at, random.nextBoolean());
            case 7 -> new Scene.Retry(at);
            case 8 -> new Scene.Crowd(at, random.nextInt(30, 250));
            case 9 -> new Scene.Resize(at, random.nextInt(1, 6));
            case 10 -> new Scene.Resize(at, -random.nextInt(1, 4));
            case 11 -> new Scene.Death(at, one(List.of(FleetName.values())));
            case 12, 13 -> new Scene.Hand(at, one(List.of(0, 10, 50, 90, 100)), random.nextBoolean(), between(20, 400));
            case 14 -> new Scene.Alarm(random.nextInt(3) == 0 ? Duration.ZERO : at, between(60, 900));
            default -> new Scene.StackUpdate(at, random.nextInt(100));
        };
    }

    private Mishap mishap(Duration end, int scenes) {
        int call = 1 + random.nextInt(CALLS * Math.max(1, scenes / 2));
        return switch (random.nextInt(19)) {
            case 16, 17, 18 -> new Mishap.Between(call, one(List.of(Mishap.Comer.values())));
            case 0, 1 -> new Mishap.Crash(call, Fault.Moment.BEFORE);
            case 2, 3, 4 -> new Mishap.Crash(call, Fault.Moment.AFTER);
            case 5, 6, 7 -> new Mishap.Failure(call, 1 + random.nextInt(6), one(List.of(Mishap.Trouble.values())));
            case 8, 9 -> new Mishap.Away(one(SERVICES), upTo(end), between(20, 300));
            case 10, 11 -> delivery();
            case 12, 13 -> new Mishap.StaleReads(one(List.of("DescribeRules", "DescribeTargetHealth")), between(1, 12));
            case 14 ->
                random.nextBoolean()
                        ? new Mishap.SilentAgents(upTo(end), between(30, 600))
                        : new Mishap.WrongLastRevision(one(List.of(FleetName.values())));
            default -> new Mishap.Skew(Duration.ofSeconds(random.nextInt(-10, 11)));
        };
    }

    private Mishap delivery() {
        Mishap.Carrier carrier = one(List.of(Mishap.Carrier.values()));
        Mishap.Disorder disorder = one(List.of(Mishap.Disorder.values()));
        boolean loses = disorder == Mishap.Disorder.LOST;
        // Only the bus may lose something: the other two deliver at least once.
        return new Mishap.Delivery(
                loses ? Mishap.Carrier.EVENTS : carrier,
                disorder,
                loses ? Duration.ZERO : between(5, carrier == Mishap.Carrier.EVENTS ? 900 : 240));
    }
}
