package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import java.time.InstantSource;
import java.util.Optional;

/** Verifies green under traffic, bakes, and promotes it, or takes it back. */
public final class AfterAllowTraffic {

    private final Drive drive;

    public AfterAllowTraffic(Ports ports, Terms terms, InstantSource clock) {
        this.drive = new Drive(ports, terms, clock);
    }

    public Answer verify(RolloutId id, Token token) {
        return drive.through(Phase.VERIFYING, id, Optional.empty(), token);
    }
}
