package dev.greenlight.cli.compare;

import java.util.function.ToDoubleFunction;

/** One column of the table: a number that each strategy has. */
public enum Figure {
    REQUESTS_LOST(
            "requestsLost",
            "lost",
            "requests of the good release that nobody answered well",
            Unit.COUNT,
            m -> m.requestsLost()),
    DOWNTIME_SECONDS(
            "downtimeSeconds",
            "downtime",
            "time in which no request was answered well",
            Unit.SECONDS,
            Measured::downtimeSeconds),
    MIXED_SECONDS(
            "mixedSeconds",
            "two versions",
            "time in which both versions answered users",
            Unit.SECONDS,
            Measured::mixedSeconds),
    ROLLBACK_SECONDS(
            "rollbackSeconds",
            "way back",
            "from a person's call until everybody is answered by what was there before, by the wall's clock; "
                    + "what takes minutes is played fast and counts as it would there",
            Unit.SECONDS,
            Measured::rollbackSeconds),
    BAD_VERSION_SHARE(
            "badVersionShare",
            "met bad one",
            "share of requests that the bad version answered while it was out",
            Unit.SHARE,
            m -> m.exposure().share()),
    RELEASE_MINUTES(
            "releaseMinutes",
            "release",
            "from the merge until it was promoted",
            Unit.MINUTES,
            Measured::releaseMinutes),
    EXTRA_INSTANCE_HOURS(
            "extraInstanceHours",
            "extra hours",
            "instance hours beyond the fleet that serves, until the old version's instances are gone",
            Unit.HOURS,
            Measured::extraInstanceHours),
    AWS_CALLS("awsCalls", "AWS calls", "what the hooks asked of AWS for it", Unit.COUNT, Measured::awsCalls);

    /** What a number is counted in. */
    public enum Unit {
        COUNT,
        SECONDS,
        MINUTES,
        HOURS,
        SHARE
    }

    private final String key;
    private final String title;
    private final String meaning;
    private final Unit unit;
    private final ToDoubleFunction<Measured> value;

    Figure(String key, String title, String meaning, Unit unit, ToDoubleFunction<Measured> value) {
        this.key = key;
        this.title = title;
        this.meaning = meaning;
        this.unit = unit;
        this.value = value;
    }

    /** Its name for programs. */
    public String key() {
        return key;
    }

    /** Its name over a column. */
    public String title() {
        return title;
    }

    /** What it says, to somebody who sees it for the first time. */
    public String meaning() {
        return meaning;
    }

    public Unit unit() {
        return unit;
    }

    public double of(Measured measured) {
        return value.applyAsDouble(measured);
    }
}
