package dev.greenlight.cli.show;

import dev.greenlight.service.Trial;
import java.time.Duration;

/** What an A/B test means, in a sentence. */
final class TestTerms {

    private TestTerms() {}

    static String of(Trial test) {
        String end = switch (test.end()) {
            case PROMOTE -> "it is given to all";
            case ROLL_BACK -> "it is taken back";
            case WAIT -> "a person has %s to decide".formatted(span(test.within()));
        };
        return "%d%% of the users try it for %s, each stays on a side for %s; then both sides are compared, and where nothing speaks against it %s."
                .formatted(test.share(), span(test.runs()), span(test.sticks()), end);
    }

    private static String span(Duration duration) {
        return Figures.span(duration.toSeconds());
    }
}
