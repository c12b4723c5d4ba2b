package dev.greenlight.cli.simulate;

import java.time.Duration;

/** Somebody goes on asking the fleet that traffic has left, past the production rule: a client that nobody told, a forgotten probe. */
record Strays(Duration at, Duration lasts) implements Scene {

    @Override
    public Duration until() {
        return at.plus(lasts);
    }

    @Override
    public void happen(Place place) {
        place.circumstances().stray(lasts);
    }

    @Override
    public String kind() {
        return "requests past the production rule";
    }

    @Override
    public Scene at(Duration other) {
        return new Strays(other, lasts);
    }

    @Override
    public String toString() {
        return "%s somebody asks the fleet without users, past the production rule, for %s"
                .formatted(Scene.time(at), Scene.time(lasts));
    }
}
