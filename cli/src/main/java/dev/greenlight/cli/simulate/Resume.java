package dev.greenlight.cli.simulate;

import java.time.Duration;

/** A person lets a rollout go on from the step on which it waits. */
record Resume(Duration at) implements Scene {

    @Override
    public void happen(Place place) {
        place.people().resume();
    }

    @Override
    public String kind() {
        return "a person who lets it go on";
    }

    @Override
    public Scene at(Duration other) {
        return new Resume(other);
    }

    @Override
    public String toString() {
        return Scene.time(at) + " a person lets it go on";
    }
}
