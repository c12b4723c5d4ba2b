package dev.greenlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.demo.DemoRunner;
import dev.greenlight.cli.doctor.Consultations;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorCommandTest {

    private static final DemoRunner NEVER = stage -> {
        throw new AssertionError("the demo was not asked for");
    };

    private static final SimulateCommand.Player UNPLAYED = (service, plan, progress, stopper) -> {
        throw new AssertionError("nobody asked for lives");
    };

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();

    @Test
    void a_whole_installation_ends_with_0_and_progress_stays_off_stdout() {
        assertThat(status(Consultations::well, "--service", "festival")).isZero();
        assertThat(results()).contains("✔ nothing is missing").doesNotContain("looking at");
        assertThat(words()).contains("looking at the functions and their roles", "looking at the preview secrets");
    }

    @Test
    void something_missing_ends_with_1() {
        assertThat(status(Consultations::ill, "--service", "festival")).isEqualTo(1);
        assertThat(results()).contains("✘ may not elasticloadbalancing:", "    do      add to the role");
    }

    @Test
    void a_stack_that_is_not_there_ends_with_2_and_one_sentence() {
        assertThat(status(Consultations::well, "--service", "carnival")).isEqualTo(2);
        assertThat(results()).isEmpty();
        assertThat(words()).contains("has no stack greenlight-carnival").doesNotContain("Exception");
    }

    @Test
    void machines_are_told_also_when_there_is_nothing_to_look_at() {
        assertThat(status(Consultations::well, "--stack", "nothing", "--json")).isEqualTo(2);
        assertThat(results()).startsWith("{").contains("\"status\" : 2", "has no stack nothing");
    }

    @Test
    void json_has_stdout_for_itself() {
        assertThat(status(Consultations::ill, "--service", "festival", "--json"))
                .isEqualTo(1);
        assertThat(results())
                .startsWith("{")
                .contains("\"finding\" : \"missing\"")
                .doesNotContain("✘");
    }

    @ParameterizedTest
    @CsvSource({
        "'', which installation?",
        "--service=fest!val, up to 40 letters",
        "--stack=9, a letter",
        "--service=x --region=nowhere, a region such as",
        "--service=x --regoin=eu-west-1, Unknown option"
    })
    void nonsense_is_refused_before_anybody_is_asked(String arguments, String because) {
        DoctorCommand.Consultation never = (stack, region, profile, progress) -> {
            throw new AssertionError("somebody was asked");
        };

        assertThat(status(never, arguments.isEmpty() ? new String[0] : arguments.split(" ")))
                .isEqualTo(2);
        assertThat(words()).contains(because, "Try: greenlight doctor --help");
    }

    private int status(DoctorCommand.Consultation consultation, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "doctor";
        System.arraycopy(options, 0, arguments, 1, options.length);
        Streams streams = new Streams(
                new PrintStream(results, false, StandardCharsets.UTF_8),
                new PrintStream(words, false, StandardCharsets.UTF_8));
        int status = Main.command(NEVER, consultation, UNPLAYED, CompareCommandTest.UNMEASURED, streams)
                .execute(arguments);
        streams.flush();
        return status;
    }

    private String results() {
        return results.toString(StandardCharsets.UTF_8);
    }

    private String words() {
        return words.toString(StandardCharsets.UTF_8);
    }
}
