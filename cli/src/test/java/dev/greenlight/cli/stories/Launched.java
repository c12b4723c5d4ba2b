package dev.greenlight.cli.stories;

import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.LaunchTemplates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a fleet launches, and from what. */
final class Launched {

    private Launched() {}

    static void grow(Festival festival, String fleet, int size) {
        Capacity now = festival.capacity(fleet);
        festival.sandbox
                .world()
                .capacity(festival.group(fleet).name(), new Capacity(now.min(), size, Math.max(size, now.max())));
        festival.pass(Duration.ofMinutes(3));
    }

    static List<String> images(Festival festival, String fleet) {
        return festival.group(fleet).instances().stream()
                .map(Instance::origin)
                .flatMap(Optional::stream)
                .map(LaunchTemplates.Origin::image)
                .toList();
    }

    static String version(Festival festival, String fleet) {
        return festival.sandbox
                .world()
                .launchTemplates()
                .of(festival.group(fleet).name())
                .orElseThrow()
                .version();
    }
}
