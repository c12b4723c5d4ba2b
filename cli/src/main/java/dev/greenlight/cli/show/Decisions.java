package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.Release;
import dev.greenlight.cli.theatre.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A release's decisions for a page: those that changed something are numbered, waiting is told without a number. */
final class Decisions {

    private Decisions() {}

    /**
     * One of them.
     *
     * @param number in the picture and in the list; empty for a hold
     * @param second wall seconds since the merge
     * @param anchor the id of its line in the list
     */
    record Entry(OptionalInt number, double second, String anchor, Story.Line line) {

        String words() {
            return line.first().decision() + ": " + line.last().reason();
        }

        /** The class that colours it by what it does to users. */
        String css() {
            return switch (line.first().decision()) {
                case "shift", "promote" -> "forward";
                case "roll back", "reject", "refuse" -> "back";
                case "hold" -> "wait";
                default -> "step";
            };
        }
    }

    /** Those of one release; {@code place} makes its anchors differ from those of other releases on the page. */
    static List<Entry> of(Release release, int place) {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (Story.Line line : Story.of(release.story()).lines()) {
            OptionalInt shown = line.hold() ? OptionalInt.empty() : OptionalInt.of(++number);
            double second = Duration.between(release.from(), line.first().at()).toNanos() / 1e9;
            entries.add(new Entry(shown, second, "r%d-d%d".formatted(place, entries.size()), line));
        }
        return entries;
    }

    /** As a list with times of both clocks. */
    static String html(List<Entry> entries) {
        StringBuilder html = new StringBuilder("<ol class=\"story\">\n");
        for (Entry entry : entries) {
            html.append("""
                    <li id="%s" class="%s"><span class="mark %s">%s</span>\
                    <span class="when">%s<small>%s</small></span>\
                    <span class="what"><b>%s:</b> %s%s%s</span></li>
                    """.formatted(
                            entry.anchor(),
                            entry.css(),
                            entry.css(),
                            entry.number().isPresent() ? entry.number().getAsInt() : "·",
                            Figures.seconds(entry.second()),
                            Figures.clock(entry.line().first().sandboxAt()),
                            Html.escaped(entry.line().first().decision()),
                            Html.escaped(entry.line().last().reason()),
                            entry.line().times() == 1
                                    ? ""
                                    : " <small>(%d times)</small>"
                                            .formatted(entry.line().times()),
                            rule(entry.line().last())));
        }
        return html.append("</ol>\n").toString();
    }

    private static String rule(Told told) {
        return told.routing().isBlank()
                ? ""
                : " <small class=\"rule\">the rule showed " + Html.escaped(told.routing()) + "</small>";
    }
}
