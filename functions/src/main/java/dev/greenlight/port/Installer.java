package dev.greenlight.port;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.RolloutId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Installs a revision on a fleet. */
public interface Installer {

    /** What asking for a deployment came to. */
    sealed interface Started {
        /** This deployment carries the rollout's id in its description, whether it was created now or found. */
        record By(String deployment) implements Started {}

        /** Another deployment holds the group; {@code detail} says which. */
        record Busy(String detail) implements Started {}
    }

    /**
     * Starts the deployment of {@code revision} on {@code fleet}, or adopts the one that an earlier call of this rollout
     * started and could not remember: CreateDeployment has no idempotency token, so its description carries the id.
     *
     * @param since no deployment of this rollout is older
     */
    Started start(FleetName fleet, RevisionLocation revision, RolloutId rollout, Instant since);

    /**
     * How far {@code deployment} has come, and on which of {@code inService} instances its revision is proven to be, by its
     * own targets or by later deployments of the same revision to instances that were launched since.
     */
    Installation follow(FleetName fleet, String deployment, List<String> inService);

    /**
     * Like {@link #start}, but from one Availability Zone to the next, each instance drained before.
     *
     * @param attempt its number, from 1: each is started once
     */
    Started startByZone(FleetName fleet, RevisionLocation revision, RolloutId rollout, int attempt, Instant since);

    /**
     * How far a release from zone to zone has come: what {@code deployment} does now, and what it and those of {@code rollout} before it have done.
     * One whose script failed on an instance has failed, whatever CodeDeploy makes of it.
     */
    Installation followByZone(
            FleetName fleet, String deployment, RolloutId rollout, Instant since, List<String> inService);

    /** Asks a running deployment to stop; does nothing where it has ended. */
    void stop(String deployment);

    /** Where the revision lies that {@code fleet} runs, and that an instance launched now gets; empty where none was ever installed. */
    Optional<RevisionLocation> standing(FleetName fleet);

    /**
     * On which of {@code inService} instances that revision is proven to be, by the deployment that was the group's last success or by those
     * that CodeDeploy makes for whoever is launched.
     */
    Installation followStanding(FleetName fleet, List<String> inService);

    /** The deployment of {@code rollout} on {@code fleet}, also where the call that started it could not tell. */
    Optional<String> begun(FleetName fleet, RolloutId rollout, Instant since);

    /**
     * Starts the deployment that brings {@code former} back onto {@code fleet} after {@code rollout} was taken back, or adopts the one that
     * an earlier call started and could not remember.
     *
     * @param due which of its deployments: each is started once
     */
    Started restore(FleetName fleet, RevisionLocation former, RolloutId rollout, Restoration due, Instant since);

    /** Like {@link #follow}, but failed where a later deployment put another revision onto the fleet: a call that came late. */
    Installation followRestoring(FleetName fleet, String deployment, List<String> inService);
}
