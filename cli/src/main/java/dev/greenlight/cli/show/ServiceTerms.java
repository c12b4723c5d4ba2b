package dev.greenlight.cli.show;

import dev.greenlight.cli.simulate.Worst;
import dev.greenlight.service.Config;
import dev.greenlight.service.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a service's settings mean to those who use it and to those who run it, in sentences.
 *
 * @param config what its file says
 * @param played the same as it is played
 */
public record ServiceTerms(Config config, Config played) {

    /** What the settings promise, and what was the worst that came of them. */
    public List<String> meaning(Worst worst) {
        List<String> sentences = new ArrayList<>();
        sentences.add(before());
        steps().ifPresent(sentences::add);
        sentences.add(under());
        worst.of(Worst.Kind.SECONDS_ON_BAD_VERSION)
                .ifPresent(seen -> sentences.add(
                        "In the worst of these lives users were for %s on a version that fails some of their requests."
                                .formatted(Figures.span(seen.value()))));
        if (watched().isEmpty()) {
            sentences.add("Such a version stays until a person takes it back: an alarm, checks.errorShare or"
                    + " checks.latency would see it.");
        }
        worst.of(Worst.Kind.SECONDS_TO_ROLL_BACK).ifPresent(seen -> sentences.add(back(seen.value())));
        sentences.addAll(wayBack());
        if (!config.cooldown().isZero()) {
            sentences.add(
                    "After a release was taken back from users, the next one waits for %s, or until a person says so."
                            .formatted(span(config.cooldown())));
        }
        return sentences;
    }

    private List<String> wayBack() {
        if (config.strategy().traffic() instanceof Config.Traffic.Rolling) {
            return List.of(
                    "Until eight hours after it is promoted, one call installs the old version again, zone by zone and without downtime;"
                            + " afterwards that is another release.");
        }
        if (config.strategy().traffic() instanceof Config.Traffic.InPlace) {
            return List.of(
                    "Until eight hours after it is promoted, one call installs the old version again, which costs the same downtime once more;"
                            + " afterwards that is another release.");
        }
        if (config.strategy().traffic() instanceof Config.Traffic.Recreate) {
            return List.of(
                    "Until eight hours after it is promoted, one call shuts users out once more and starts the old version again;"
                            + " afterwards that is another release.");
        }
        return List.of(
                "For %s after each release the old version is kept warm, and one call puts all traffic back on it."
                        .formatted(span(config.blueLifetime())),
                config.replaceWarm()
                        ? "A release in that time takes the warm fleet: the way back is then the release before it."
                        : "A release in that time is refused, so that the way back is never given up early.");
    }

    private static String back(double seconds) {
        return seconds == 0
                ? "Whenever a person called RollBack and there was a way back, the first call moved all traffic."
                : "A person who called RollBack had to call again for %s at most, until AWS let all traffic move back."
                        .formatted(Figures.span(seconds));
    }

    private String before() {
        int tests = config.checks().smoke().size();
        String asked = config.approval().beforeTraffic()
                ? ", and a person is asked, who has %s"
                        .formatted(span(config.approval().within()))
                : "";
        return tests == 0
                ? "Before users come, nothing asks a new version for anything but its health%s.".formatted(asked)
                : "Before users come, a new version is asked for its health and by %s%s."
                        .formatted(Figures.count(tests, "smoke test"), asked);
    }

    /** How users come to a new version, where they do not all come at once. */
    private Optional<String> steps() {
        return switch (config.strategy().traffic()) {
            case Config.Traffic.BlueGreen all -> Optional.empty();
            case Config.Traffic.InPlace same ->
                Optional.of(
                        "It is installed on the fleet that serves: until its instances are healthy again, nobody answers its users.");
            case Config.Traffic.Recreate turns ->
                Optional.of(
                        "It never runs beside the old one: until it is validated, nobody answers its users but the load balancer, with 503.");
            case Config.Traffic.Rolling rolling ->
                Optional.of(
                        "It is installed on the fleet that serves, one Availability Zone after the other: each is drained before, and watched for %s after it%s."
                                .formatted(
                                        span(rolling.bake()),
                                        rolling.pause()
                                                .map(pause -> ", and after the first one a person is waited for "
                                                        + span(pause))
                                                .orElse("")));
            case Config.Traffic.Shadow shadow ->
                Optional.of(
                        "Before that it gets copies of %d%% of their %s requests for %s, and nobody sees its answers."
                                .formatted(
                                        config.fleet().mirror().orElseThrow().share(),
                                        String.join(
                                                " and ",
                                                config.fleet()
                                                        .mirror()
                                                        .orElseThrow()
                                                        .methods()),
                                        span(shadow.watch())));
            case Config.Traffic.Linear linear ->
                Optional.of(
                        "Users come to it by %d%% more every %s.".formatted(linear.weight(), span(linear.interval())));
            case Config.Traffic.AbTest test -> Optional.of(TestTerms.of(test.test()));
            case Config.Traffic.Canary canary -> {
                List<String> shares = new ArrayList<>();
                for (Config.Step step : canary.steps()) {
                    String asked = step.pause()
                            .map(pause -> ", and then until a person lets it go on, or after %s it %s"
                                    .formatted(span(pause), step.goesOn() ? "goes on" : "is taken back"))
                            .orElse("");
                    shares.add("%d%% for %s%s".formatted(step.weight(), span(step.bake()), asked));
                }
                yield Optional.of(
                        "Users come to it by shares: %s; then all of them.".formatted(String.join("; ", shares)));
            }
        };
    }

