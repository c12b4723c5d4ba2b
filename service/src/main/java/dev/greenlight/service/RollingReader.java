package dev.greenlight.service;

import java.time.Duration;
import java.util.Optional;

/** Reads how a release goes from zone to zone. */
final class RollingReader {

    static final String KIND = "rolling";

    /** What only this kind has. */
    static final String[] KEYS = {"zoneBake", "firstZoneBake", "keep", "keepInZone", "pause"};

    private static final Form<Duration> WATCH = Form.duration(Duration.ofMinutes(1), Duration.ofHours(12));
    private static final Form<Duration> PATIENCE = Form.duration(Duration.ofMinutes(1), Duration.ofHours(18));
    private static final Form<String> OTHERWISE = Form.word("roll-back", "go-on");
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final int HALF = 50;

    /** A pipeline's action waits a day ("Quotas in CodePipeline"), of which three zones take three hours to be installed on. */
    private static final Duration LONGEST = Duration.ofHours(20);

    private static final int USUAL_ZONES = 3;

    private RollingReader() {}

    /** Asked for every kind, so that no key is unknown. */
    static Config.Traffic.Rolling read(Section strategy) {
        Duration bake = strategy.value("zoneBake", WATCH, USUAL);
        Duration first = strategy.value("firstZoneBake", WATCH, bake);
        int keep = strategy.value("keep", Form.number(1, 99), HALF);
        int keepInZone = strategy.value("keepInZone", Form.number(0, 99), 0);
        Section pause = strategy.section("pause");
        // Asked also where it is not there: what is asked is what the file may have.
        Duration patience = pause.required("within", PATIENCE, USUAL);
        boolean goesOn = pause.value("otherwise", OTHERWISE, "roll-back").equals("go-on");
        Optional<Duration> within = pause.present() ? Optional.of(patience) : Optional.empty();
        Duration together = first.plus(bake.plus(ZoneConfiguration.GATE).multipliedBy(USUAL_ZONES))
                .plus(within.orElse(Duration.ZERO));
        if (together.compareTo(LONGEST) > 0) {
            strategy.fault(
                    "kind",
                    "%d zones may be watched for %s: a pipeline's action can wait a day"
                            .formatted(USUAL_ZONES, Form.words(together)));
        }
        return new Config.Traffic.Rolling(first, bake, keep, keepInZone, within, goesOn);
    }
}
