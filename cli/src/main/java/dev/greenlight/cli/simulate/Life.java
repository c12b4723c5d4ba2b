package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One life of a service, as data: equal ones are played equally.
 *
 * @param name what it is called by in findings, such as "seed 17"
 * @param scenes in the order of their moments
 */
record Life(String name, Setting setting, List<Scene> scenes, List<Mishap> mishaps) {

    Life {
        scenes = scenes.stream().sorted(Comparator.comparing(Scene::at)).toList();
        mishaps = List.copyOf(mishaps);
    }

    /** When all of the story has been told. */
    Duration told() {
        return scenes.stream().map(Scene::until).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    Life with(Setting other) {
        return new Life(name, other, scenes, mishaps);
    }

    Life withScenes(List<Scene> others) {
        return new Life(name, setting, others, mishaps);
    }

    Life withMishaps(List<Mishap> others) {
        return new Life(name, setting, scenes, others);
    }

    /** By how much the functions' clock is ahead. */
    Duration skew() {
        return mishaps.stream()
                .filter(Mishap.Skew.class::isInstance)
                .map(mishap -> ((Mishap.Skew) mishap).ahead())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** By how much reads of the load balancer lag behind what is true. */
    Duration lag() {
        return mishaps.stream()
                .filter(Mishap.StaleReads.class::isInstance)
                .map(mishap -> ((Mishap.StaleReads) mishap).age())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** The life in lines. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(setting.toString());
        scenes.forEach(scene -> lines.add(scene.toString()));
        mishaps.forEach(mishap -> lines.add(mishap.toString()));
        return lines;
    }
}
