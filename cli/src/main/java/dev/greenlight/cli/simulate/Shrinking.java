package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes a life that breaks a rule as short as it can while it still breaks that rule. */
final class Shrinking {

    /** The most plays that one violation is worth. */
    private static final int TRIES = 150;

    private final Function<Life, Played> player;
    private final Supplier<Boolean> stopped;
    private final Broken same;
    private Played shortest;
    private int tries;

    Shrinking(Function<Life, Played> player, Supplier<Boolean> stopped, Played broken) {
        this.player = player;
        this.stopped = stopped;
        this.same = broken.broken().getFirst();
        this.shortest = broken;
    }

    Played shrunk() {
        boolean shorter = true;
        while (shorter && tries < TRIES && !stopped.get()) {
            shorter = fewerMishaps() | fewerScenes() | simplerMishaps() | earlierScenes() | simplerSetting();
        }
        return shortest;
    }

    private boolean fewerMishaps() {
        return anyOf(
                () -> shortest.life().mishaps().size(),
                i -> shortest.life().withMishaps(without(shortest.life().mishaps(), i)));
    }

    private boolean fewerScenes() {
        return anyOf(
                () -> shortest.life().scenes().size(),
                i -> shortest.life().withScenes(without(shortest.life().scenes(), i)));
    }

    private boolean simplerMishaps() {
        boolean shorter = false;
        for (int i = 0; i < shortest.life().mishaps().size(); i++) {
            List<Mishap> mishaps = shortest.life().mishaps();
            for (Mishap simpler : mishaps.get(i).simpler()) {
                shorter |= accepted(shortest.life().withMishaps(replaced(mishaps, i, simpler)));
            }
        }
        return shorter;
    }

    private boolean earlierScenes() {
        boolean shorter = false;
        for (int i = 0; i < shortest.life().scenes().size(); i++) {
            List<Scene> scenes = shortest.life().scenes();
            Duration at = scenes.get(i).at();
            Duration rounded = Duration.ofMinutes(at.toMinutes());
            if (!rounded.equals(at)) {
                shorter |= accepted(shortest.life()
                        .withScenes(replaced(scenes, i, scenes.get(i).at(rounded))));
            }
        }
        return shorter;
    }

    private boolean simplerSetting() {
        boolean shorter = false;
        for (Setting simpler : shortest.life().setting().simpler()) {
            shorter |= accepted(shortest.life().with(simpler));
        }
        return shorter;
    }

    /** Leaves out one after the other, the last first. */
    private boolean anyOf(Supplier<Integer> size, Function<Integer, Life> candidate) {
        boolean shorter = false;
        for (int i = size.get() - 1; i >= 0; i--) {
            shorter |= i < size.get() && accepted(candidate.apply(i));
        }
        return shorter;
    }

    private boolean accepted(Life candidate) {
        if (tries >= TRIES || stopped.get()) {
            return false;
        }
        tries++;
        Optional<Played> broken = Optional.of(player.apply(candidate)).filter(played -> played.breaks(same));
        broken.ifPresent(played -> shortest = played);
        return broken.isPresent();
    }

    private static <T> List<T> without(List<T> all, int index) {
        List<T> fewer = new ArrayList<>(all);
        fewer.remove(index);
        return fewer;
    }

    private static <T> List<T> replaced(List<T> all, int index, T by) {
        List<T> other = new ArrayList<>(all);
        other.set(index, by);
        return other;
    }
}
