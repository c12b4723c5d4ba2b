package dev.greenlight.cli.simulate;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.Installer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An installer of which a mutant breaks one thing. */
abstract class AlteredInstaller implements Installer {
    final Installer deployed;

    AlteredInstaller(Installer deployed) {
        this.deployed = deployed;
    }

    @Override
    public Started start(FleetName fleet, RevisionLocation revision, RolloutId rollout, Instant since) {
        return deployed.start(fleet, revision, rollout, since);
    }

    @Override
    public Installation follow(FleetName fleet, String deployment, List<String> inService) {
        return deployed.follow(fleet, deployment, inService);
    }

    @Override
    public Started startByZone(
            FleetName fleet, RevisionLocation revision, RolloutId rollout, int attempt, Instant since) {
        return deployed.startByZone(fleet, revision, rollout, attempt, since);
    }

    @Override
    public Installation followByZone(
            FleetName fleet, String deployment, RolloutId rollout, Instant since, List<String> inService) {
        return deployed.followByZone(fleet, deployment, rollout, since, inService);
    }

    @Override
    public void stop(String deployment) {
        deployed.stop(deployment);
    }

    @Override
    public Optional<RevisionLocation> standing(FleetName fleet) {
        return deployed.standing(fleet);
    }

    @Override
    public Optional<String> begun(FleetName fleet, RolloutId rollout, Instant since) {
        return deployed.begun(fleet, rollout, since);
    }

    @Override
    public Started restore(
            FleetName fleet, RevisionLocation former, RolloutId rollout, Restoration due, Instant since) {
        return deployed.restore(fleet, former, rollout, due, since);
    }

    @Override
    public Installation followRestoring(FleetName fleet, String deployment, List<String> inService) {
        return deployed.followRestoring(fleet, deployment, inService);
    }

    @Override
    public Installation followStanding(FleetName fleet, List<String> inService) {
        return deployed.followStanding(fleet, inService);
    }
}
