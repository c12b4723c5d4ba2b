package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Event;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.ModelledDataPlane;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.codepipeline.model.ActionExecutionStatus;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;

/** What became of each merge: whether it is right for how good the release was, and whether pipeline and store agree. */
final class Verdicts {

    /** What PrepareGreen says of a fleet on which no zone may be out of service. */
    private static final Pattern CANNOT_ROLL =
            Pattern.compile("needs two Availability Zones|rounded up, are all of them");

    /** An asynchronous invocation has two retries ("How Lambda handles errors and retries with asynchronous invocation"). */
    private static final long TRIES = 3;

    private final Place place;
    private final Entitlements entitled;
    private final Rulings rulings;

    Verdicts(Place place, Entitlements entitled, Rulings rulings) {
        this.place = place;
        this.entitled = entitled;
        this.rulings = rulings;
    }

    void check() {
        place.versions().forEach((id, version) -> {
            ExecutionView execution = place.service().execution(id);
            Optional<Rollout> rollout = place.rollout(id);
            if (rollout.isEmpty()) {
                refused(execution, version);
            } else {
                ended(execution, rollout.get(), version);
            }
        });
    }

    /** Whether its release is what serves afterwards. */
    static boolean stands(Rollout rollout) {
        return rollout.phase() == Phase.PROMOTED || rollout.phase() == Phase.RETIRED;
    }

    private void holds(int rule, boolean kept, Supplier<String> what) {
        rulings.holds(rule, kept, place.clock().instant(), what, "everything should have been over");
    }

    private void refused(ExecutionView execution, String version) {
        if (failure(execution).contains("is quarantined since")) {
            holds(
                    8,
                    wasBad(version, ended(execution)),
                    () -> "%s is refused without having been bad, or although a person released it: %s"
                            .formatted(version, failure(execution)));
        } else {
            holds(
                    4,
                    execution.status() == PipelineExecutionStatus.SUPERSEDED
                            || entitled.mayBeRefused()
                            || entitled.mayBeTooFew()
                                    && CANNOT_ROLL.matcher(failure(execution)).find()
                            || entitled.testMayBeOn() && failure(execution).contains("is in flight")
                            || diedOnEveryTry(execution),
                    () -> "%s was refused: %s".formatted(version, failure(execution)));
        }
        holds(
                1,
                place.users(version) == 0 || rollouts(version).findAny().isPresent(),
                () -> "users met %s, which was refused".formatted(version));
    }

    /**
     * Whether the hook that would have begun its rollout died on each try of one invocation, or could tell CodePipeline nothing: then nothing was
     * begun, and its job has failed.
     */
    private boolean diedOnEveryTry(ExecutionView execution) {
        Map<String, Long> deaths = place.sandbox().calls().all().stream()
                .filter(call -> !call.at().isAfter(ended(execution)))
                .filter(call -> call.outcome().equals(Call.CRASHED) || isUnheard(call))
                .map(Call::invocation)
                .filter(invocation -> invocation.startsWith(place.service().name(Functions.PREPARE_GREEN)))
                .distinct()
                .collect(Collectors.groupingBy(
                        invocation -> invocation.substring(0, invocation.lastIndexOf('#')), Collectors.counting()));
        return failure(execution).contains("the hook died before rollout") && deaths.containsValue(TRIES);
    }

    private static boolean isUnheard(Call call) {
        return call.operation().startsWith("PutJob") && !call.ok();
    }

    private Instant ended(ExecutionView execution) {
        return execution.ended().orElse(place.clock().instant());
    }

    /** Every rollout of the version: it may have been merged more than once. */
    private Stream<Rollout> rollouts(String version) {
        return place.versions().entrySet().stream()
                .filter(merged -> merged.getValue().equals(version))
                .flatMap(merged -> place.rollout(merged.getKey()).stream());
    }

    /** Whether a rollout of it had been taken back by then, and nobody had released it after that. */
    private boolean wasBad(String version, Instant moment) {
        return rollouts(version)
                .anyMatch(rollout -> back(rollout)
                        .map(back -> back.minus(entitled.skew()))
                        .filter(back -> !back.isAfter(moment))
                        .filter(back ->
                                !place.people().released(rollout.revision().digest(), back, moment))
                        .isPresent());
    }

    private void ended(ExecutionView execution, Rollout rollout, String version) {
        Span span = Span.of(rollout);
        Quality quality = place.quality(version);
        holds(
                4,
                !rollout.isOpen(),
                () -> "the rollout of %s is still %s".formatted(version, Sight.words(rollout.phase())));
        rollout.ending()
                .ifPresent(ending -> holds(
                        4,
                        entitled.causes(quality, span).contains(ending.cause())
                                || ending.cause() == Cause.STAGE_ENDED && beganTooLate(execution, rollout),
                        () -> "%s (%s) was taken back: %s, %s"
                                .formatted(version, quality, ending.cause(), ending.reason())));
        boolean promoted = stands(rollout) && rollout.ending().isEmpty();
        holds(
                1,
                !promoted
                        || !place.scrutiny().refuses(quality)
                        || entitled.badMayPass(quality, span)
                        || noWorseThanBlue(rollout, quality)
                        || entitled.mayFailNoMoreThanBlue(quality, unserved()),
                () -> "%s (%s) was promoted".formatted(version, quality));
        holds(
                1,
                !place.scrutiny().keepsUsersFrom(quality)
                        || place.users(version) == 0
                        || rollouts(version).anyMatch(Rollout::onOneFleet)
                        || entitled.badMayMeetUsers(),
                () -> "%d users' requests met %s (%s)".formatted(place.users(version), version, quality));
        holds(
                3,
                !place.people().tookBack(rollout.id().value())
                        || rollout.phase() == Phase.ROLLED_BACK
                        || rollout.blue().isEmpty() && !rollout.onOneFleet(),
                () -> "a person took %s back, and it is %s".formatted(version, Sight.words(rollout.phase())));
        quarantine(rollout, version);
        holds(
                6,
                entitled.pipelineMayDiffer() || agree(execution, rollout),
                () -> "the pipeline says %s of %s, the store says %s: %s"
                        .formatted(execution.status(), version, Sight.words(rollout.phase()), failure(execution)));
    }

