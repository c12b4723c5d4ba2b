package dev.greenlight.cli.show;

import dev.greenlight.cli.compare.Picture;
import java.util.Optional;

/** One release as a small picture: who answered over time, what failed, and how it ended. */
final class SmallPicture {

    /** What is written beyond this would run over into the next picture. */
    private static final double RIGHT_END = 94;

    private final String title;
    private final Picture picture;
    private final TrafficShapes shapes;

    SmallPicture(String title, Picture picture) {
        this.title = title;
        this.picture = picture;
        this.shapes = new TrafficShapes(
                new Slices(picture.version(), Optional.of(picture.previous()), picture.from(), picture.buckets()));
    }

    String html() {
        return """
                <figure class="small">
                <h3>%s <span class="versions">%s → %s</span></h3>
                <div class="plot">
                <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="%s">
                %s</svg>
                %s</div>
                <div class="xaxis">%s</div>
                <figcaption>%s</figcaption>
                </figure>
                """.formatted(
                        Html.escaped(title),
                        Html.escaped(picture.previous()),
                        Html.escaped(picture.version()),
                        Html.escaped(words()),
                        shapes.svg(),
                        shapes.names(),
                        minutes(),
                        caption());
    }

    private String words() {
        return "%s: %s sent, %s failed."
                .formatted(title, Figures.count(picture.requests(), "request"), Figures.count(picture.failed()));
    }

    private String minutes() {
        StringBuilder marks = new StringBuilder();
        double last = shapes.time().marks().getLast();
        for (double mark : shapes.time().marks()) {
            double minutes = mark * picture.minutesPerSecond();
            double x = shapes.time().percent(mark);
            marks.append("<span%s style=\"left:%s%%\">%s%s</span>"
                    .formatted(
                            x > RIGHT_END ? " class=\"end\"" : "",
                            Html.number(x),
                            Figures.mark(minutes),
                            mark == last ? " min" : ""));
        }
        return marks.toString();
    }

    private String caption() {
        return "<span><b>%s</b>, <b class=\"%s\">%s failed</b></span><span>%s</span>"
                .formatted(
                        Html.escaped(Figures.count(picture.requests(), "request")),
                        picture.failed() == 0 ? "none" : "some",
                        Html.escaped(Figures.count(picture.failed())),
                        Html.escaped(picture.verdict()));
    }
}
