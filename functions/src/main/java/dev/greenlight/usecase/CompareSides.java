package dev.greenlight.usecase;

import dev.greenlight.domain.check.BothSides;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.Trials;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Asks what both sides of an A/B test came to, once its time is over. */
final class CompareSides {

    private final Ports ports;

    CompareSides(Ports ports) {
        this.ports = ports;
    }

    /** @return a verdict for each thing that is compared; none while the test is not to be compared yet */
    List<Verdict> of(Rollout rollout, Instant now) {
        return Trials.toBeCompared(rollout, now)
                .map(window -> compared(rollout, window))
                .orElse(List.of());
    }

    /** What cannot be had now is no evidence for either side: the next call asks again. */
    private List<Verdict> compared(Rollout rollout, Trials.Window window) {
        Trial trial = rollout.step().flatMap(Step::trial).orElseThrow();
        try {
            return sides(rollout.green(), trial, window).verdicts(trial);
        } catch (CallFailed failed) {
            return List.of(Verdict.inconclusive("the comparison", failed.getMessage()));
        }
    }

    private BothSides sides(FleetName green, Trial trial, Trials.Window window) {
        Metrics metrics = ports.metrics();
        Map<FleetName, Traffic> traffic = metrics.traffic(window.from(), window.to());
        Map<FleetName, Measured> measured = trial.metric()
                .map(metric -> metrics.measured(metric, window.from(), window.to()))
                .orElse(Map.of());
        return new BothSides(
                traffic.get(green.other()),
                traffic.get(green),
                measured.getOrDefault(green.other(), Measured.NOTHING),
                measured.getOrDefault(green, Measured.NOTHING));
    }
}
