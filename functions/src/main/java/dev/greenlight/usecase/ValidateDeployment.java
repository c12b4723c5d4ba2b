package dev.greenlight.usecase;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.Observation;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers CodeDeploy's own lifecycle hooks, where CodeDeploy moves the traffic: the same checks, on the side that the
 * settings name. Capacity is the caller's.
 *
 * <p>CodeDeploy fails a hook after one hour of silence and knows no "in progress". Source: CodeDeploy user guide, "AppSpec
 * 'hooks' section".
 */
public final class ValidateDeployment {

    /** Answers before CodeDeploy's hour is over. */
    private static final Duration PATIENCE = Duration.ofMinutes(55);

    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;

    public ValidateDeployment(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
    }

    public Answer before(Trigger.HookExecution execution) {
        return examine(execution, terms.beforeTraffic(), Optional.empty());
    }

    public Answer after(Trigger.HookExecution execution) {
        return examine(execution, terms.underTraffic(), Optional.of(execution.firstCall()));
    }

    private Answer examine(Trigger.HookExecution execution, List<Check> checks, Optional<Instant> trafficSince) {
        Observation seen = new Observe(ports, terms).base();
        FleetState side = seen.fleet(terms.hookFleet());
        Instant now = clock.instant();
        int needed = Math.toIntExact(Math.max(1, side.inService()));
        List<Verdict> verdicts = new Examine(ports)
                .examine(checks, new Examine.Subject(side, needed, Optional.empty(), trafficSince, now));
        Verdict.Outcome outcome = Verdict.worst(verdicts);
        String detail = Verdict.summary(verdicts, outcome);
        return switch (outcome) {
            case PASS -> new Answer.Done(detail, Map.of("deployment", execution.deploymentId()));
            case FAIL -> new Answer.Failed(Answer.Failure.ROLLOUT, detail);
            case INCONCLUSIVE ->
                now.isBefore(execution.firstCall().plus(PATIENCE))
                        ? new Answer.InProgress(
                                detail, new Token(new RolloutId(execution.deploymentId()), execution.firstCall()))
                        : new Answer.Failed(Answer.Failure.ROLLOUT, "time is up: " + detail);
        };
    }
}
