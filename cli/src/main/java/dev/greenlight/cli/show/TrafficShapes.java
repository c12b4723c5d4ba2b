package dev.greenlight.cli.show;

import java.util.ArrayList;
import java.util.List;

/** Traffic over time as shapes: who answered, stacked, and what failed before all of them. */
final class TrafficShapes {

    /** Of the view box; its width is as much. */
    static final double HEIGHT = 100;

    /** A single failure among thousands would be thinner than a line of the screen. */
    private static final double LEAST_HEIGHT = 2;

    private static final int TIME_MARKS = 5;
    private static final int RATE_MARKS = 3;

    private final Slices slices;
    private final Axis time;
    private final Axis rate;

    TrafficShapes(Slices slices) {
        this.slices = slices;
        double start = Math.min(0, slices.from(0));
        this.time = Axis.spanning(start, slices.from(slices.size()), TIME_MARKS);
        double most = 0;
        for (int i = 0; i < slices.size(); i++) {
            most = Math.max(most, slices.totalRate(i));
        }
        this.rate = Axis.above(most, RATE_MARKS);
    }

    /** Seconds since the merge. */
    Axis time() {
        return time;
    }

    /** Requests per second. */
    Axis rate() {
        return rate;
    }

    /** What is drawn into a view box of 100 by 100. */
    String svg() {
        StringBuilder svg = new StringBuilder();
        for (double mark : rate.marks()) {
            svg.append("<line class=\"grid\" x1=\"0\" x2=\"100\" y1=\"%1$s\" y2=\"%1$s\"/>\n".formatted(y(mark)));
        }
        List<String> below = new ArrayList<>();
        for (String version : slices.versions()) {
            svg.append("<path class=\"%s\" d=\"%s\"/>\n".formatted(css(version), area(version, below)));
            below.add(version);
        }
        for (int i = 0; i < slices.size(); i++) {
            if (slices.failed(i) > 0) {
                svg.append(failure(i));
            }
        }
        return svg.toString();
    }

    /** Steps, not slopes: a slice's count says nothing about what lies between two slices. */
    private String area(String version, List<String> below) {
        StringBuilder top = new StringBuilder("M 0 100");
        StringBuilder bottom = new StringBuilder();
        for (int i = 0; i < slices.size(); i++) {
            double floor = 0;
            for (String under : below) {
                floor += slices.rate(i, under);
            }
            String left = x(slices.from(i));
            String right = x(slices.from(i + 1));
            String ceiling = y(floor + slices.rate(i, version));
            top.append(i == 0 ? "M " + left + " " + ceiling : " L " + left + " " + ceiling)
                    .append(" H ")
                    .append(right);
            bottom.insert(0, " L %s %s H %s".formatted(right, y(floor), left));
        }
        return top.substring("M 0 100".length()) + bottom + " Z";
    }

    private String failure(int i) {
        double height = Math.max(LEAST_HEIGHT, rate.percent(slices.failedRate(i)));
        return "<rect class=\"failed\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"><title>%s</title></rect>\n"
                .formatted(
                        x(slices.from(i)),
                        Html.number(HEIGHT - height),
                        Html.number(time.percent(slices.from(i + 1)) - time.percent(slices.from(i))),
                        Html.number(height),
                        Figures.count(slices.failed(i)) + " failed");
    }

    /** Each version's name where it answered most, if there is room. */
    String names() {
        StringBuilder names = new StringBuilder();
        for (String version : slices.versions()) {
            int begin = 0;
            int longest = 0;
            int run = 0;
            for (int i = 0; i < slices.size(); i++) {
                run = slices.rate(i, version) > slices.totalRate(i) / 2 ? run + 1 : 0;
                if (run > longest) {
                    longest = run;
                    begin = i + 1 - run;
                }
            }
            double from = time.percent(slices.from(begin));
            double to = time.percent(slices.from(begin + longest));
            if (to - from > 8) {
                names.append("<span class=\"name\" style=\"left:%s%%\">%s</span>"
                        .formatted(Html.number((from + to) / 2), Html.escaped(Slices.name(version))));
            }
        }
        return names.toString();
    }

    /** The class of what the version answered. */
    String css(String version) {
        return switch (slices.role(version)) {
            case BEFORE -> "before";
            case RELEASED -> "released";
            case OTHER -> "other";
        };
    }

    private String x(double second) {
        return Html.number(time.percent(second));
    }

    private String y(double perSecond) {
        return Html.number(HEIGHT - rate.percent(perSecond));
    }
}
