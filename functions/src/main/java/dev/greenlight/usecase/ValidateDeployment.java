package dev.greenlight.usecase;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers CodeDeploy's own lifecycle hooks, where CodeDeploy moves the traffic: the same checks, on the side that the
 * settings name. Such hooks come from ECS and Lambda services, which have no Auto Scaling groups: capacity is the caller's, and
 * nothing but the load balancer is asked about the side; all targets that it has there must be healthy.
 *
 * <p>CodeDeploy fails a hook after one hour of silence and knows no "in progress". Source: CodeDeploy user guide, "AppSpec
 * 'hooks' section".
 */
public final class ValidateDeployment {

    /** Answers before CodeDeploy's hour is over. */
    private static final Duration PATIENCE = Duration.ofMinutes(55);

    private static final Scaling NO_GROUP = new Scaling(0, 0, 0, Set.of());

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

    private Answer examine(Trigger.HookExecution execution, List<Check> asked, Optional<Instant> trafficSince) {
        List<Check> checks =
                asked.stream().filter(ValidateDeployment::isOfTheDeployment).toList();
        if (checks.isEmpty()) {
            return new Answer.Failed(
                    Answer.Failure.CONFIGURATION,
                    asked.stream()
                            .map(Check::name)
                            .collect(Collectors.joining(
                                    ", ", "none of the checks asked for can be made of a deployment: ", "")));
        }
        Targets targets = ports.router().targets(terms.hookFleet());
        FleetState side = new FleetState(terms.hookFleet(), NO_GROUP, List.of(), targets);
        int registered = targets.healthy() + targets.initial() + targets.unhealthy();
        Instant now = clock.instant();
        List<Verdict> verdicts = new Examine(ports)
                .examine(
                        checks,
                        new Examine.Subject(side, Math.max(1, registered), Optional.empty(), trafficSince, now));
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

    private static boolean isOfTheDeployment(Check check) {
        return !(check instanceof Check.FleetCapacity) && !(check instanceof Check.InstanceStatus);
    }
}
