package dev.greenlight.cli.simulate;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import java.util.stream.Stream;

/** What the checks of a service must see of a release: what nobody asks for, Greenlight cannot know. */
record Scrutiny(Terms terms) {

    /** Whether no user may ever be on it: what it does wrong shows before traffic moves. */
    boolean keepsUsersFrom(Quality quality) {
        return quality.neverRuns() || terms.beforeTraffic().stream().anyMatch(check -> fails(check, quality));
    }

    /** Whether it must never be promoted by itself. */
    boolean refuses(Quality quality) {
        return keepsUsersFrom(quality) || terms.underTraffic().stream().anyMatch(check -> fails(check, quality));
    }

    private static boolean fails(Check check, Quality quality) {
        Behaviour behaviour = quality.behaviour(Duration.ZERO);
        long millis = behaviour.latency().toMillis();
        return switch (check) {
            case Check.Smoke smoke ->
                smoke.tests().stream()
                        .anyMatch(test -> behaviour.errorShare() == 1
                                || quality == Quality.ANSWERS_OTHERWISE && test.sameAsBlue()
                                || behaviour.latency().compareTo(test.budget()) > 0);
            // A share near the limit is a matter of luck.
            case Check.ErrorShare share -> behaviour.errorShare() > 2 * share.tolerance();
            case Check.Latency latency ->
                millis > latency.ceilingMillis()
                        || millis
                                > 2
                                        * latency.ratio()
                                        * Quality.GOOD
                                                .behaviour(Duration.ZERO)
                                                .latency()
                                                .toMillis();
            case Check.FleetCapacity capacity -> false;
            case Check.InstanceStatus status -> false;
            case Check.TargetHealth health -> false;
            case Check.Alarms alarms -> false;
        };
    }

    /** Requests a second without which a check has too little to say anything, and a good release is taken back for that. */
    double leastPerSecond() {
        double checks = Stream.concat(terms.beforeTraffic().stream(), terms.underTraffic().stream())
                .mapToDouble(Scrutiny::leastPerSecond)
                .max()
                .orElse(0);
        return Math.max(checks, compared());
    }

    /** What green's side of an A/B test must have over its whole time. */
    private double compared() {
        return terms.strategy().steps().stream()
                .filter(step -> step.trial().isPresent())
                .mapToDouble(step -> (double) step.trial().get().bar().minimumRequests()
                        / step.bake().toSeconds())
                .max()
                .orElse(0);
    }

    private static double leastPerSecond(Check check) {
        return switch (check) {
            case Check.ErrorShare share ->
                (double) share.minimumRequests() / share.window().toSeconds();
            case Check.Latency latency ->
                (double) latency.minimumRequests() / latency.window().toSeconds();
            case Check.Smoke smoke -> 0;
            case Check.FleetCapacity capacity -> 0;
            case Check.InstanceStatus status -> 0;
            case Check.TargetHealth health -> 0;
            case Check.Alarms alarms -> 0;
        };
    }
}
