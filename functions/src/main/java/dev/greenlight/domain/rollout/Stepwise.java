package dev.greenlight.domain.rollout;

import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.domain.traffic.Weights;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** What follows from a rollout's steps, and from how many of them were seen on the rule. */
public sealed interface Stepwise permits Rollout {

    Roles roles();

    Progress progress();

    List<Step> steps();

    /** The number of the step that comes next, from 1: the last one where a person asked to promote; empty after it. */
    default OptionalInt upcoming() {
        if (progress().steps() >= steps().size()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(
                progress().promoteNow() ? steps().size() : progress().steps() + 1);
    }

    /** The step that this routing shows, if it is one that this rollout may have written and not seen yet. */
    default OptionalInt shows(Routing live) {
        return IntStream.concat(IntStream.of(progress().steps() + 1), upcoming().stream())
                .filter(step -> step <= steps().size() && routingOf(step).equals(live))
                .findFirst();
    }

    /** Whether green is to get everybody, and so far only the audience's rule says so: a call that writes two rules died between them. */
    default boolean halfWritten(Routing live) {
        boolean all = upcoming().isPresent() && routingOf(upcoming().getAsInt()).equals(Routing.full(roles().green()));
        return all && live.equals(new Routing.Audience(roles().green()));
    }

    /** The step on which its traffic is now; empty before the first. */
    default Optional<Step> step() {
        return progress().steps() == 0
                ? Optional.empty()
                : Optional.of(steps().get(progress().steps() - 1));
    }

    /** Whether some users are trying green for a time that no pipeline waits for. */
    default boolean onTrial() {
        return progress().phase() == Phase.SHIFTING
                && step().flatMap(Step::trial).isPresent();
    }

    default Routing routingOf(int step) {
        Step to = steps().get(step - 1);
        if (to.hasAudience()) {
            return new Routing.Audience(roles().green());
        }
        return new Routing.Weighted(
                Weights.share(roles().green(), to.greenShare()), to.trial().flatMap(Trial::sticks));
    }
}