    /** Users' errors are compared with blue's: after a first release that was kept although it fails, the same once more looks no worse. */
    private boolean noWorseThanBlue(Rollout rollout, Quality quality) {
        return !place.scrutiny().keepsUsersFrom(quality)
                && place.versions().entrySet().stream()
                        .takeWhile(
                                merged -> !merged.getKey().equals(rollout.id().value()))
                        .filter(merged -> place.rollout(merged.getKey())
                                .filter(Verdicts::stands)
                                .isPresent())
                        .reduce((before, last) -> last)
                        .filter(blue -> place.quality(blue.getValue()) == quality)
                        .isPresent();
    }

    /** Users' requests that no target answered. */
    private long unserved() {
        ModelledDataPlane.Tally tally = place.plane().tallies().get(ModelledDataPlane.Tally.BALANCER);
        return tally == null ? 0 : tally.failed();
    }

    /** Whether its job had been refused, rightly, before the same event came again and began it. */
    private boolean beganTooLate(ExecutionView execution, Rollout rollout) {
        Instant began = rollout.history().getFirst().at();
        return (entitled.mayBeRefused() || entitled.testMayBeOn())
                && execution.actions().stream()
                        .filter(run -> run.status() == ActionExecutionStatus.FAILED)
                        .flatMap(run -> run.ended().stream())
                        .anyMatch(ended -> !ended.isAfter(began.plus(entitled.skew())));
    }

    /**
     * Whether the pipeline was told what was true when its last job was answered: who takes back what was promoted changes no answer
     * that was given before, and lets each fail that is given afterwards.
     */
    private boolean agree(ExecutionView execution, Rollout rollout) {
        boolean succeeded = execution.status() == PipelineExecutionStatus.SUCCEEDED;
        if (when(rollout, "promoted").isEmpty() && !wasTried(rollout)) {
            return !succeeded;
        }
        Optional<Instant> back = when(rollout, "rolled back");
        Optional<Instant> answered = execution.actions().stream()
                .flatMap(run -> run.ended().stream())
                .max(Instant::compareTo);
        if (back.isEmpty()
                || answered.isEmpty()
                || answered.get().isBefore(back.get().minus(entitled.skew()))) {
            return succeeded;
        }
        return !succeeded || !answered.get().isAfter(back.get().plus(entitled.skew()));
    }

    /** Whether it came to an A/B test, for whose end no pipeline waits. */
    private static boolean wasTried(Rollout rollout) {
        return rollout.trafficMoved()
                && rollout.steps().stream().map(Step::trial).anyMatch(Optional::isPresent);
    }

    /** When the record says that it happened, by the functions' clock. */
    private static Optional<Instant> when(Rollout rollout, String what) {
        return rollout.history().stream()
                .filter(event -> event.what().equals(what))
                .map(Event::at)
                .findFirst();
    }

    private static Optional<Instant> back(Rollout rollout) {
        return when(rollout, "rolled back").or(() -> when(rollout, "rejected"));
    }

    /** Rule 8: what was taken back for what it did is quarantined, and nothing else is. */
    private void quarantine(Rollout rollout, String version) {
        boolean quarantined =
                place.store().quarantine(rollout.revision().digest()).isPresent();
        boolean released = place.people().released(rollout.revision().digest());
        holds(
                8,
                quarantined == rollouts(version).anyMatch(this::blamed)
                        || released
                        || quarantined && anyRollout(version, place.people()::mayHaveBlamed)
                        || quarantined && rollouts(version).anyMatch(each -> blamedAfterwards(each, version))
                        || anyRollout(version, place.people()::spared),
                () -> "%s, whose rollout ended with %s, is %s"
                        .formatted(
                                version,
                                rollout.ending().map(e -> e.cause().name()).orElse("success"),
                                quarantined ? "quarantined" : "not quarantined"));
    }

    private boolean anyRollout(String version, Predicate<String> such) {
        return rollouts(version).map(rollout -> rollout.id().value()).anyMatch(such);
    }

    private boolean blamed(Rollout rollout) {
        // What was kept although it failed was not taken back: there was no way. What stays was, before users came to
        // it all the same.
        boolean didWrong = (!stands(rollout) || back(rollout).isPresent())
                && rollout.ending()
                        .filter(ending -> ending.cause().blamesRevision())
                        .isPresent();
        return didWrong || place.people().blamed(rollout.id().value());
    }

    /**
     * Whether the rule said what it was bad for before the record did, and somebody who did not know of that, as the stage's end, wrote the
     * record first. Only of what may be blamed for it in this life.
     */
    private boolean blamedAfterwards(Rollout rollout, String version) {
        return rollout.wasBlamed()
                && entitled.causes(place.quality(version), Span.of(rollout)).stream()
                        .anyMatch(Cause::blamesRevision);
    }

    private static String failure(ExecutionView execution) {
        return execution.actions().stream()
                .filter(run -> !run.message().isEmpty())
                .map(run -> run.action() + ": " + run.message())
                .reduce((before, last) -> last)
                .orElse(execution.status() + " in stage " + execution.stage());
    }
}
