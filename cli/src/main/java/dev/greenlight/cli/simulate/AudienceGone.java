package dev.greenlight.cli.simulate;

import java.time.Duration;

/** Somebody deletes the rule of an A/B test's audience, whose requests are everybody's from then on. */
record AudienceGone(Duration at) implements Scene {

    @Override
    public void happen(Place place) {
        place.hands().deleteAudience();
    }

    @Override
    public String kind() {
        return "a hand that deletes the audience's rule";
    }

    @Override
    public Scene at(Duration other) {
        return new AudienceGone(other);
    }

    @Override
    public String toString() {
        return Scene.time(at) + " somebody deletes the audience's rule";
    }
}
