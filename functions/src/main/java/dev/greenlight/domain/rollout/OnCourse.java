package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.traffic.Routing;
import java.time.Instant;
import java.util.Optional;

/** What follows from a rollout's course: where its traffic is to be, who may have felt it, and what can still be taken back. */
public sealed interface OnCourse permits Rollout {

    Roles roles();

    Optional<Recreation> recreation();

    Optional<Rolling> rolling();

    Progress progress();

    /** Its course, which only this room can ask; the others ask what follows from it. */
    Course course();

    /** Whether green is the fleet that serves already. */
    default boolean onOneFleet() {
        return roles().oneFleet().isPresent();
    }

    /** The routing that this rollout last saw on the rule, and that must still be there. */
    default Routing expected() {
        return course().expected();
    }

    /** Whether any of this rollout's steps was seen on the rule; on one fleet, whether its installation was begun under the users. */
    default boolean trafficMoved() {
        return course().trafficMoved();
    }

    /** Whether users may have felt anything of it: were on green, or were shut out. */
    default boolean felt() {
        return course().felt();
    }

    /** Whether it announces that users go unanswered: what that counts and rings by itself is no verdict. */
    default boolean hasDowntime() {
        return onOneFleet() && rolling().isEmpty() || recreation().isPresent();
    }

    /** Whether a person may take it back after it was settled, too: what comes back is installed, or started, again. */
    default boolean outlivesItsSettling() {
        return onOneFleet() || recreation().isPresent();
    }

    /** Whether users can be on green, where {@code live} is what the rule shows now: a call that wrote it may have died before it could tell. */
    default boolean mayHaveUsers(Routing live) {
        return course().mayHaveUsers(live);
    }

    /** Whether green is fresh, and nobody has asked yet to give it users. */
    default boolean awaitsApproval() {
        return course().awaitsApproval();
    }

    /**
     * Whether the rule gives users to green before this rollout did, or to blue after it took them away; all of them on blue is a
     * rollback. Where the rule says that somebody took it back, it may have given green users until then.
     */
    default boolean strays(Route seen) {
        return course().strays(seen);
    }

    /** Since when users can have been on green; what was wrong before then is not green's doing. */
    default Instant usersSince() {
        return progress()
                .usersSince()
                .or(progress()::stepSince)
                .orElse(progress().phaseSince());
    }

    /**
     * What a fleet is to launch from for as long as this rollout is the latest, whoever gives it another version: blue until it
     * is retired, green from its validation on unless it was taken back. Empty for a fleet that nobody serves from.
     */
    default Optional<LaunchSource.Template> keeps(FleetName fleet) {
        return course().keeps(fleet);
    }

    /** Why nobody can take it back any more, as far as its record tells; empty where it does not. */
    default Optional<String> closedWayBack() {
        return course().closedWayBack();
    }
}
