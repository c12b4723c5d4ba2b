package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;
import java.util.ArrayList;
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
        Setting setting = Setting.plain(Map.of(
                        "GREENLIGHT_BAKE", "PT3M", "GREENLIGHT_BLUE_LIFETIME", "PT5M", "GREENLIGHT_DRAIN", "PT30S"))
                .withInstances(1);
        List<Scene> all = new ArrayList<>(scenes);
        all.add(new Scene.Merge(Duration.ZERO, Quality.GOOD));
        return new Life("life " + n, setting, all, mishaps);
    }

    private static Duration at(int n) {
        return Duration.ofSeconds(15L * n);
    }

    @Override
    public String toString() {
        return words.formatted(most);
    }
}
