package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.codepipeline.ActionRun;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.lambda.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.codepipeline.model.ApprovalStatus;
import software.amazon.awssdk.services.codepipeline.model.CodePipelineException;
import software.amazon.awssdk.services.codepipeline.model.StageRetryMode;

/** What people do: who gets no answer, or is told to call again, does so a little later. */
final class People {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 40;

    private static final Pattern ROLLOUT = Pattern.compile("\"rollout\":\"([^\"]+)\"");
    private static final String APPROVAL = "Approve";
    private static final Duration THOUGHT = Duration.ofMinutes(2);

    private final Place place;
    private final boolean asked;
    private final List<Duration> rolledBackIn = new ArrayList<>();
    private final Map<String, List<Instant>> released = new HashMap<>();
    private final Set<String> blamed = new HashSet<>();
    private final Set<String> spared = new HashSet<>();
    private final Set<String> meant = new HashSet<>();
    private final Set<String> unheard = new HashSet<>();
    private final Set<String> onlyMarked = new HashSet<>();
    private final List<Instant> promoted = new ArrayList<>();
    private Consumer<Asked> heard = asked -> {};
    private Consumer<Instant> goingAhead = at -> {};

    People(Place place) {
        this.place = place;
        this.asked = place.service().settings().containsKey("GREENLIGHT_APPROVAL");
    }

    /** Lets somebody hear of each call to RollBack. */
    void onRollBack(Consumer<Asked> listener) {
        heard = listener;
    }

    /** Lets somebody hear of each call that lets a rollout go on or promotes it, before it is made. */
    void onGoAhead(Consumer<Instant> listener) {
        goingAhead = listener;
    }

    /** How long each rollback took that moved traffic, from the first call to the answer. */
    List<Duration> rolledBackIn() {
        return rolledBackIn;
    }

    /** Whether somebody released the revision with this digest. */
    boolean released(String digest) {
        return released.containsKey(digest);
    }

    /** Whether somebody was told between two moments that the revision with this digest is released. */
    boolean released(String digest, Instant from, Instant to) {
        return released.getOrDefault(digest, List.of()).stream().anyMatch(at -> !at.isBefore(from) && !at.isAfter(to));
    }

    /** Whether somebody took the rollout back, and was told that it was done. */
    boolean tookBack(String rollout) {
        return blamed.contains(rollout) || spared.contains(rollout);
    }

    /** Whether somebody promoted a rollout since then, whatever its checks say. */
    boolean promotedSince(Instant moment) {
        return promoted.stream().anyMatch(at -> !at.isBefore(moment));
    }

    /** Whether somebody took it back and blamed its revision. */
    boolean blamed(String rollout) {
        return blamed.contains(rollout);
    }

    /** Whether somebody blamed its revision in a call that got no answer, or whose mark is gone: it may have been heard, or not. */
    boolean mayHaveBlamed(String rollout) {
        return meant.contains(rollout);
    }

    /** What the rule said of a rollback is gone: who was told that the store is silent may have been heard, or not. */
    void unmarked(String rollout) {
        if (onlyMarked.remove(rollout) && blamed.remove(rollout)) {
            meant.add(rollout);
        }
    }

    /** Whether somebody took it back and blamed nobody, or meant to in a call that got no answer. */
    boolean spared(String rollout) {
        return spared.contains(rollout) || unheard.contains(rollout);
    }

    void rollBack(boolean quarantine) {
        String payload = quarantine
                ? "{\"reason\":\"asked for by hand\"}"
                : "{\"reason\":\"asked for by hand\",\"quarantine\":false}";
        call(Functions.ROLL_BACK, payload, place.clock().instant(), TRIES);
    }

    void promote() {
        call(
                Functions.PROMOTE,
                "{\"reason\":\"asked for by hand\"}",
                place.clock().instant(),
                TRIES);
    }

    /** Who is told that nothing is paused has come at the wrong time, and lets it be. */
    void resume() {
        call(
                Functions.PROMOTE,
                "{\"resume\":true,\"reason\":\"it looks well\"}",
                place.clock().instant(),
                0);
    }

    private List<Rollout> quarantined() {
        return place.versions().keySet().stream()
                .map(place::rollout)
                .flatMap(Optional::stream)
                .filter(rollout ->
                        place.store().quarantine(rollout.revision().digest()).isPresent())
                .toList();
    }

    /** Merges what was quarantined last, or else what was merged last. */
    void mergeAgain() {
        List<Rollout> quarantined = quarantined();
        List<String> merged = List.copyOf(place.versions().values());
        if (!merged.isEmpty()) {
            place.mergeAgain(
                    quarantined.isEmpty()
                            ? merged.getLast()
                            : place.versions().get(quarantined.getLast().id().value()));
        }
    }

