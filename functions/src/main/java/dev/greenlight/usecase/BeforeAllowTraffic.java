package dev.greenlight.usecase;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import java.time.InstantSource;
import java.util.Optional;

/** Validates green apart from users. */
public final class BeforeAllowTraffic {

    private final Drive drive;

    public BeforeAllowTraffic(Ports ports, Terms terms, InstantSource clock) {
        this.drive = new Drive(ports, terms, clock);
    }

    public Answer validate(RolloutId id, Token token) {
        return drive.through(Phase.VALIDATING, id, Optional.empty(), token);
    }
}
