package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.traffic.Routing;
import java.time.Instant;
import java.util.Optional;

/** What the policy decides of an open rollout. Each decision is one thing to do; the next is taken on a new observation. */
public sealed interface Decision {

    /** Wait for what {@code reason} names, until {@code until} at the latest. */
    record Hold(String reason, Instant until) implements Decision {}

    /** All checks passed in this read: remember that they did {@code reads} times in a row, and wait for the next. */
    record Steady(int reads, String reason) implements Decision {}

    /** Let the rule remember who blue is, before anything of it moves. */
    record TagRule(RuleTags tags) implements Decision {}

    /** Set a fleet's sizes and suspended processes. */
    record Scale(FleetName fleet, ScalingPlan plan) implements Decision {}

    /** Let a fleet launch from another version of its launch template from now on. */
    record LaunchFrom(FleetName fleet, LaunchSource.Template version) implements Decision {}

    /** Let a slice of a fleet's instances leave, and take no other decision in this call: what one call removes is bounded. */
    record Leave(FleetName fleet, ScalingPlan plan, String reason) implements Decision {}

    /** Let the production rule answer by itself: nobody is served until green is. */
    record Close() implements Decision {}

    /** The fleets have come further in changing places: remember it. */
    record Recreated(Recreation next, String reason) implements Decision {}

    /** Start the deployment of the revision on green. */
    record Install() implements Decision {}

    /** The revision is on green's first instances: let green grow. */
    record Installed(String reason) implements Decision {}

    /** Blue has grown: let green follow before it gets traffic. */
    record GrowGreen(int size) implements Decision {}

    /** Shifting was asked for: its time starts to run. */
    record BeginShifting() implements Decision {}

    /** Write a step of the strategy to the rule. @param step its number, from 1 */
    record Shift(int step, Routing to, String reason) implements Decision {}

    /** The rule shows a step of the strategy that was not seen yet: remember it. @param step its number, from 1 */
    record StepSeen(int step, String reason) implements Decision {}

    /** Let the shadow rule send copies of users' requests to a fleet, and look at it again in another call. */
    record OpenShadow(FleetName fleet) implements Decision {}

    /** Let no fleet get copies any more, and look at the rule again in another call. */
    record CloseShadow(String reason) implements Decision {}

    /** The shadow has come further: remember it. */
    record Shadowed(Shadow next, String reason) implements Decision {}

    /** A release that goes from zone to zone has come further: remember it. */
    record Rolled(Rolling next, String reason) implements Decision {}

    /** Let no other zone be installed on, and look at the deployment again in another call. */
    record StopInstalling(String reason) implements Decision {}

    /** This phase has reached its aim. */
    record Advance(String reason) implements Decision {}

    /** Green serves for good. */
    record Promote(String reason) implements Decision {}

    /**
     * Blue shall serve again.
     *
     * @param write the routing that takes it back; empty where the rule already is as it should be
     */
    record TakeBack(Cause cause, String reason, Optional<Routing> write) implements Decision {}

    /** Green failed, but there is no way back that would be better: it stays, and the caller is told that it failed. */
    record Keep(Cause cause, String reason) implements Decision {}
}