    /** Releases the latest quarantined revision, and merges it again. */
    void releaseQuarantine() {
        List<Rollout> quarantined = quarantined();
        if (!quarantined.isEmpty()) {
            Rollout latest = quarantined.getLast();
            released.putIfAbsent(latest.revision().digest(), new ArrayList<>());
            call(
                    Functions.RELEASE_QUARANTINE,
                    "{\"revision\":\"%s\",\"digest\":\"%s\"}"
                            .formatted(
                                    latest.revision().name(), latest.revision().digest()),
                    place.clock().instant(),
                    TRIES);
            place.mergeAgain(place.versions().get(latest.id().value()));
        }
    }

    private void call(Functions function, String payload, Instant first, int left) {
        Sight before = place.sight();
        int made = place.platform().calls();
        if (function == Functions.PROMOTE) {
            goingAhead.accept(place.clock().instant());
        }
        Invocation answer = place.sandbox()
                .lambda()
                .invoke(place.service().name(function), payload.getBytes(StandardCharsets.UTF_8));
        if (function == Functions.ROLL_BACK) {
            heard.accept(new Asked(
                    answer.text(),
                    place.platform().callsFrom(made),
                    before,
                    place.sight(),
                    place.lately().steady(before),
                    place.lately().lags()));
        }
        place.tell("a person calls %s: %s".formatted(function, answer.text()));
        boolean again = !answer.succeeded() || answer.text().contains("call again");
        boolean blames = function == Functions.ROLL_BACK && !payload.contains("quarantine");
        if (function == Functions.ROLL_BACK && again) {
            before.latest()
                    .ifPresent(rollout ->
                            (blames ? meant : unheard).add(rollout.id().value()));
        }
        if (again && left > 0) {
            place.clock().after(PATIENCE, "a person calls again", () -> call(function, payload, first, left - 1));
            return;
        }
        if (function == Functions.ROLL_BACK && answer.text().contains("\"done\"")) {
            Matcher rollout = ROLLOUT.matcher(answer.text());
            if (rollout.find()) {
                (blames ? blamed : spared).add(rollout.group(1));
                if (answer.text().contains("the store is silent")) {
                    onlyMarked.add(rollout.group(1));
                }
            }
        }
        if (function == Functions.RELEASE_QUARANTINE && answer.text().contains("\"done\"")) {
            released.entrySet().stream()
                    .filter(asked -> payload.contains(asked.getKey()))
                    .forEach(asked -> asked.getValue().add(place.clock().instant()));
        }
        if (function == Functions.PROMOTE
                && !payload.contains("resume")
                && answer.text().contains("\"done\"")) {
            promoted.add(place.clock().instant());
        }
        if (answer.text().contains("all traffic is back on blue")) {
            rolledBackIn.add(Duration.between(first, place.clock().instant()));
        }
    }

    /** Says yes to whatever has waited for a person long enough to be looked at. */
    void approve() {
        if (!asked) {
            return;
        }
        Instant since = place.clock().instant().minus(THOUGHT);
        for (String id : place.versions().keySet()) {
            ExecutionView execution = place.service().execution(id);
            execution
                    .action(APPROVAL)
                    .filter(run -> run.ended().isEmpty() && run.started().isBefore(since))
                    .ifPresent(run -> tried("approves execution " + id, () -> approve(run)));
        }
    }

    private void approve(ActionRun run) {
        place.sandbox()
                .codePipeline()
                .putApprovalResult(request -> request.pipelineName(
                                place.service().pipelineName())
                        .stageName(run.stage())
                        .actionName(run.action())
                        .token(run.id())
                        .result(result -> result.status(ApprovalStatus.APPROVED).summary("go")));
    }

    void stop(boolean abandon) {
        latest().filter(execution -> execution.ended().isEmpty()).ifPresent(execution -> {
            tried(
                    "stops execution " + execution.id(),
                    () -> place.sandbox()
                            .codePipeline()
                            .stopPipelineExecution(request -> request.pipelineName(
                                            place.service().pipelineName())
                                    .pipelineExecutionId(execution.id())
                                    .abandon(abandon)
                                    .reason("asked for by hand")));
        });
    }

    void retry() {
        latest().filter(execution -> execution.ended().isPresent()).ifPresent(execution -> {
            tried(
                    "retries execution " + execution.id(),
                    () -> place.sandbox()
                            .codePipeline()
                            .retryStageExecution(request -> request.pipelineName(
                                            place.service().pipelineName())
                                    .stageName(execution.stage())
                                    .pipelineExecutionId(execution.id())
                                    .retryMode(StageRetryMode.FAILED_ACTIONS)));
        });
    }

    private Optional<ExecutionView> latest() {
        return place.versions().keySet().stream()
                .reduce((before, last) -> last)
                .map(id -> place.service().execution(id));
    }

    private void tried(String what, Runnable attempt) {
        try {
            attempt.run();
            place.tell("a person " + what);
        } catch (CodePipelineException refused) {
            place.tell("a person %s, and is refused".formatted(what));
        }
    }
}
