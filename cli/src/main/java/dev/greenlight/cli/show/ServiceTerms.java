package dev.greenlight.cli.show;

import dev.greenlight.cli.simulate.Worst;
import dev.greenlight.service.Config;
import dev.greenlight.service.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
        sentences.add(under());
        worst.of(Worst.Kind.SECONDS_ON_BAD_VERSION)
                .ifPresent(seen -> sentences.add(
                        "A version that fails some of its users' requests was live for %s at most, until it was taken back."
                                .formatted(Figures.span(seen.value()))));
        worst.of(Worst.Kind.SECONDS_TO_ROLL_BACK)
                .ifPresent(seen ->
                        sentences.add("A person who called RollBack waited %s at most until all traffic was back."
                                .formatted(Figures.span(seen.value()))));
        sentences.add(
                "For %s after each release the old version is kept warm, and one call puts all traffic back on it."
                        .formatted(span(config.blueLifetime())));
        sentences.add(
                config.replaceWarm()
                        ? "A release in that time takes the warm fleet: the way back is then the release before it."
                        : "A release in that time is refused, so that the way back is never given up early.");
        if (!config.cooldown().isZero()) {
            sentences.add(
                    "After a release was taken back from users, the next one waits for %s, or until a person says so."
                            .formatted(span(config.cooldown())));
        }
        return sentences;
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

    private String under() {
        List<String> watched = new ArrayList<>();
        Config.Checks checks = config.checks();
        if (!checks.alarms().isEmpty()) {
            watched.add(Figures.count(checks.alarms().size(), "alarm"));
        }
        checks.errorShare().ifPresent(share -> watched.add("its share of errors" + enough(share)));
        checks.latency().ifPresent(latency -> watched.add("its latency" + enough(latency)));
        String bake = span(config.strategy().bake());
        return watched.isEmpty()
                ? "With users on it, nothing but its health is watched, for %s: what else is wrong with it, a person has to see."
                        .formatted(bake)
                : "With users on it, %s are watched beside its health, for %s."
                        .formatted(String.join(" and ", watched), bake);
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
        shorter("blueLifetime", config.blueLifetime(), played.blueLifetime(), sentences);
        shorter("strategy.bake", config.strategy().bake(), played.strategy().bake(), sentences);
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
