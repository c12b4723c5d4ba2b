package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Lives in an order, from 1 on: drawn ones, and for what takes two things at one moment, one story at each moment in turn. */
enum Lives {
    /** As {@code ./greenlight simulate} draws them. */
    RANDOM("of at most %d", 200, n -> Draw.life(Service.ofAllKinds(), n)),

    /** A good release and a person's rollback while the store is down. */
    SILENT_STORE(
            "of at most %d, with a rollback and a store that is down at each quarter of a minute",
            60,
            n -> life(
                    n,
                    List.of(new Scene.RollBack(at(n).plusSeconds(10), true)),
                    List.of(new Mishap.Away("dynamodb", at(n), Duration.ofSeconds(40))))),

    /** A good release and a person's rollback to a fleet whose only instance has just died. */
    DEAD_BLUE(
            "of at most %d, with a death and a rollback at each quarter of a minute",
            60,
            n -> life(
                    n,
                    List.of(new Scene.Death(at(n), FleetName.A), new Scene.RollBack(at(n).plusSeconds(15), true)),
                    List.of())),

    /** A good release and an alarm. */
    ALARM(
            "of at most %d, with an alarm at each quarter of a minute",
            20,
            n -> life(
                    n, List.of(new Scene.Alarm(at(n).plus(Duration.ofMinutes(5)), Duration.ofMinutes(7))), List.of())),

    /** The same, where no event arrives. */
    SILENT_ALARM(
            "of at most %d, with an alarm at each quarter of a minute and no events",
            20,
            n -> life(
                    n,
                    List.of(new Scene.Alarm(at(n).plus(Duration.ofMinutes(5)), Duration.ofMinutes(7))),
                    List.of(new Mishap.Delivery(Mishap.Carrier.EVENTS, Mishap.Disorder.LOST, Duration.ZERO)))),

    /** A good release, and an alarm soon after its promotion. */
    LATE_ALARM(
            "of at most %d, with an alarm after the promotion, at each quarter of a minute",
            20,
            n -> life(
                    n,
                    List.of(new Scene.Alarm(at(n).plus(Duration.ofMinutes(11)), Duration.ofSeconds(20))),
                    List.of())),

    /** A good release, and somebody who goes on asking the fleet that it left. */
    STRAYS(
            "of at most %d, with strays from each quarter of a minute on",
            60,
            n -> life(n, List.of(new Strays(at(n).plus(Duration.ofMinutes(6)), Duration.ofMinutes(25))), List.of())),

    /** A bad release, a good one right after it, and a cooldown. */
    COOLING(
            "of at most %d, with a cooldown and a merge at each quarter of a minute",
            60,
            n -> new Life(
                    "life " + n,
                    setting(Map.of("GREENLIGHT_COOLDOWN", "PT20M")),
                    List.of(
                            new Scene.Merge(Duration.ZERO, Quality.FAILS_UNDER_TRAFFIC),
                            new Scene.Merge(at(n).plus(Duration.ofMinutes(8)), Quality.GOOD)),
                    List.of())),

    /** A bad release that comes again. */
    AGAIN(
            "of at most %d, with a merge of the same at each quarter of a minute",
            60,
            n -> new Life(
                    "life " + n,
                    setting(Map.of()),
                    List.of(
                            new Scene.Merge(Duration.ZERO, Quality.FAILS_SMOKE),
                            new MergeAgain(at(n).plus(Duration.ofMinutes(5)))),
                    List.of())),

    /** The same, after a person released it. */
    RELEASED(
            "of at most %d, with a release at each quarter of a minute",
            60,
            n -> new Life(
                    "life " + n,
                    setting(Map.of()),
                    List.of(
                            new Scene.Merge(Duration.ZERO, Quality.FAILS_SMOKE),
                            new Scene.ReleaseQuarantine(at(n).plus(Duration.ofMinutes(5)))),
                    List.of()));

    private final String words;
    private final int most;
    private final IntFunction<Life> lives;

    Lives(String words, int most, IntFunction<Life> lives) {
        this.words = words;
        this.most = most;
        this.lives = lives;
    }

    int most() {
        return most;
    }

    Life life(int n) {
        return lives.apply(n);
    }

    private static Life life(int n, List<Scene> scenes, List<Mishap> mishaps) {
        List<Scene> all = new ArrayList<>(scenes);
        all.add(new Scene.Merge(Duration.ZERO, Quality.GOOD));
        return new Life("life " + n, setting(Map.of()), all, mishaps);
    }

    private static Setting setting(Map<String, String> more) {
        Map<String, String> overrides = new HashMap<>(more);
        overrides.putAll(
                Map.of("GREENLIGHT_BAKE", "PT3M", "GREENLIGHT_BLUE_LIFETIME", "PT5M", "GREENLIGHT_DRAIN", "PT30S"));
        return Setting.plain(overrides).withInstances(1);
    }

    private static Duration at(int n) {
        return Duration.ofSeconds(15L * n);
    }

    @Override
    public String toString() {
        return words.formatted(most);
    }
}
