package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Rollout;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What people do to the rules past Greenlight. */
final class Hands {

    private final Place place;
    private final ProductionRule rule;
    private Map<String, Integer> beforeHands = Map.of();
    private long handWrote = -1;

    Hands(Place place) {
        this.place = place;
        this.rule = new ProductionRule(place.sandbox());
    }

    /**
     * Writes weights past Greenlight, and gives back what was there if they still stand when the time is over. Who finds another hand's
     * weights gives back what that one found.
     */
    void write(int a, boolean sticky, Duration lasts) {
        boolean another = rule.writes() == handWrote;
        Map<String, Integer> found = another ? beforeHands : rule.weights();
        boolean open = found.values().stream().anyMatch(weight -> weight > 0);
        if (!open) {
            return;
        }
        beforeHands = found;
        rule.handWrites(a, 100 - a, sticky);
        place.tell("a hand writes A %d, B %d%s".formatted(a, 100 - a, sticky ? ", sticky" : ""));
        Map<String, Integer> written = rule.weights();
        long writes = rule.writes();
        handWrote = writes;
        place.clock().after(lasts, "the hand's second thoughts", () -> {
            if (rule.writes() == writes && rule.weights().equals(written)) {
                givesBack(found);
            }
        });
    }

    /** The same past the rule for an A/B test's audience, which is to do what production does when the hand has thought again. */
    void writeAudience(int a, Duration lasts) {
        Optional<ProductionRule> audience =
                place.sandbox().audienceRule().map(arn -> new ProductionRule(place.sandbox(), arn));
        if (audience.isEmpty() || !place.sight().open()) {
            return;
        }
        ProductionRule some = audience.get();
        some.handWrites(a, 100 - a, false);
        place.tell("a hand writes A %d, B %d to the audience's rule".formatted(a, 100 - a));
        later(some, some.writes(), lasts);
    }

    /** Once nobody else has written it, and production shows what lasts: what another hand is about to give back does not. */
    private void later(ProductionRule some, long writes, Duration lasts) {
        place.clock().after(lasts, "the hand's second thoughts", () -> {
            boolean stands = place.sandbox().audienceRule().isPresent() && some.writes() == writes;
            Map<String, Integer> all = rule.weights();
            boolean lasting = all.containsValue(100) && rule.writes() != handWrote;
            if (stands && lasting) {
                some.handWrites(all.get("A"), all.get("B"), false);
                place.tell("the hand lets the audience's rule do what production does");
            } else if (stands) {
                later(some, writes, Duration.ofMinutes(1));
            }
        });
    }

    void deleteAudience() {
        place.sandbox().audienceRule().ifPresent(arn -> {
            place.sandbox().elb().deleteRule(request -> request.ruleArn(arn));
            place.tell("somebody deletes the audience's rule");
        });
    }

    /** Nobody sends users back to a fleet that has gone to sleep meanwhile, nor divides them as a step did that the rollout has left. */
    private void givesBack(Map<String, Integer> found) {
        Sight now = place.sight();
        boolean divided = found.values().stream().allMatch(weight -> weight > 0);
        if (divided
                && now.latest().filter(Rollout::isOpen).filter(Hands::isOnAStep).isEmpty()) {
            handWrote = -1; // from now on it is how things are, for the next hand too
            place.tell("the hand leaves it as it is");
            return;
        }
        Map<String, Integer> back = Arrays.stream(FleetName.values())
                .filter(fleet -> found.get(fleet.name()) > 0 && now.side(fleet).desired() == 0)
                .findFirst()
                .map(asleep -> Map.of(asleep.name(), 0, asleep.other().name(), 100))
                .orElse(found);
        rule.handWrites(back.get("A"), back.get("B"), false);
        place.tell("the hand gives back " + back);
    }

    private static boolean isOnAStep(Rollout rollout) {
        return rollout.step().filter(step -> !step.isLast()).isPresent();
    }
}
