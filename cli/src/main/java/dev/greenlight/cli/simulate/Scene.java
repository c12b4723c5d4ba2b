package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import java.time.Duration;

/** What people and the world do, at a moment of a life. */
sealed interface Scene
        permits AudienceGone,
                AudienceHand,
                MergeAgain,
                Resume,
                Strays,
                Scene.Merge,
                Scene.RollBack,
                Scene.Promote,
                Scene.ReleaseQuarantine,
                Scene.Stop,
                Scene.Retry,
                Scene.Crowd,
                Scene.Resize,
                Scene.Death,
                Scene.Hand,
                Scene.Alarm,
                Scene.StackUpdate {

    /** From the life's beginning. */
    Duration at();

    /** When it is over. */
    default Duration until() {
        return at();
    }

    void happen(Place place);

    /** What is counted together in a run's findings. */
    String kind();

    /** Nothing but the moment is another. */
    Scene at(Duration other);

    static String time(Duration at) {
        return "%d:%02d".formatted(at.toMinutes(), at.toSecondsPart());
    }

    /** A merge to PROD. */
    record Merge(Duration at, Quality quality) implements Scene {
        @Override
        public void happen(Place place) {
            place.merge(quality);
        }

        @Override
        public String kind() {
            return quality.toString();
        }

        @Override
        public Scene at(Duration other) {
            return new Merge(other, quality);
        }

        @Override
        public String toString() {
            return time(at) + " " + quality + " is merged";
        }
    }

    /** A person asks for a rollback, and asks again until it is answered. */
    record RollBack(Duration at, boolean quarantine) implements Scene {
        @Override
        public void happen(Place place) {
            place.people().rollBack(quarantine);
        }

        @Override
        public String kind() {
            return "a person's rollback";
        }

        @Override
        public Scene at(Duration other) {
            return new RollBack(other, quarantine);
        }

        @Override
        public String toString() {
            return time(at) + " a person asks for a rollback" + (quarantine ? "" : " that blames nobody");
        }
    }

    /** A person promotes what verifies. */
    record Promote(Duration at) implements Scene {
        @Override
        public void happen(Place place) {
            place.people().promote();
        }

        @Override
        public String kind() {
            return "a person's promotion";
        }

        @Override
        public Scene at(Duration other) {
            return new Promote(other);
        }

        @Override
        public String toString() {
            return time(at) + " a person asks for the promotion";
        }
    }

    /** A person lets go what is quarantined. */
    record ReleaseQuarantine(Duration at) implements Scene {
        @Override
        public void happen(Place place) {
            place.people().releaseQuarantine();
        }

        @Override
        public String kind() {
            return "a release of a quarantine";
        }

        @Override
        public Scene at(Duration other) {
            return new ReleaseQuarantine(other);
        }

        @Override
        public String toString() {
            return time(at) + " a person releases what is quarantined";
        }
    }

    /** A person stops the pipeline's execution. */
    record Stop(Duration at, boolean abandon) implements Scene {
        @Override
        public void happen(Place place) {
            place.people().stop(abandon);
        }

        @Override
        public String kind() {
            return "a stopped pipeline";
        }

        @Override
        public Scene at(Duration other) {
            return new Stop(other, abandon);
        }

        @Override
        public String toString() {
            return time(at) + " a person stops the pipeline's execution" + (abandon ? " and abandons it" : "");
        }
    }

    /** A person retries the stage that failed last. */
    record Retry(Duration at) implements Scene {
        @Override
        public void happen(Place place) {
            place.people().retry();
        }

        @Override
        public String kind() {
            return "a retried stage";
        }

        @Override
        public Scene at(Duration other) {
            return new Retry(other);
        }

        @Override
        public String toString() {
            return time(at) + " a person retries the stage that failed";
        }
    }

    /** Load grows or falls to so many percent of what it was at the beginning. */
    record Crowd(Duration at, int percent) implements Scene {
        @Override
        public void happen(Place place) {
            place.circumstances().crowd(percent);
        }

        @Override
        public String kind() {
            return "another load";
        }

        @Override
        public Scene at(Duration other) {
            return new Crowd(other, percent);
        }

        @Override
        public String toString() {
            return "%s the load is %d%% of what it was".formatted(time(at), percent);
        }
    }

    /** Auto Scaling, a schedule or a person gives the fleet under traffic another size. */
    record Resize(Duration at, int by) implements Scene {
        @Override
        public void happen(Place place) {
            place.circumstances().resize(by);
        }

        @Override
        public String kind() {
            return by > 0 ? "a scale-out" : "a scale-in";
        }

        @Override
        public Scene at(Duration other) {
            return new Resize(other, by);
        }

        @Override
        public String toString() {
            return "%s the fleet under traffic %s by %d"
                    .formatted(time(at), by > 0 ? "grows" : "shrinks", Math.abs(by));
        }
    }

    /** An instance dies. */
    record Death(Duration at, FleetName fleet) implements Scene {
        @Override
        public void happen(Place place) {
            place.circumstances().kill(fleet);
        }

        @Override
        public String kind() {
            return "a death of an instance";
        }

        @Override
        public Scene at(Duration other) {
            return new Death(other, fleet);
        }

        @Override
        public String toString() {
            return "%s an instance of fleet %s dies".formatted(time(at), fleet);
        }
    }

    /** A hand writes weights, and gives back what it found a little later if nobody else wrote meanwhile. */
    record Hand(Duration at, int a, boolean sticky, Duration lasts) implements Scene {
        @Override
        public Duration until() {
            return at.plus(lasts);
        }

        @Override
        public void happen(Place place) {
            place.hands().write(a, sticky, lasts);
        }

        @Override
        public String kind() {
            return "a hand on the weights";
        }

        @Override
        public Scene at(Duration other) {
            return new Hand(other, a, sticky, lasts);
        }

        @Override
        public String toString() {
            return "%s a hand writes A %d, B %d%s for %s"
                    .formatted(time(at), a, 100 - a, sticky ? ", sticky" : "", time(lasts));
        }
    }

    /** The service's own alarm fires. */
    record Alarm(Duration at, Duration lasts) implements Scene {
        @Override
        public Duration until() {
            return at.plus(lasts);
        }

        @Override
        public void happen(Place place) {
            place.circumstances().alarm(lasts);
        }

        @Override
        public String kind() {
            return at.isZero() ? "an alarm that fires already" : "an alarm";
        }

        @Override
        public Scene at(Duration other) {
            return new Alarm(other, lasts);
        }

        @Override
        public String toString() {
            return "%s an alarm fires for %s".formatted(time(at), time(lasts));
        }
    }

    /** The stack that Greenlight was installed as is updated. */
    record StackUpdate(Duration at, int number) implements Scene {
        @Override
        public void happen(Place place) {
            place.circumstances().updateStack(number);
        }

        @Override
        public String kind() {
            return "an update of the stack";
        }

        @Override
        public Scene at(Duration other) {
            return new StackUpdate(other, number);
        }

        @Override
        public String toString() {
            return time(at) + " the stack is updated";
        }
    }
}
