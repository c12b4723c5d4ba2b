package dev.greenlight.domain.strategy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How users come from the old revision to the new one. The last step of every strategy with two fleets gives green everything. */
public sealed interface Strategy {

    /** The changes of routing in their order; empty where the fleet that serves gets the new revision itself. */
    List<Step> steps();

    /** Whether the new revision is installed on the fleet that serves, and the other one sleeps on. */
    default boolean onOneFleet() {
        return false;
    }

    /** Whether a promoted release leaves the old fleet warm, so that one write takes it back. */
    default boolean keepsBlueWarm() {
        return !onOneFleet() && !inTurn();
    }

    /** Whether the old fleet is gone before the new one comes, so that nobody is served in between. */
    default boolean inTurn() {
        return false;
    }

    /** How long green gets copies of users' requests before any of them comes; empty where it gets none. */
    default Optional<Duration> shadow() {
        return Optional.empty();
    }

    /** Green is validated apart from users, then gets all traffic at once. */
    record BlueGreen() implements Strategy {
        private static final List<Step> ALL_AT_ONCE = List.of(Step.LAST);

        @Override
        public List<Step> steps() {
            return ALL_AT_ONCE;
        }
    }

    /**
     * Green gets a growing share of requests, and is held against blue at each.
     *
     * @param shares the steps before green gets everything: at least one, each larger than the one before it
     * @throws IllegalArgumentException naming what is wrong with the shares
     */
    record Canary(List<Step> shares) implements Strategy {

        public Canary {
            shares = List.copyOf(shares);
            if (shares.isEmpty()) {
                throw new IllegalArgumentException("a canary needs at least one step before green gets everything");
            }
            for (int i = 0; i < shares.size(); i++) {
                int before = i == 0 ? 0 : shares.get(i - 1).greenShare();
                int share = shares.get(i).greenShare();
                if (share <= before || share > 99) {
                    throw new IllegalArgumentException(
                            "step %d gives green %d%%: each step gives more than the one before it, and less than 100"
                                    .formatted(i + 1, share));
                }
            }
        }

        @Override
        public List<Step> steps() {
            List<Step> all = new ArrayList<>(shares);
            all.add(Step.LAST);
            return List.copyOf(all);
        }
    }

    /**
     * Some users try green for a time, hours or days, while the others stay on blue; then both sides are compared.
     *
     * @param trial the one step before green gets everything
     */
    record AbTest(Step trial) implements Strategy {

        public AbTest {
            if (trial.trial().isEmpty()) {
                throw new IllegalArgumentException("an A/B test compares both sides at its end");
            }
        }

        @Override
        public List<Step> steps() {
            return List.of(trial, Step.LAST);
        }
    }

    /**
     * Green gets equally more requests at equal intervals.
     *
     * @param share how many percent more at each step, 1 to 50
     * @param interval how long each step is watched
     */
    record Linear(int share, Duration interval) implements Strategy {

        public Linear {
            if (share < 1 || share > 50) {
                throw new IllegalArgumentException("a step gives green 1 to 50 percent more, not " + share);
            }
            if (!interval.isPositive()) {
                throw new IllegalArgumentException("an interval must last: " + interval);
            }
        }

        @Override
        public List<Step> steps() {
            List<Step> all = new ArrayList<>(IntStream.iterate(share, given -> given < 100, given -> given + share)
                    .mapToObj(given -> new Step(given, interval, Optional.empty()))
                    .toList());
            all.add(Step.LAST);
            return List.copyOf(all);
        }
    }

    /** The fleet that serves is installed on, all at once: its users wait meanwhile, and the way back is another installation. */
    record InPlace() implements Strategy {
        @Override
        public List<Step> steps() {
            return List.of();
        }

        @Override
        public boolean onOneFleet() {
            return true;
        }
    }

    /** Only one fleet runs at a time: users are shut out while blue goes and green comes. For what cannot run in two versions. */
    record Recreate() implements Strategy {
        @Override
        public List<Step> steps() {
            return BlueGreen.ALL_AT_ONCE;
        }

        @Override
        public boolean inTurn() {
            return true;
        }
    }

    /**
     * The fleet that serves is installed on, one Availability Zone after the other, each drained before and watched after it.
     *
     * @param firstBake how long the first zone is watched
     * @param bake how long each other one is
     * @param keep how many percent of all instances stay in service meanwhile, 1 to 99
     * @param keepInZone how many percent of those in the zone that is worked on, 0 to 99
     * @param pause whether a person decides after the first zone
     */
    record Rolling(Duration firstBake, Duration bake, int keep, int keepInZone, Optional<Step.Pause> pause)
            implements Strategy {

        public Rolling {
            if (!firstBake.isPositive() || !bake.isPositive()) {
                throw new IllegalArgumentException("a bake must last: %s, %s".formatted(firstBake, bake));
            }
            if (keep < 1 || keep > 99 || keepInZone < 0 || keepInZone > 99) {
                throw new IllegalArgumentException(
                        "some instances stay and some go: %d%%, %d%% of a zone".formatted(keep, keepInZone));
            }
        }

        @Override
        public List<Step> steps() {
            return List.of();
        }

        @Override
        public boolean onOneFleet() {
            return true;
        }
    }

    /**
     * Green is validated apart from users, then on copies of their requests, whose answers nobody sees, then gets all traffic at once.
     *
     * @param watch how long it gets copies
     */
    record Shadow(Duration watch) implements Strategy {

        public Shadow {
            if (!watch.isPositive()) {
                throw new IllegalArgumentException("a shadow must last: " + watch);
            }
        }

        @Override
        public List<Step> steps() {
            return BlueGreen.ALL_AT_ONCE;
        }

        @Override
        public Optional<Duration> shadow() {
            return Optional.of(watch);
        }
    }
}
