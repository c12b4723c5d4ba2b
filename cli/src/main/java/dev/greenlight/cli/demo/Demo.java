package dev.greenlight.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.cli.theatre.Theatre;
import dev.greenlight.cli.theatre.Told;
import dev.greenlight.cli.theatre.Watch;
import dev.greenlight.cli.theatre.WeightsWritten;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.receipt.Mark;
import dev.greenlight.sandbox.receipt.Receipt;
import dev.greenlight.sandbox.receipt.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;

/** Plays four releases under steady load, and counts what each one cost. Sandbox time runs fast; requests are real. */
public final class Demo implements DemoRunner {

    /** Wall time before the first release: what serves must have a past to be compared with. */
    private static final Duration OVERTURE = Duration.ofSeconds(3);

    /** Wall time after a release's end that still belongs to it, so that the last answers are counted. */
    private static final Duration ENCORE = Duration.ofMillis(1500);

    private static final Duration FRAME = Duration.ofMillis(100);
    private static final Duration BUCKET = Duration.ofMillis(250);

    /** A release that takes longer than this is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public DemoReport run(Stagehand stage) throws Exception {
        long began = System.nanoTime();
        stage.chapter("%s serves %s; visitors come".formatted(Theatre.FIRST, BoxOffice.SERVICE));
        try (DynamoDb dynamoDb = DynamoDb.local();
                Theatre theatre = BoxOffice.open(dynamoDb)) {
            Watch watch = new Watch(theatre, stage::told);
            Camera camera = new Camera(theatre, watch);
            Instant opened = theatre.wall().instant();
            watchFor(theatre, OVERTURE, () -> stage.frame(camera.picture("", opened, Optional.empty(), Camera.NOBODY)));
            List<Release> releases = new ArrayList<>();
            String serving = Theatre.FIRST;
            for (Plot plot : Plot.ALL) {
                stage.chapter(plot.title());
                Release release = new Performance(theatre, watch, camera, stage, plot, serving).play();
                releases.add(release);
                stage.over(release);
                serving = release.outcome() == Outcome.PROMOTED ? plot.version() : serving;
            }
            return new DemoReport(releases, (System.nanoTime() - began) / 1e9);
        }
    }

    private interface Eye {
        void look();
    }

    /** The demo is watched by people, so wall time is what passes here; nothing that is tested waits like this. */
    private static void watchFor(Theatre theatre, Duration time, Eye eye) throws InterruptedException {
        Instant until = theatre.wall().instant().plus(time);
        while (theatre.wall().instant().isBefore(until)) {
            eye.look();
            Thread.sleep(FRAME);
        }
    }

    /** One release, from the merge to the last answer that belongs to it. */
    private static final class Performance {

        private final Theatre theatre;
        private final Watch watch;
        private final Camera camera;
        private final Stagehand stage;
        private final Plot plot;
        private final String serving;
        private final Instant from;
        private final String green;
        private String execution;
        private Optional<Instant> handCalled = Optional.empty();
        private Optional<Instant> handCalledOnSandbox = Optional.empty();

        Performance(Theatre theatre, Watch watch, Camera camera, Stagehand stage, Plot plot, String serving) {
            this.theatre = theatre;
            this.watch = watch;
            this.camera = camera;
            this.stage = stage;
            this.plot = plot;
            this.serving = serving;
            this.from = theatre.wall().instant();
            this.green = camera.spare();
        }

        Release play() throws InterruptedException {
            String before = camera.weights();
            execution = theatre.service().merge(plot.version(), SampleBundle.zip(plot.version(), plot.behaviour()));
            awaitPipeline();
            if (plot.rolledBackAfter().isPresent()) {
                laterByHand(plot.rolledBackAfter().get());
            }
            watchFor(theatre, ENCORE, this::show);
            return release(before);
        }

        private void show() {
            stage.frame(camera.picture(plot.name(), from, Optional.of(view()), green));
        }

        private ExecutionView view() {
            return theatre.service().execution(execution);
        }

