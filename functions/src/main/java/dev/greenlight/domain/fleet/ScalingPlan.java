package dev.greenlight.domain.fleet;

import static java.util.stream.Collectors.joining;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an Auto Scaling group shall be set to. An empty {@code desired} leaves the number of instances to the group's own
 * scaling policies.
 *
 * @throws IllegalArgumentException unless {@code 0 <= minimum <= desired <= maximum}
 */
public record ScalingPlan(int minimum, OptionalInt desired, int maximum, Set<ScalingProcess> suspended) {

    public ScalingPlan {
        if (minimum < 0
                || maximum < minimum
                || desired.isPresent() && (desired.getAsInt() < minimum || desired.getAsInt() > maximum)) {
            throw new IllegalArgumentException(
                    "sizes must rise: minimum %d, desired %s, maximum %d".formatted(minimum, desired, maximum));
        }
        suspended = Set.copyOf(suspended);
    }

    /** Sizes as they were found, the number of instances left alone. */
    public static ScalingPlan unpinned(Scaling found) {
        return new ScalingPlan(found.minimum(), OptionalInt.empty(), found.maximum(), found.suspended());
    }

    /** At least {@code size} instances, more if the load asks for it, and nothing that removes one. */
    public static ScalingPlan pinned(int size, Scaling found, Set<ScalingProcess> alsoSuspended) {
        Set<ScalingProcess> suspended = EnumSet.noneOf(ScalingProcess.class);
        suspended.addAll(alsoSuspended);
        suspended.addAll(found.suspended());
        return new ScalingPlan(size, OptionalInt.empty(), Math.max(size, found.maximum()), suspended);
    }

    /** Exactly {@code size} instances for now. */
    public ScalingPlan sized(int size) {
        return new ScalingPlan(Math.min(minimum, size), OptionalInt.of(size), Math.max(maximum, size), suspended);
    }

    /**
     * The same for a group that somebody let grow beyond the maximum: a plan that leaves the number of instances alone removes
     * none of them. Auto Scaling would, down to the maximum that it is given ("UpdateAutoScalingGroup", MaxSize).
     */
    public ScalingPlan sparing(Scaling now) {
        return desired.isPresent() || now.desired() <= maximum
                ? this
                : new ScalingPlan(minimum, desired, now.desired(), suspended);
    }

    /**
     * The same for a group that has {@code there} instances, more than it was set to: none of them leaves. Which ones would is Auto
     * Scaling's to choose, and it may be those that are installed on ("Control which Auto Scaling instances terminate during scale in").
     */
    public ScalingPlan keeping(int there, Scaling now) {
        return there > Math.max(minimum, now.desired()) ? sized(there) : this;
    }

    /** Whether a group with these settings needs no write. */
    public boolean holdsFor(Scaling now) {
        return now.minimum() == minimum
                && now.maximum() == sparing(now).maximum
                && (desired.isEmpty() || desired.getAsInt() == now.desired())
                && now.suspended().equals(suspended);
    }

    @Override
    public String toString() {
        String exactly = desired.isPresent() ? ", %d now".formatted(desired.getAsInt()) : "";
        String paused = suspended.isEmpty()
                ? ""
                : ", suspended: "
                        + suspended.stream()
                                .sorted()
                                .map(ScalingProcess::apiName)
                                .collect(joining(", "));
        return "%d to %d instances%s%s".formatted(minimum, maximum, exactly, paused);
    }
}
