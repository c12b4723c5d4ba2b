package dev.greenlight.cli.simulate;

import java.time.Duration;

/** Somebody merges once more what was quarantined last, or else what was merged last. */
record MergeAgain(Duration at) implements Scene {

    @Override
    public void happen(Place place) {
        place.people().mergeAgain();
    }

    @Override
    public String kind() {
        return "a release that comes again";
    }

    @Override
    public Scene at(Duration other) {
        return new MergeAgain(other);
    }

    @Override
    public String toString() {
        return Scene.time(at) + " what was bad, or else the last release, is merged again";
    }
}
