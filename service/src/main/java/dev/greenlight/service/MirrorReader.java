package dev.greenlight.service;

import java.util.List;
import java.util.Optional;

/** Reads what copies requests on the instances, and what a release makes of the copies. */
final class MirrorReader {

    /** Whose requests have no body that matters: none is copied. */
    private static final Form<String> METHOD = Form.word("GET", "HEAD", "OPTIONS");

    private static final List<String> USUAL_METHODS = List.of("GET", "HEAD");
    private static final int USUAL_SHARE = 10;
    private static final int USUAL_APP_PORT = 8081;

    /** The shadow rules stand right before the preview rules, whose priorities stay where they are. */
    static final int RULES = 2;

    private MirrorReader() {}

    static Optional<Config.Mirror> read(Section fleet) {
        Section mirror = fleet.section("mirror");
        int share = mirror.value("share", Form.number(1, 100), USUAL_SHARE);
        List<String> methods = mirror.list("methods", METHOD, 3);
        int appPort = mirror.value("appPort", Form.number(1, 65_535), USUAL_APP_PORT);
        return mirror.present()
                ? Optional.of(new Config.Mirror(share, methods.isEmpty() ? USUAL_METHODS : methods, appPort))
                : Optional.empty();
    }

    /** What it asks of the rest of the file. */
    static void check(
            Section root, Network network, Config.Fleet fleet, Config.Strategy strategy, Config.Checks checks) {
        fleet.mirror().ifPresent(mirror -> {
            if (mirror.appPort() == fleet.port()) {
                root.section("fleet")
                        .section("mirror")
                        .fault("appPort", "nginx listens on %d: the application needs another".formatted(fleet.port()));
            }
            if (network.priority() <= RULES) {
                root.section("network")
                        .fault("priority", "with fleet.mirror two rules come before it: at least " + (RULES + 1));
            }
        });
        if (strategy.traffic() instanceof Config.Traffic.Shadow) {
            if (fleet.mirror().isEmpty()) {
                root.section("strategy").fault("kind", "shadow needs fleet.mirror: nothing else copies requests");
            }
            if (checks.errorShare().isEmpty() && checks.latency().isEmpty()) {
                root.section("strategy")
                        .fault("kind", "shadow compares nothing without checks.errorShare or checks.latency");
            }
        }
    }
}