        private void awaitPipeline() throws InterruptedException {
            Instant patience = theatre.wall().instant().plus(PATIENCE);
            while (view().ended().isEmpty()) {
                if (theatre.wall().instant().isAfter(patience)) {
                    throw new IllegalStateException(
                            "release %s is stuck in %s".formatted(plot.version(), view().actions()));
                }
                show();
                // As in watchFor: people watch this.
                Thread.sleep(FRAME);
            }
        }

        private void laterByHand(Duration hours) throws InterruptedException {
            watchFor(theatre, ENCORE, this::show);
            stage.chapter("%d hours pass; %s serves, the pipeline is free, the old fleet is warm"
                    .formatted(hours.toHours(), plot.version()));
            theatre.hoursPass(hours);
            stage.chapter("a person calls RollBack");
            handCalled = Optional.of(theatre.wall().instant());
            handCalledOnSandbox = Optional.of(theatre.sandbox().clock().instant());
            JsonNode answer = theatre.service()
                    .call(Functions.ROLL_BACK, "{\"reason\":\"visitors complain about their tickets\"}");
            if (!answer.path("outcome").asText().equals("done")) {
                throw new IllegalStateException("RollBack answered " + answer);
            }
        }

        private Release release(String before) {
            Instant to = wholeBuckets(theatre.wall().instant());
            List<WeightsWritten> writes = watch.writesSince(from);
            List<WeightsWritten> back = writes.stream()
                    .filter(w -> "A %d%% B %d%%".formatted(w.a(), w.b()).equals(before))
                    .toList();
            Receipt receipt = Receipt.of(theatre.samples(), new Window(from, to), marks(writes, back), BUCKET);
            List<Told> story = watch.toldOf(execution);
            Outcome outcome = outcome(before, writes);
            return new Release(
                    plot.name(),
                    plot.version(),
                    Optional.of(serving),
                    plot.expected(),
                    outcome,
                    verdict(story, outcome),
                    from,
                    receipt,
                    writes.size(),
                    back.size(),
                    view().took().orElseThrow().toSeconds() / 60.0,
                    outcome == Outcome.ROLLED_BACK ? Optional.of(pipelineWasFree()) : Optional.empty(),
                    watch.callsSince(from),
                    story,
                    writes);
        }

        /** A slice that is cut off would look like visitors who left. */
        private Instant wholeBuckets(Instant now) {
            return from.plus(BUCKET.multipliedBy(Duration.between(from, now).dividedBy(BUCKET)));
        }

        private boolean pipelineWasFree() {
            return handCalledOnSandbox
                    .filter(called -> view().ended().orElseThrow().isBefore(called))
                    .isPresent();
        }

        private List<Mark> marks(List<WeightsWritten> writes, List<WeightsWritten> back) {
            List<Mark> marks = new ArrayList<>();
            for (WeightsWritten write : writes) {
                marks.add(
                        back.contains(write)
                                ? new Mark(Mark.Kind.ROLL_BACK, handCalled.orElse(write.at()), plot.version())
                                : new Mark(Mark.Kind.SHIFT, write.at(), serving));
            }
            return marks;
        }

        /** Read off the rule and the pipeline, not off what anybody says. */
        private Outcome outcome(String before, List<WeightsWritten> writes) {
            boolean backAgain = camera.weights().equals(before);
            if (backAgain) {
                return writes.isEmpty() ? Outcome.REJECTED : Outcome.ROLLED_BACK;
            }
            if (view().status() != PipelineExecutionStatus.SUCCEEDED) {
                throw new IllegalStateException(
                        "%s serves, but its pipeline ended %s".formatted(plot.version(), view().status()));
            }
            return Outcome.PROMOTED;
        }

        private static String verdict(List<Told> story, Outcome outcome) {
            String decision = switch (outcome) {
                case PROMOTED -> "promote";
                case REJECTED -> "reject";
                case ROLLED_BACK -> "roll back";
            };
            return story.reversed().stream()
                    .filter(told -> told.decision().equals(decision))
                    .map(Told::reason)
                    .findFirst()
                    .orElse("no decision was told");
        }
    }
}
