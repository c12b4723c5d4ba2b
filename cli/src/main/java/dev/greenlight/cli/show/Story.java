package dev.greenlight.cli.show;

import dev.greenlight.cli.theatre.Told;
import java.util.ArrayList;
import java.util.List;

/**
 * Decisions in their order, with repetitions folded.
 *
 * <p>A hook that waits says so at each call. Since the last decision that was no hold, each reason to hold is one line, whatever numbers
 * are in it; it keeps the latest words.
 */
final class Story {

    private final List<Line> lines = new ArrayList<>();

    static Story of(List<Told> told) {
        Story story = new Story();
        told.forEach(story::add);
        return story;
    }

    /** One line of the story: it was told first and last, and how often. */
    record Line(Told first, Told last, int times) {

        boolean hold() {
            return first.decision().equals("hold");
        }

        private boolean repeatedBy(Told told) {
            return hold() && told.decision().equals("hold") && shape(first).equals(shape(told));
        }

        private static String shape(Told told) {
            return told.reason().replaceAll("[0-9][0-9:.,T%Z-]*", "#");
        }

        private Line again(Told told) {
            return new Line(first, told, times + 1);
        }
    }

    /** Takes in what was told; whether it is a line of its own. */
    boolean add(Told told) {
        for (int i = lines.size() - 1; i >= 0 && lines.get(i).hold(); i--) {
            if (lines.get(i).repeatedBy(told)) {
                lines.set(i, lines.get(i).again(told));
                return false;
            }
        }
        lines.add(new Line(told, told, 1));
        return true;
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    void clear() {
        lines.clear();
    }
}
