package dev.greenlight.domain.check;

import java.time.Duration;
import java.util.Optional;

/**
 * One request to green through the preview rule, and what its answer must be.
 *
 * @param path path and query, beginning with a slash
 * @param status the status that is expected
 * @param bodyContains text that the body must contain
 * @param versionHeader header whose value must be the name of the revision
 * @param budget the longest that the answer may take
 * @param sameAsBlue whether the body must be the one that blue answers with at the same time
 */
public record SmokeTest(
        String path,
        int status,
        Optional<String> bodyContains,
        Optional<String> versionHeader,
        Duration budget,
        boolean sameAsBlue) {

    private static final Duration SLACK = Duration.ofSeconds(1);

    /** Blue before and after green. */
    private static final int ASKED_WITH_BLUE = 3;

    /** How long its answer is waited for: longer than it may take, so that a late one is seen to be late. */
    public Duration patience() {
        return budget.plus(SLACK);
    }

    /** How long all its answers may be waited for, one after the other. */
    public Duration longest() {
        return patience().multipliedBy(sameAsBlue ? ASKED_WITH_BLUE : 1);
    }
}
