package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Trial;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Users come to green by the settings' shares: each in its turn, after the one before it was watched, and where that one waits for
 * a person, after somebody let it go on or nobody came in time. What rule 1 says of steps.
 */
final class StepRulings {

    /** By how much the functions' clock, by which a rollout began, may be ahead of the world's. */
    private static final Duration CLOCKS = Duration.ofSeconds(25);

    /** Stands for the share of an A/B test's audience, which nobody knows. */
    private static final int AUDIENCE = -1;

    private final Rulings rulings;
    private final List<Step> steps;
    private final Map<RolloutId, Map<Integer, Instant>> given = new HashMap<>();
    private Optional<Instant> goAhead = Optional.empty();

    StepRulings(Rulings rulings, List<Step> steps) {
        this.rulings = rulings;
        this.steps = List.copyOf(steps);
    }

    /** A person just asked to let it go on, or to promote it: whether the call is heard or not, what follows may be its doing. */
    void goAhead(Instant now) {
        goAhead = Optional.of(now);
    }

    /** Judges a write that gave green more, over weights that it could see. */
    void judge(Written write, Rollout rollout) {
        int share = share(write.now(), rollout.green());
        Map<Integer, Instant> before = given.computeIfAbsent(rollout.id(), id -> new HashMap<>());
        Instant began = rollout.history().getFirst().at().minus(CLOCKS);
        boolean promoted = share == Step.LAST.greenShare() && rollout.progress().promoteNow() && wentAheadSince(began);
        // Where blue could not take it back, green gets everybody in the end.
        boolean blueIsWorse = rollout.blue()
                .filter(blue -> !RollBackRulings.canServe(write.now(), blue))
                .isPresent();
        if (rollout.blue().isPresent() && !promoted && !blueIsWorse) {
            int from = share(write.before(), rollout.green());
            rulings.holds(
                    1,
                    follows(from, share),
                    write.call(),
                    () -> "green was given %s after %s, and the shares are %s"
                            .formatted(
                                    words(share),
                                    words(from),
                                    shares().stream().map(StepRulings::words).toList()));
            watched(write, from, Optional.ofNullable(before.get(from)));
        }
        before.put(share, write.now().at());
    }

    /** A share that nobody of Greenlight wrote has no moment from which it was watched. */
    private void watched(Written write, int from, Optional<Instant> since) {
        Optional<Step> step = steps.stream().filter(one -> share(one) == from).findFirst();
        if (step.isEmpty() || since.isEmpty()) {
            return;
        }
        boolean waits = step.get().pause().isPresent() && !decidesByItself(step.get());
        Instant over = since.get()
                .plus(
                        waits && !wentAheadSince(since.get())
                                ? step.get().longest()
                                : step.get().bake());
        Instant now = write.now().at();
        rulings.holds(
                1,
                !now.isBefore(over),
                write.call(),
                () -> "the next share came %s after %s, which is watched or waits until %s"
                        .formatted(Duration.between(since.get(), now), words(from), over));
    }

    private boolean wentAheadSince(Instant moment) {
        return goAhead.filter(asked -> !asked.isBefore(moment)).isPresent();
    }

    /** A test whose figures speak for green needs nobody, if it was to end so. */
    private static boolean decidesByItself(Step step) {
        return step.trial()
                .map(Trial::end)
                .filter(end -> end == Trial.End.PROMOTE)
                .isPresent();
    }

    private static int share(Step step) {
        return step.hasAudience() ? AUDIENCE : step.greenShare();
    }

    private static int share(Sight sight, FleetName green) {
        return sight.isTest(green) ? AUDIENCE : sight.side(green).weight();
    }

    private static String words(int share) {
        return share == AUDIENCE ? "its audience" : share + "%";
    }

    private boolean follows(int from, int share) {
        int next = shares().indexOf(share);
        return next == 0 ? from == 0 : next > 0 && shares().get(next - 1) == from;
    }

    private List<Integer> shares() {
        return steps.stream().map(StepRulings::share).toList();
    }
}
