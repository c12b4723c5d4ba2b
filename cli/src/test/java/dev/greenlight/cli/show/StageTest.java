package dev.greenlight.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.demo.Frame;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StageTest {

    private static final Terminal PIPE = new Terminal(false, false, 100);
    private static final Terminal WINDOW = new Terminal(true, false, 60);
    private static final List<Frame.FleetLine> FLEETS = List.of(
            new Frame.FleetLine("A", "blue", Optional.of("v1"), 4, 4),
            new Frame.FleetLine("B", "green", Optional.empty(), 0, 1));

    @Test
    void a_pipe_gets_the_story_and_the_receipt_as_lines() throws Exception {
        String shown = shown(PIPE, stage -> {
            stage.chapter("a good release");
            Reports.good().story().forEach(stage::told);
            stage.over(Reports.good());
            stage.end(Reports.kept());
        });

        assertThat(shown)
                .doesNotContain("\u001b")
                .containsSubsequence(
                        "== a good release",
                        "08:00:00  begin      v2 takes fleet B",
                        "08:19:00  shift      green has 4 healthy of 4",
                        "08:34:00  promote    baked for 10 minutes",
                        "✔ good  v1 → v2  promoted, as it should be",
                        "1,080 sent, 0 failed",
                        "nobody saw an error",
                        "✔ kept: every promise of 4 releases. 4,260 requests sent, 51 failed (regressed, by v4). 81.4 s.");
        assertThat(shown).containsOnlyOnce("waiting for green's first instance");
    }

    @Test
    void a_pipe_hears_every_few_seconds_how_far_it_is() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PlainLines lines = new PlainLines(new PrintStream(out, true, StandardCharsets.UTF_8), PIPE, new Paint(false));

        for (double seconds = 0; seconds < 11; seconds += 0.1) {
            lines.frame(Reports.frame(seconds, FLEETS));
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.contains(
                        "set A 100% B 0%, seen v1 100%; A blue v1 4/4 healthy, B green empty 0/1 healthy"));
    }

    @Test
    void a_broken_promise_is_the_last_word() throws Exception {
        String shown = shown(PIPE, stage -> {
            stage.over(Reports.regressed(2));
            stage.end(Reports.broken());
        });

        assertThat(shown.strip())
                .contains("✘ regressed", "✘ promise broken: the way back took 2 writes")
                .endsWith("✘ broken: regressed: the way back took 2 writes");
    }

    @Test
    void a_window_is_redrawn_in_place_and_no_line_is_wider() throws Exception {
        String shown = shown(WINDOW, stage -> {
            stage.chapter("a good release");
            stage.told(Reports.good().story().getFirst());
            stage.frame(Reports.frame(1, FLEETS));
            stage.told(Reports.good().story().get(1));
            stage.frame(Reports.frame(2, FLEETS));
        });

        assertThat(shown).contains("├─ blue  fleet A  v1     4/4 healthy  ●●●●");
        assertThat(shown.replaceAll("\u001b\\[[?0-9;]*[a-zA-Z]", "").lines()).allMatch(line -> line.length() <= 60);
    }

    @Test
    void what_is_over_stays_above_what_goes_on() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LiveScreen screen =
                new LiveScreen(new PrintStream(out, true, StandardCharsets.UTF_8), WINDOW, new Paint(false));
        screen.told(Reports.good().story().getFirst());
        screen.frame(Reports.frame(1, FLEETS));
        int lines = (int) out.toString(StandardCharsets.UTF_8).lines().count() - 1;

        screen.over(Reports.good());

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsSubsequence("\r\u001b[" + lines + "A\u001b[J", "begin", "✔ good", "AWS calls");
    }

    @Test
    void a_reader_who_does_not_read_holds_nobody_up() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputStream stuck = new OutputStream() {
            @Override
            public void write(int b) {
                awaited(reads);
                out.write(b);
            }
        };
        try (Stage stage = Stage.on(new PrintStream(stuck, true, StandardCharsets.UTF_8), PIPE)) {
            for (int i = 0; i < 1000; i++) {
                stage.frame(Reports.frame(i, FLEETS));
            }
            stage.chapter("the end");
            reads.countDown();
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("== the end");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(Terminal terminal, Consumer<Stage> play) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Stage stage = Stage.on(new PrintStream(out, false, StandardCharsets.UTF_8), terminal)) {
            play.accept(stage);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
