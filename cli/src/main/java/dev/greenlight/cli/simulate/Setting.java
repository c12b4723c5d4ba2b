package dev.greenlight.cli.simulate;

import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.codepipeline.JobTimings;
import dev.greenlight.sandbox.world.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The service of one life and how fast its platform is.
 *
 * @param instances how many instances serve when the life begins; 0 before a first release
 * @param perInstance requests a second that one instance is meant to have
 * @param boot from a launch until the instance runs
 * @param healthyAfter from a good release's installation until its health checks pass
 * @param jobInterval how often CodePipeline offers a job that goes on
 * @param freshJobIds whether a job that is offered again has another id
 * @param metricDelay how late CloudWatch is
 * @param followsLoad whether a scaling policy follows the load
 * @param overrides settings of the functions that are not the template's
 */
record Setting(
        int instances,
        int perInstance,
        Duration boot,
        Duration healthyAfter,
        Duration jobInterval,
        boolean freshJobIds,
        Duration metricDelay,
        boolean followsLoad,
        Map<String, String> overrides) {

    private static final String STRATEGY = "GREENLIGHT_STRATEGY";

    /** What the names of a strategy's own settings begin with: without it they say nothing, nor it without them. */
    private static final String STEP = "GREENLIGHT_STEP";

    private static final Setting PLAIN = new Setting(
            2,
            10,
            Duration.ofSeconds(40),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            false,
            Duration.ofMinutes(2),
            false,
            Map.of());

    Setting {
        // Ordered, so that equal lives read the same.
        overrides = java.util.Collections.unmodifiableMap(new TreeMap<>(overrides));
    }

    /** Nothing special, with these settings. */
    static Setting plain(Map<String, String> overrides) {
        return PLAIN.with(overrides);
    }

    /** The load at the beginning. */
    double perSecond() {
        return (double) perInstance * Math.max(instances, 1);
    }

    Setup setup(Setup modelled) {
        JobTimings.ContinuationIds ids =
                freshJobIds ? JobTimings.ContinuationIds.FRESH : JobTimings.ContinuationIds.SAME;
        return modelled.withTimings(Timings.ordinary().withBoot(boot).withMetricDelay(metricDelay))
                .withJobTimings(modelled.jobTimings().withInterval(jobInterval).withIds(ids))
                .withSeed(7);
    }

    /** What its releases are counted as, where users come to them by and by. */
    Optional<String> sharing() {
        return Optional.ofNullable(overrides.get(STRATEGY))
                .map(strategy -> "a service with " + (strategy.equals("linear") ? "equal shares" : "a canary"));
    }

    Setting withInstances(int other) {
        return new Setting(
                other, perInstance, boot, healthyAfter, jobInterval, freshJobIds, metricDelay, followsLoad, overrides);
    }

    Setting withPerInstance(int other) {
        return new Setting(
                instances, other, boot, healthyAfter, jobInterval, freshJobIds, metricDelay, followsLoad, overrides);
    }

    Setting withFreshJobIds() {
        return new Setting(
                instances, perInstance, boot, healthyAfter, jobInterval, true, metricDelay, followsLoad, overrides);
    }

    Setting with(Map<String, String> other) {
        return new Setting(
                instances, perInstance, boot, healthyAfter, jobInterval, freshJobIds, metricDelay, followsLoad, other);
    }

    /** Settings with less in them, the boldest first. */
    List<Setting> simpler() {
        List<Setting> simpler = new ArrayList<>();
        simpler.add(PLAIN.withInstances(instances).withPerInstance(perInstance).with(overrides));
        if (instances > 1) {
            simpler.add(withInstances(1));
            simpler.add(withInstances(2));
            simpler.add(withInstances(instances / 2));
            simpler.add(withInstances(instances - 1));
        }
        overrides.keySet().stream().filter(name -> !name.startsWith(STEP)).forEach(name -> {
            Map<String, String> fewer = new TreeMap<>(overrides);
            fewer.remove(name);
            if (name.equals(STRATEGY)) {
                fewer.keySet().removeIf(other -> other.startsWith(STEP));
            }
            simpler.add(with(fewer));
        });
        simpler.removeIf(this::equals);
        return simpler;
    }

    @Override
    public String toString() {
        return "%s, %d requests a second, %d s to boot, %d s to become healthy, a job every %d s%s, metrics %d s late%s%s"
                .formatted(
                        switch (instances) {
                            case 0 -> "no release yet";
                            case 1 -> "1 instance";
                            default -> instances + " instances";
                        },
                        Math.round(perSecond()),
                        boot.toSeconds(),
                        healthyAfter.toSeconds(),
                        jobInterval.toSeconds(),
                        freshJobIds ? " under another id" : "",
                        metricDelay.toSeconds(),
                        followsLoad ? ", fleets follow the load" : "",
                        overrides.isEmpty() ? "" : "; " + overrides);
    }
}
