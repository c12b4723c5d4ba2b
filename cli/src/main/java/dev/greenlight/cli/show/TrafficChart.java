package dev.greenlight.cli.show;

import dev.greenlight.cli.demo.Outcome;
import dev.greenlight.cli.demo.Release;
import dev.greenlight.cli.theatre.WeightsWritten;
import java.util.ArrayList;
import java.util.List;

/**
 * The picture of one release: who answered over time, what failed, what the rule said, and when which decision fell.
 *
 * <p>The shapes are SVG that stretches with the page; the words around them are HTML, so that they stay legible on a phone.
 */
final class TrafficChart {

    /** Room that a decision's number takes, in percent of a narrow picture. */
    private static final double MARK_ROOM = 7.5;

    private final Release release;
    private final Slices slices;
    private final List<Decisions.Entry> decisions;
    private final TrafficShapes shapes;
    private final Axis time;
    private final Axis rate;

    TrafficChart(Release release, List<Decisions.Entry> decisions) {
        this.release = release;
        this.slices = Slices.of(release);
        this.decisions = decisions;
        this.shapes = new TrafficShapes(slices);
        this.time = shapes.time();
        this.rate = shapes.rate();
    }

    String html() {
        return """
                <figure>
                <div class="chart">
                <div class="unit left">requests<br/>per second</div>
                %s
                <div class="plot">
                %s
                <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="%s">
                %s</svg>
                %s</div>
                <div class="xaxis">%s</div>
                <div class="xtitle">seconds since the merge (wall time)</div>
                </div>
                <figcaption>%s</figcaption>
                </figure>
                """.formatted(
                rateMarks(), decisionMarks(), Html.escaped(words()), shapes(), shapes.names(), timeMarks(), legend());
    }

    private String words() {
        return "Traffic while %s was released: %s sent, %d failed; answered by %s."
                .formatted(
                        release.version(),
                        Figures.count(release.receipt().requests(), "request"),
                        release.receipt().failed(),
                        Figures.byVersion(release.receipt().requestsByVersion()));
    }

    private String shapes() {
        StringBuilder svg = new StringBuilder(shapes.svg());
        String weights = weights();
        if (!weights.isEmpty()) {
            svg.append("<path class=\"halo\" d=\"%1$s\"/>\n<path class=\"weight\" d=\"%1$s\"/>\n".formatted(weights));
        }
        return svg.toString();
    }

    /** The share that the rule gives to the release, as it was written; nothing if it was never written. */
    private String weights() {
        if (release.writes().isEmpty()) {
            return "";
        }
        boolean onA = releasedOnA();
        StringBuilder path = new StringBuilder("M 0 100");
        for (WeightsWritten write : release.writes()) {
            int share = onA ? write.a() : write.b();
            path.append(" H ").append(x(slices.second(write.at())));
            path.append(" V ").append(Html.number(TrafficShapes.HEIGHT - share));
        }
        return path.append(" H 100").toString();
    }

    /** A promoted release has the larger weight in the end, any other the smaller one. */
    private boolean releasedOnA() {
        WeightsWritten last = release.writes().getLast();
        return (last.a() > last.b()) == (release.outcome() == Outcome.PROMOTED);
    }

    private String decisionMarks() {
        List<Double> lanes = new ArrayList<>();
        StringBuilder stems = new StringBuilder();
        StringBuilder marks = new StringBuilder();
        for (Decisions.Entry decision : decisions) {
            if (decision.number().isEmpty()) {
                continue;
            }
            double x = time.percent(decision.second());
            int lane = 0;
            while (lane < lanes.size() && lanes.get(lane) > x) {
                lane++;
            }
            if (lane == lanes.size()) {
                lanes.add(0.0);
            }
            lanes.set(lane, x + MARK_ROOM);
            String place = "left:%s%%;top:calc(%d * var(--lane))".formatted(Html.number(x), lane);
            stems.append("<span class=\"stem\" style=\"%s\"></span>".formatted(place));
            marks.append("<a class=\"mark %s\" href=\"#%s\" style=\"%s\" title=\"%s\">%d</a>"
                    .formatted(
                            decision.css(),
                            decision.anchor(),
                            place,
                            Html.escaped(decision.words()),
                            decision.number().getAsInt()));
        }
        return "<div class=\"marks\" style=\"height:calc(%d * var(--lane))\"></div>%s%s"
                .formatted(lanes.size(), stems, marks);
    }

    private String rateMarks() {
        StringBuilder marks = new StringBuilder("<div class=\"yaxis left\">");
        for (double mark : rate.marks()) {
            marks.append("<span style=\"bottom:%s%%\">%s</span>"
                    .formatted(Html.number(rate.percent(mark)), Figures.count(Math.round(mark))));
        }
        marks.append("</div>");
        if (!release.writes().isEmpty()) {
            marks.append("<div class=\"unit right\">weight<br/>set</div><div class=\"yaxis right\">");
            for (int percent : new int[] {0, 50, 100}) {
                marks.append("<span style=\"bottom:%d%%\">%d%%</span>".formatted(percent, percent));
            }
            marks.append("</div>");
        }
        return marks.toString();
    }

    private String timeMarks() {
        StringBuilder marks = new StringBuilder();
        for (double mark : time.marks()) {
            marks.append("<span style=\"left:%s%%\">%s</span>"
                    .formatted(Html.number(time.percent(mark)), Figures.mark(mark)));
        }
        return marks.toString();
    }

    private String legend() {
        StringBuilder legend = new StringBuilder();
        for (String version : slices.versions()) {
            String meaning = switch (slices.role(version)) {
                case BEFORE -> "answered by %s, which served before";
                case RELEASED -> "answered by %s, the release";
                case OTHER -> "answered by %s";
            };
            legend.append(key(shapes.css(version), meaning.formatted(Slices.name(version))));
        }
        if (release.receipt().failed() > 0) {
            legend.append(key("failed", "failed"));
        }
        if (!release.writes().isEmpty()) {
            legend.append(key("weight", "weight set for %s, right axis".formatted(release.version())));
        }
        return legend.append("<span class=\"key\"><i class=\"number\">1</i>a decision, in words below</span>")
                .toString();
    }

    private static String key(String css, String meaning) {
        return "<span class=\"key\"><i class=\"%s\"></i>%s</span>".formatted(css, Html.escaped(meaning));
    }

    private String x(double second) {
        return Html.number(time.percent(second));
    }
}
