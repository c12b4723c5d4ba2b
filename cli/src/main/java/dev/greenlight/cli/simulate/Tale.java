package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The stories that are told again and again with one thing wrong at another moment: a rollout from its merge to its last trace. */
enum Tale {
    /** A good release, promoted, its blue retired. */
    GOOD,
    /** Fails its smoke tests. */
    REJECTED,
    /** Passes them, and fails under traffic. */
    REGRESSED,
    /** Promoted, and taken back by a person afterwards. */
    BY_HAND,
    /** The service's first release: nothing is blue. */
    FIRST;

    /** Short waits: what is waited for differs, not how long. */
    private static final Map<String, String> SHORT =
            Map.of("GREENLIGHT_BAKE", "PT3M", "GREENLIGHT_BLUE_LIFETIME", "PT4M");

    /** How long a rollout takes apart from its bake, generously. */
    private static final Duration WORK = Duration.ofMinutes(11);

    /** The story as it goes when nothing is wrong. */
    Life undisturbed(Service service) {
        Setting setting = service.visited(
                Setting.plain(service.drawn() ? SHORT : Map.of()).withInstances(this == FIRST ? 0 : 2));
        Scene merge = new Scene.Merge(Duration.ZERO, quality());
        if (this != BY_HAND) {
            return new Life(spoken(), setting, List.of(merge), List.of());
        }
        Duration promoted = Service.watched(service.terms(setting)).plus(WORK);
        return new Life(spoken(), setting, List.of(merge, new Scene.RollBack(promoted, true)), List.of());
    }

    private Quality quality() {
        return switch (this) {
            case GOOD, BY_HAND, FIRST -> Quality.GOOD;
            case REJECTED -> Quality.FAILS_SMOKE;
            case REGRESSED -> Quality.FAILS_UNDER_TRAFFIC;
        };
    }

    /** Its name, as names of systematic lives begin. */
    String spoken() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
