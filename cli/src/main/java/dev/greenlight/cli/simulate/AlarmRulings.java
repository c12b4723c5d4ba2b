package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An alarm that begins to fire while users try green takes it back, by its event or at the next look at it: rule 3. */
final class AlarmRulings {

    /** From the alarm to the write, where nothing goes wrong: its event's way, and one call. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    /** The pipeline asks for the next look after a job's interval, and a call that failed is tried again after a minute or two. */
    private static final Duration NEXT_LOOK = Duration.ofMinutes(4);

    /** Who was sent to green within this time before may have come after the alarm, by another clock. */
    private static final Duration CLOCKS = Duration.ofSeconds(25);

    private final Place place;
    private final Rulings rulings;
    private final Duration within;

    /** @param delay for how long mishaps may hold up a call in all */
    AlarmRulings(Place place, Rulings rulings, Life life, Duration delay) {
        this.place = place;
        this.rulings = rulings;
        this.within = life.mishaps().isEmpty() ? AT_ONCE : NEXT_LOOK.plus(delay);
    }

    /** It will fire for so long, and that much is asked of a rollout whose users it concerns. */
    void fires(Duration lasts) {
        Sight now = place.sight();
        Optional<Rollout> tried = now.latest().filter(rollout -> isTried(rollout, now));
        if (tried.isPresent() && lasts.compareTo(within) > 0) {
            place.clock().after(within, "what an alarm came to", () -> judge(tried.get(), now.at()));
        }
    }

    private static boolean isTried(Rollout rollout, Sight now) {
        return rollout.isOpen()
                && rollout.blue().isPresent()
                && rollout.trafficMoved()
                && now.side(rollout.green()).hasUsers()
                && rollout.usersSince().plus(CLOCKS).isBefore(now.at());
    }

    private void judge(Rollout tried, Instant fired) {
        if (!place.circumstances().firingSince(fired) || place.people().promotedSince(fired)) {
            return;
        }
        Sight now = place.sight();
        FleetName blue = tried.blue().orElseThrow();
        boolean back = (now.side(blue).hasAll() || followed(tried, now))
                && place.rollout(tried.id().value())
                        .filter(rollout -> rollout.phase() == Phase.ROLLED_BACK)
                        .isPresent();
        rulings.holds(
                3,
                back || !RollBackRulings.canServe(now, blue) || keptForBlue(tried, blue),
                now.at(),
                () -> "an alarm fired under traffic at %s, and after %d s users are still on green: %s"
                        .formatted(fired, within.toSeconds(), now.sides()),
                "an alarm had fired");
    }

    /** It was kept when blue was the worse one, and is closed: what blue has become since does not open it again. */
    private boolean keptForBlue(Rollout tried, FleetName blue) {
        return place.rollout(tried.id().value())
                .filter(rollout ->
                        rollout.phase() == Phase.PROMOTED && rollout.ending().isPresent())
                .filter(kept -> !wasWell(blue, kept.progress().phaseSince()))
                .isPresent();
    }

    private boolean wasWell(FleetName fleet, Instant at) {
        return place.sandbox().world().targetHealthAt(place.side(fleet).targetGroupArn(), at).stream()
                .anyMatch(target -> target.state() == TargetState.HEALTHY);
    }

    /** The next release has shifted users since, to where this one had been: whether that may be is its own alarms' question. */
    private static boolean followed(Rollout tried, Sight now) {
        return now.latest()
                .filter(rollout -> !rollout.id().equals(tried.id()) && rollout.trafficMoved())
                .isPresent();
    }
}
