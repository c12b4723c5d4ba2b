package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import java.time.InstantSource;
import java.util.Optional;

/** Moves traffic to green, step by step as the strategy says. */
public final class AllowTraffic {

    private final Drive drive;

    public AllowTraffic(Ports ports, Terms terms, InstantSource clock) {
        this.drive = new Drive(ports, terms, clock);
    }

    public Answer shift(RolloutId id, Token token) {
        return drive.through(Phase.SHIFTING, id, Optional.empty(), token);
    }
}