    private List<String> watched() {
        List<String> watched = new ArrayList<>();
        Config.Checks checks = config.checks();
        if (!checks.alarms().isEmpty()) {
            watched.add(Figures.count(checks.alarms().size(), "alarm"));
        }
        checks.errorShare().ifPresent(share -> watched.add("its share of errors" + enough(share)));
        checks.latency().ifPresent(latency -> watched.add("its latency" + enough(latency)));
        return watched;
    }

    private String under() {
        List<String> things = new ArrayList<>(List.of("its health"));
        things.addAll(watched());
        String last = things.removeLast();
        String bake = span(config.strategy().bake());
        return things.isEmpty()
                ? "While users try it, for %s, nothing but %s is watched.".formatted(bake, last)
                : "While users try it, for %s, %s and %s are watched.".formatted(bake, String.join(", ", things), last);
    }

    private static String enough(Config.Comparison comparison) {
        return comparison
                .minimumRequests()
                .map(least -> " (from %s on)".formatted(Figures.count(least, "request")))
                .orElse("");
    }

    /** What of the file is played otherwise, or not at all. */
    public List<String> unplayed() {
        List<String> sentences = new ArrayList<>();
        if (config.approval().beforeTraffic()) {
            sentences.add("approvals: whoever is asked says yes, two minutes later");
        }
        if (config.strategy().traffic().keepsBlueWarm()) {
            shorter("blueLifetime", config.blueLifetime(), played.blueLifetime(), sentences);
        }
        shorter("cooldown", config.cooldown(), played.cooldown(), sentences);
        shorter("strategy.bake", config.strategy().bake(), played.strategy().bake(), sentences);
        if (!config.strategy().traffic().equals(played.strategy().traffic())) {
            sentences.add(
                    "strategy: waits between shares are no longer than half an hour; now and then a person lets a pause end");
        }
        if (config.strategy().traffic() instanceof Config.Traffic.AbTest) {
            sentences.add(
                    "strategy.compare, strategy.metric: half an hour's requests are compared, a thousand are enough,"
                            + " and no metric is");
        }
        if (config.fleet().maximum() > dev.greenlight.cli.simulate.Service.MOST) {
            sentences.add("fleet.maximum: a life begins with %d instances at most"
                    .formatted(dev.greenlight.cli.simulate.Service.MOST));
        }
        if (config.network().vpc().isPresent() || config.network().listener().isPresent()) {
            sentences.add(
                    "network.vpc, network.listener: the load balancer is one of its own, without anybody else's rules");
        }
        if (!config.network().paths().isEmpty()) {
            sentences.add("network.paths: each path of its hosts is the service's");
        }
        if (config.source().from() instanceof Source.S3) {
            sentences.add("source.s3: a release begins as a merge on GitHub would");
        }
        if (config.checks().onInstance()) {
            sentences.add("checks.onInstance: scripts on instances do not ask ValidateInstance");
        }
        sentences.add("region, instanceType, image, diskGiB, packages, certificate, build, notifications, tags, prices:"
                + " no rollout can tell");
        return sentences;
    }

    private static void shorter(String key, Duration said, Duration played, List<String> sentences) {
        if (!said.equals(played)) {
            sentences.add("%s: %s are played as %s, in which each minute is like the next"
                    .formatted(key, span(said), span(played)));
        }
    }

    private static String span(Duration duration) {
        return Figures.span(duration.toSeconds());
    }
}
