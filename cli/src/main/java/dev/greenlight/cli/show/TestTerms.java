package dev.greenlight.cli.show;

import dev.greenlight.service.Audience;
import dev.greenlight.service.Trial;
import java.time.Duration;
import java.util.stream.Collectors;

/** What an A/B test means, in a sentence. */
final class TestTerms {

    private TestTerms() {}

    static String of(Trial test) {
        String end = switch (test.end()) {
            case PROMOTE -> "it is given to all";
            case ROLL_BACK -> "it is taken back";
            case WAIT -> "a person has %s to decide".formatted(span(test.within()));
        };
        String runs = span(test.runs());
        String tried = switch (test.who()) {
            case Trial.Share share ->
                "%d%% of the users try it for %s, each stays on a side for %s"
                        .formatted(share.percent(), runs, span(share.sticks()));
            case Audience audience -> "Requests with %s try it for %s".formatted(told(audience), runs);
        };
        return "%s; then both sides are compared, and where nothing speaks against it %s.".formatted(tried, end);
    }

    /** {@code X-Beta: yes or no, from 203.0.113.0/24}. */
    private static String told(Audience audience) {
        return audience.conditions().stream()
                .map(condition -> {
                    String values = String.join(" or ", condition.values());
                    return switch (condition.field()) {
                        case HEADER -> condition.name() + ": " + values;
                        case QUERY -> "?%s=%s".formatted(condition.name(), values);
                        case SOURCE -> "addresses in " + values;
                    };
                })
                .collect(Collectors.joining(" and "));
    }

    private static String span(Duration duration) {
        return Figures.span(duration.toSeconds());
    }
}
