package dev.greenlight.usecase;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Judge;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Journal;
import dev.greenlight.port.SmokeProbe;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says whether a revision may stay on one instance of green, while CodeDeploy installs it there: the instance's target is
 * healthy, and the smoke tests pass. It reads, and moves nothing: the rollout is InstallRevision's meanwhile.
 *
 * <p>A script of ValidateService asks, because CodeDeploy calls no functions on EC2, and calls a revision a success only after
 * that script; scale-out installs the last success. Source: CodeDeploy user guide, "AppSpec 'hooks' section" and "Integrating
 * CodeDeploy with Amazon EC2 Auto Scaling".
 */
public final class ValidateInstance {

    private final Ports ports;
    private final Terms terms;
    private final InstantSource clock;

    public ValidateInstance(Ports ports, Terms terms, InstantSource clock) {
        this.ports = ports;
        this.terms = terms;
        this.clock = clock;
    }

    /**
     * Answers the script: done, in progress where nothing speaks against the instance yet, or failed. Only a failure of the
     * kind {@code ROLLOUT} is a verdict on the revision.
     *
     * @param instance EC2 id of the instance that the script runs on
     */
    public Answer validate(RolloutId id, String instance) {
        Optional<Rollout> found = ports.store().rollout(id);
        if (found.isEmpty()) {
            return refused("no rollout %s of %s is known".formatted(id, terms.service()));
        }
        Rollout rollout = found.get();
        if (rollout.phase() != Phase.INSTALLING) {
            return refused("rollout %s is %s: an instance is asked about while the rollout installs"
                    .formatted(
                            id, rollout.phase().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        Map<FleetName, Fleets.Group> groups = ports.fleets().groups();
        FleetName green = rollout.green();
        Optional<Instance> asked = instance(groups.get(green), instance);
        if (asked.isEmpty()) {
            return refused(
                    instance(groups.get(green.other()), instance).isPresent()
                            ? "instance %s is of fleet %s, and green is fleet %s"
                                    .formatted(instance, green.other(), green)
                            : "instance %s is in neither fleet".formatted(instance));
        }
        Token token = new Token(id, clock.instant());
        return asked.get().inService()
                ? told(rollout, instance, answer(rollout, asked.get(), groups.get(green), token))
                : new Answer.InProgress("instance %s is not in service".formatted(instance), token);
    }

    private static Answer refused(String message) {
        return new Answer.Failed(Answer.Failure.CONFIGURATION, message);
    }

    private static Optional<Instance> instance(Fleets.Group group, String id) {
        return group.instances().stream().filter(i -> i.id().equals(id)).findFirst();
    }

    private Answer answer(Rollout rollout, Instance instance, Fleets.Group group, Token token) {
        FleetState state = new FleetState(
                rollout.green(),
                group.scaling(),
                List.of(instance),
                ports.router().targets(rollout.green(), instance.id()));
        boolean alone = group.instances().size() == 1;
        List<Verdict> verdicts = new Examine(ports, alone ? ports::probe : () -> amongOthers(rollout.revision()))
                .examine(
                        checks(),
                        new Examine.Subject(
                                state, 1, Optional.of(rollout.revision().name()), Optional.empty(), clock.instant()));
        Outcome outcome = Verdict.worst(verdicts);
        String detail = Verdict.summary(verdicts, outcome);
        return switch (outcome) {
            case PASS -> new Answer.Done(detail, Map.of("instance", instance.id()));
            case INCONCLUSIVE -> new Answer.InProgress(detail, token);
            case FAIL -> new Answer.Failed(Answer.Failure.ROLLOUT, detail);
        };
    }

    /** The instance's own health, which comes first, and what is asked of green before users come. */
    private List<Check> checks() {
        return Stream.concat(
                        Stream.of(new Check.TargetHealth()),
                        terms.beforeTraffic().stream().filter(Check.Smoke.class::isInstance))
                .toList();
    }

    /**
     * The preview rule reaches all of green. Where green was still warm, another instance may answer, with the revision that is
     * being replaced: only an answer that names the new one is its own.
     */
    private SmokeProbe amongOthers(Revision revision) {
        SmokeProbe probe = ports.probe();
        return (fleet, test) -> ownOnly(probe.ask(fleet, test), test, revision);
    }

    private static Probe ownOnly(Probe probe, SmokeTest test, Revision revision) {
        if (!(probe instanceof Probe.Answered answered)) {
            return probe;
        }
        if (test.versionHeader().isEmpty()) {
            // Nobody can tell whose it is: it may let the revision pass, which the pipeline's own look will check, and
            // not fail.
            Verdict verdict = Judge.smoke("smoke", test, Optional.empty(), probe);
            return verdict.outcome() == Outcome.FAIL
                    ? new Probe.NoAnswer("perhaps of another instance, " + verdict.detail())
                    : probe;
        }
        String header = test.versionHeader().get();
        String version = answered.headers().getOrDefault(header.toLowerCase(Locale.ROOT), "nothing");
        return version.equals(revision.name())
                ? probe
                : new Probe.NoAnswer("another instance answered, whose %s says %s".formatted(header, version));
    }

    private Answer told(Rollout rollout, String instance, Answer answer) {
        String decision = switch (answer) {
            case Answer.Done done -> "instance passes";
            case Answer.Failed failed -> "instance fails";
            case Answer.InProgress wait -> "instance waits";
            case Answer.Ignored ignored -> throw new IllegalArgumentException("an instance is always answered");
        };
        ports.journal()
                .tell(new Journal.Entry(
                        Optional.of(rollout.id()),
                        decision,
                        "%s: %s".formatted(instance, answer.message()),
                        Optional.of(rollout.green()),
                        "0",
                        ""));
        return answer;
    }
}
