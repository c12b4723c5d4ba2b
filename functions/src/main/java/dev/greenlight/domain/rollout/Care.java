package dev.greenlight.domain.rollout;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.domain.traffic.Routing;

/** What is to be done for a rollout that is closed but not settled. */
public sealed interface Care {

    /** Nothing for now. */
    record Rest(String reason) implements Care {}

    /** The promoted rollout was taken back: all traffic is on blue again, or the rule says so. */
    record TakenBack(Cause cause, String reason) implements Care {}

    /**
     * A stale writer gave traffic to green after the rollout was taken back: write blue's routing again. Where nothing is blue, and one
     * of two rules leads to green, the other one as well.
     */
    record Undo(Routing to, String reason) implements Care {}

    /** The rollout was taken back, and copies of users' requests still go to a fleet. */
    record CloseShadow(String reason) implements Care {}

    /** Users are shut out while the fleets of a rollout that was taken back change places again. */
    record Close(String reason) implements Care {}

    /** Blue is there again: users are let in. */
    record Open(Routing to, String reason) implements Care {}

    /** A first release was taken back, and a late writer gave it all users: there is nothing better for them, so it stays. */
    record Stay(String reason) implements Care {}

    /** Blue's time is up, and nothing reaches it. */
    record Retire(String reason) implements Care {}

    /** Let the rule forget blue, before its first instance goes: there is no way back to what sleeps. */
    record ForgetBlue(RuleTags tags) implements Care {}

    /** Keep blue at the size of the load that it would have to take back. */
    record FollowLoad(int size) implements Care {}

    /** Set a fleet's sizes and suspended processes. */
    record Scale(FleetName fleet, ScalingPlan plan, String reason) implements Care {}

    /** Deploy to the fleet what it ran before; where an earlier try failed, {@code reason} says how. */
    record Restore(String reason) implements Care {}

    /** The last try came to nothing: remember that {@code next} is due. */
    record RestoreAgain(Restoration next, String reason) implements Care {}

    /** It runs again what it ran before, or nobody tries any more. */
    record EndRestoration(boolean restored, String reason) implements Care {}

    /** Nothing is pinned any more: the rule forgets blue where there is none, and the record is closed. */
    record Settle(RuleTags tags) implements Care {}
}
