package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Blueprint;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Whose lives are drawn.
 *
 * @param blueprint what is installed
 * @param most the most instances that a life begins with
 * @param drawn whether each life draws settings of its own; otherwise all have those of the blueprint
 */
public record Service(Blueprint blueprint, int most, boolean drawn) {

    /** The most instances of a drawn service: what happens to more happens to these. */
    public static final int MOST = 12;

    /** What the functions take where they are told nothing. */
    private static final Map<String, String> DEFAULTS =
            Map.of("GREENLIGHT_BAKE", "PT5M", "GREENLIGHT_BLUE_LIFETIME", "PT8H");

    public Service {
        Objects.requireNonNull(blueprint, "blueprint");
        if (most < 1) {
            throw new IllegalArgumentException("a life needs an instance to begin with, not " + most);
        }
    }

    /** Each life has another service. */
    public static Service ofAllKinds() {
        return new Service(Blueprint.festival(), MOST, true);
    }

    /** All lives are this one's: its settings are the template's, only what the world decides is drawn. */
    public static Service of(Blueprint blueprint, int most) {
        return new Service(blueprint, most, false);
    }

    /** Requests a second that its checks need to say anything: a service that has fewer would leave them out. */
    double leastPerSecond() {
        return new Scrutiny(blueprint.settings().terms()).leastPerSecond();
    }

    /** How long something takes in a life with this setting: a bake, blue's lifetime. */
    Duration term(Setting setting, String variable) {
        String text = setting.overrides().get(variable);
        return Duration.parse(text != null ? text : blueprint.told(variable).orElse(DEFAULTS.get(variable)));
    }
}
