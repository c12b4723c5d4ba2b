package dev.greenlight.cli.compare;

import java.util.List;

/**
 * The table as it was measured.
 *
 * @param strategies in the order in which they were asked for
 * @param astray what is not in it: strategies with a release that did not end as it should, a sentence each
 * @param perSecond requests in each second of the wall
 * @param factor sandbox seconds in a second of the wall
 * @param seconds wall seconds that all of it took
 */
public record ComparisonReport(
        List<Measured> strategies, List<String> astray, int perSecond, double factor, double seconds) {

    public ComparisonReport {
        strategies = List.copyOf(strategies);
        astray = List.copyOf(astray);
    }
}
