package dev.greenlight.cli.simulate;

import java.time.Duration;

/** A hand writes weights to the rule of an A/B test's audience, and lets it do what production does a little later. */
record AudienceHand(Duration at, int a, Duration lasts) implements Scene {

    @Override
    public Duration until() {
        return at.plus(lasts);
    }

    @Override
    public void happen(Place place) {
        place.hands().writeAudience(a, lasts);
    }

    @Override
    public String kind() {
        return "a hand on the audience's weights";
    }

    @Override
    public Scene at(Duration other) {
        return new AudienceHand(other, a, lasts);
    }

    @Override
    public String toString() {
        return "%s a hand writes A %d, B %d to the audience's rule for %s"
                .formatted(Scene.time(at), a, 100 - a, Scene.time(lasts));
    }
}
