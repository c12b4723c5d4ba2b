package dev.greenlight.usecase;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Plays the pipeline's part: calls the hooks of one execution in their order, and again while they say "in progress". */
final class Pipeline {

    /** How long the pipeline lets pass between two calls of one action. */
    static final Duration INTERVAL = Duration.ofSeconds(30);

    private static final int PATIENCE = 2_000;

    private final Ports ports;
    private final World world;
    private final Terms terms;
    private final RolloutId id;
    private final Revision revision;

    Pipeline(World world, String execution) {
        this(world, world, World.terms(), execution);
    }

    Pipeline(Ports ports, World world, Terms terms, String execution) {
        this.ports = ports;
        this.world = world;
        this.terms = terms;
        this.id = new RolloutId(execution);
        this.revision = new Revision("rev-" + execution, "sha256:" + execution);
    }

    /** The hooks of a release, each through to its last answer, until one of them fails. */
    Answer release() {
        return runUntil(Phase.PROMOTED);
    }

    /** The same, stopping once the rollout has reached that phase. */
    Answer runUntil(Phase phase) {
        Answer answer = null;
        for (Phase action :
                List.of(Phase.PREPARING, Phase.INSTALLING, Phase.VALIDATING, Phase.SHIFTING, Phase.VERIFYING)) {
            if (action.compareTo(phase) >= 0) {
                return answer;
            }
            answer = through(action);
            if (!(answer instanceof Answer.Done)) {
                return answer;
            }
        }
        return answer;
    }

    /** One action to its last answer. */
    Answer through(Phase action) {
        for (int i = 0; i < PATIENCE; i++) {
            Answer answer = call(action);
            if (!(answer instanceof Answer.InProgress)) {
                return answer;
            }
            world.after(INTERVAL);
        }
        throw new AssertionError(action + " never ended: " + rollout());
    }

    /** One call of an action's hook. */
    Answer call(Phase action) {
        Token token = new Token(id, Situation.START);
        return switch (action) {
            case PREPARING -> new PrepareGreen(ports, terms, world).prepare(id, revision, token);
            case INSTALLING ->
                new InstallRevision(ports, terms, world)
                        .install(id, Optional.of(new RevisionLocation("bucket", id + ".zip")), token);
            case VALIDATING -> new BeforeAllowTraffic(ports, terms, world).validate(id, token);
            case SHIFTING -> new AllowTraffic(ports, terms, world).shift(id, token);
            case VERIFYING -> new AfterAllowTraffic(ports, terms, world).verify(id, token);
            case PROMOTED, RETIRED, ROLLED_BACK -> throw new IllegalArgumentException("no hook is called " + action);
        };
    }

    RolloutId id() {
        return id;
    }

    Revision revision() {
        return revision;
    }

    Rollout rollout() {
        return world.store.rollout(id).orElseThrow();
    }
}
