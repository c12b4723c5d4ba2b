package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import java.time.InstantSource;
import java.util.Optional;

/** Installs the revision on green and follows it until every in-service instance has it. */
public final class InstallRevision {

    private final Drive drive;

    public InstallRevision(Ports ports, Terms terms, InstantSource clock) {
        this.drive = new Drive(ports, terms, clock);
    }

    public Answer install(RolloutId id, Optional<RevisionLocation> revision, Token token) {
        return drive.through(Phase.INSTALLING, id, revision, token);
    }
}
