package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** Looks at a place now and then, and remembers the worst that it saw. */
final class Looks {

    private final Place place;
    private Instant last;
    private boolean served;
    private double leastHealthy = 1;
    private Duration onBad = Duration.ZERO;
    private Duration longestOnBad = Duration.ZERO;

    Looks(Place place) {
        this.place = place;
        this.last = place.clock().instant();
    }

    void look() {
        Sight now = place.sight();
        place.lately().look(now);
        double healthy = 0;
        boolean bad = false;
        for (FleetName fleet : FleetName.values()) {
            Sight.Side side = now.side(fleet);
            if (side.weight() > 0) {
                healthy += side.weight() / 100.0 * side.count(TargetState.HEALTHY);
                bad |= side.revisions().stream().anyMatch(this::bad);
                served = true;
            }
        }
        if (served && now.open()) {
            leastHealthy =
                    Math.min(leastHealthy, healthy / place.circumstances().needed());
        }
        onBad = bad ? onBad.plus(Duration.between(last, now.at())) : Duration.ZERO;
        longestOnBad = onBad.compareTo(longestOnBad) > 0 ? onBad : longestOnBad;
        last = now.at();
    }

    private boolean bad(String version) {
        Quality quality = place.quality(version);
        return quality != null && quality.harmsUsers();
    }

    Map<Worst.Kind, Double> worst() {
        Map<Worst.Kind, Double> worst = new EnumMap<>(Worst.Kind.class);
        if (served) {
            worst.put(Worst.Kind.HEALTHY_UNDER_TRAFFIC, leastHealthy);
        }
        if (longestOnBad.isPositive()) {
            worst.put(Worst.Kind.SECONDS_ON_BAD_VERSION, (double) longestOnBad.toSeconds());
        }
        place.people().rolledBackIn().stream()
                .max(Duration::compareTo)
                .ifPresent(longest -> worst.put(Worst.Kind.SECONDS_TO_ROLL_BACK, (double) longest.toSeconds()));
        return worst;
    }
}
