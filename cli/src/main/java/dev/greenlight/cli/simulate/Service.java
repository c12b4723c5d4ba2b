package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.domain.rollout.OneFleet;
import dev.greenlight.domain.rollout.Rolling;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Strategy;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Whose lives are drawn.
 *
 * @param blueprint what is installed
 * @param most the most instances that a life begins with
 * @param drawn whether each life draws settings of its own; otherwise all have those of the blueprint
 */
public record Service(Blueprint blueprint, int most, boolean drawn) {

    /** The most instances of a drawn service: what happens to more happens to these. */
    public static final int MOST = 12;

    /** How many percent of a service's requests are an A/B test's audience's, where one has a rule. */
    static final int AUDIENCE = 25;

    public Service {
        Objects.requireNonNull(blueprint, "blueprint");
        if (most < 1) {
            throw new IllegalArgumentException("a life needs an instance to begin with, not " + most);
        }
    }

    /** Each life has another service. */
    public static Service ofAllKinds() {
        return new Service(Blueprint.festival(), MOST, true);
    }

    /** All lives are this one's: its settings are the template's, only what the world decides is drawn. */
    public static Service of(Blueprint blueprint, int most) {
        return new Service(blueprint, most, false);
    }

    /** The fewest instances with which a life begins after a release: one that goes from zone to zone has some in two. */
    int least() {
        return blueprint.settings().terms().strategy() instanceof Strategy.Rolling ? 2 : 1;
    }

    /** What its functions are told in a life with this setting. */
    Terms terms(Setting setting) {
        return blueprint.settings(setting.overrides()).terms();
    }

    /** The smallest share is watched by figures as well, be it of copies: it must have some, also when only a third of the users is left. */
    Setting visited(Setting setting) {
        Terms terms = terms(setting);
        IntStream shares = terms.strategy().steps().stream().mapToInt(Service::share);
        IntStream copies = terms.strategy()
                .shadow()
                .flatMap(watch -> blueprint.copies())
                .map(IntStream::of)
                .orElseGet(IntStream::empty);
        int share = IntStream.concat(shares, copies).min().orElse(Step.LAST.greenShare());
        double needed = 4 * new Scrutiny(terms).leastPerSecond() * 100 / share / Math.max(1, setting.instances());
        return setting.withPerInstance(Math.max(setting.perInstance(), (int) Math.ceil(needed)));
    }

    /** The percentage of requests that a step gives green, as lives have them. */
    static int share(Step step) {
        return step.hasAudience() ? AUDIENCE : step.greenShare();
    }

    /** From green's first users until it is promoted, if all is well and everybody takes their time. */
    static Duration watched(Terms terms) {
        if (terms.strategy() instanceof Strategy.InPlace || terms.strategy().inTurn()) {
            return terms.pace().bake().plus(OneFleet.ECHO);
        }
        if (terms.strategy() instanceof Strategy.Rolling rolling) {
            return terms.pace()
                    .bake()
                    .plus(rolling.firstBake())
                    .plus(Rolling.GATE)
                    .plus(rolling.pause().map(Step.Pause::within).orElse(Duration.ZERO));
        }
        return terms.strategy().steps().stream()
                .map(Step::longest)
                .reduce(terms.pace().bake(), Duration::plus);
    }
}
