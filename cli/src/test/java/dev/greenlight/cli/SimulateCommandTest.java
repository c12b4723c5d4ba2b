package dev.greenlight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.cli.demo.DemoRunner;
import dev.greenlight.cli.show.Simulations;
import dev.greenlight.cli.simulate.Plan;
import dev.greenlight.cli.simulate.Service;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {

    private static final DemoRunner NO_DEMO = stage -> {
        throw new AssertionError("the demo was not asked for");
    };
    private static final DoctorCommand.Consultation NO_DOCTOR = (stack, region, profile, progress) -> {
        throw new AssertionError("the doctor was not asked for");
    };
    private static final SimulateCommand.Player NEVER = (service, plan, progress, stopper) -> {
        throw new AssertionError("lives were played");
    };

    private static final String SMALLEST = """
            service: hello
            region: eu-central-1
            network: {hosts: [hello.example.com]}
            source: {github: {repository: example/hello}}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream results = new ByteArrayOutputStream();
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final List<Plan> plans = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();

    private final SimulateCommand.Player kept = (service, plan, progress, stopper) -> {
        plans.add(plan);
        services.add(service);
        return Simulations.kept();
    };

    @Test
    void the_status_is_0_when_no_rule_was_broken() {
        assertThat(status(kept)).isZero();
        assertThat(results()).contains("services of all kinds", "✔ no rule was broken");
        assertThat(words()).isEmpty();
        assertThat(services.getFirst()).isEqualTo(Service.ofAllKinds());
    }

    @Test
    void the_status_is_1_when_a_rule_was_broken_and_the_story_says_how_to_see_it_again() {
        assertThat(status((service, plan, progress, stopper) -> Simulations.broken(), "--rollouts", "20"))
                .isEqualTo(1);
        assertThat(results())
                .contains(
                        "fleet B got traffic with 0 of 2 instances healthy",
                        "again  ./greenlight simulate --seed 17 --rollouts 1",
                        "✘ 1 life broke a rule");
    }

    @Test
    void json_has_stdout_for_itself() {
        assertThat(status((service, plan, progress, stopper) -> Simulations.broken(), "--json"))
                .isEqualTo(1);
        assertThat(results()).startsWith("{").endsWith("}\n").doesNotContain("✘");
    }

    @Test
    void whoever_names_no_number_gets_half_a_minute_of_random_lives() {
        status(kept);

        assertThat(plans.getFirst().rollouts()).isEqualTo(SimulationOptions.USUAL);
        assertThat(plans.getFirst().systematic()).isEqualTo(Plan.Systematic.NONE);
    }

    @Test
    void whoever_names_a_number_gets_so_many_rollouts_and_nothing_else() {
        status(kept, "--rollouts", "7", "--seed", "-3");

        assertThat(plans.getFirst().rollouts()).isEqualTo(7);
        assertThat(plans.getFirst().seed()).isEqualTo(-3);
        assertThat(plans.getFirst().systematic()).isEqualTo(Plan.Systematic.NONE);
    }

    @Test
    void the_systematic_part_can_be_asked_for_alone_and_one_of_its_lives_by_name() {
        status(kept, "--rollouts", "0", "--systematic", "pairs");
        status(kept, "--only", "good.before-7");

        assertThat(plans.get(0).rollouts()).isZero();
        assertThat(plans.get(0).systematic()).isEqualTo(Plan.Systematic.PAIRS);
        assertThat(plans.get(1).only()).contains("good.before-7");
    }

    @Test
    void a_systematic_life_that_there_is_none_of_is_refused() {
        assertThat(status(NEVER, "--only", "x")).isEqualTo(2);
        assertThat(words()).contains("greenlight: --only: there is no life named 'x'");
    }

    /** Once, whatever broke while a life was replayed was told as a wrong name. */
    @Test
    void what_breaks_while_a_life_is_replayed_is_not_a_wrong_name() {
        SimulateCommand.Player broken = (service, plan, progress, stopper) -> {
            throw new IllegalArgumentException("a fault of the simulator");
        };

        assertThat(status(broken, "--only", "good.before-7")).isNotEqualTo(2);
        assertThat(words()).contains("a fault of the simulator").doesNotContain("--only:");
    }

    @Test
    void the_status_is_3_when_the_simulator_broke_off_and_it_says_in_which_life() {
        SimulateCommand.Player broken =
                (service, plan, progress, stopper) -> Simulations.nothing(Optional.of(Simulations.breakdown()));

        assertThat(status(broken)).isEqualTo(3);
        assertThat(words())
                .contains(
                        "greenlight: the simulator broke off in the life of seed 5; again: ./greenlight simulate --seed 5 --rollouts 1",
                        "java.lang.StackOverflowError");
    }

    @Test
    void the_status_is_3_when_no_life_was_played_to_its_end() {
        assertThat(status((service, plan, progress, stopper) -> Simulations.nothing(Optional.empty())))
                .isEqualTo(3);
        assertThat(results()).doesNotContain("✔");
    }

    @Test
    void with_a_file_the_lives_are_its_services_and_the_settings_are_explained() throws Exception {
        Path file = Files.writeString(folder.resolve("greenlight.yaml"), SMALLEST + "blueLifetime: 7d\n");

        assertThat(status(kept, "--config", file.toString())).isZero();
        assertThat(services.getFirst().drawn()).isFalse();
        assertThat(services.getFirst().most()).isEqualTo(4);
        assertThat(results())
                .contains(
                        "hello, as " + file + " describes it",
                        "What these settings mean",
                        "For 7 days after each release the old version is kept warm",
                        "users were for 4 min 10 s on a version that fails some of their requests",
                        "Such a version stays until a person takes it back",
                        "blueLifetime: 7 days are played as 30 min",
                        "./greenlight simulate --config " + file + " --seed 4 --rollouts 1");
    }

    @Test
    void what_of_a_file_is_not_played_is_said_beside_json_too() throws Exception {
        Path file = Files.writeString(folder.resolve("greenlight.yaml"), SMALLEST);

        assertThat(status(kept, "--config", file.toString(), "--json")).isZero();
        assertThat(results()).startsWith("{");
        assertThat(words()).contains("not played: region, instanceType");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-place", "recreate", "rolling"})
    void who_keeps_no_fleet_warm_is_told_nothing_of_its_time(String example) {
        assertThat(status(kept, "--config", example(example).toString())).isZero();
        assertThat(results()).contains("What these lives do not show").doesNotContain("blueLifetime");
    }

    @ParameterizedTest
    @ValueSource(strings = {"smallest", "festival", "everything"})
    void each_example_can_be_played(String example) {
        assertThat(status(kept, "--config", example(example).toString())).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --rollouts -1                   | --rollouts: not a number from 0 to 1000000000: '-1'
            --rollouts many                 | --rollouts: not a number from 0
            --rollouts 1e3                  | --rollouts: not a number from 0
            --rollouts 0                    | 0 leaves nothing to play
            --seed abc                      | --seed: not a number from -9223372036854775808 to 9223372036854775807: 'abc'
            --seed 9223372036854775808      | --seed: not a number
            --systematic most               | --systematic: not one of none, singles, pairs: 'most'
            --only x --seed 4               | --only plays one life
            --rolouts 4                     | Unknown option
            --rollouts                      | Missing required parameter
            --config nowhere.yaml           | --config: there is no nowhere.yaml
            --config .                      | --config: . is a directory
            nonsense                        | Unmatched argument
            """)
    void nonsense_is_refused_before_anything_is_played(String arguments, String because) {
        assertThat(status(NEVER, arguments.split(" "))).isEqualTo(2);
        assertThat(words()).contains(because, "Try: greenlight simulate --help").doesNotContain("Exception");
        assertThat(results()).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_told_at_once_and_a_files_faults_as_synth_tells_them() throws Exception {
        Path file = Files.writeString(folder.resolve("broken.yaml"), SMALLEST + "blueLifetime: soon\ncolour: green\n");

        assertThat(status(NEVER, "--rollouts", "-1", "--seed", "x", "--config", file.toString()))
                .isEqualTo(2);
        assertThat(words())
                .contains(
                        "greenlight: --rollouts: not a number",
                        "greenlight: --seed: not a number",
                        "greenlight: broken.yaml: 2 things are wrong",
                        "broken.yaml:5:15: blueLifetime: not a time such as 8h",
                        "broken.yaml:6:1: colour: unknown");
    }

    @Test
    void what_is_no_text_is_refused_in_a_line() throws Exception {
        Path file = Files.write(folder.resolve("greenlight.yaml"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});

        assertThat(status(NEVER, "--config", file.toString())).isEqualTo(2);
        assertThat(words()).contains("greenlight.yaml:1:1: no text in UTF-8");
    }

    @Test
    void a_run_can_be_stopped_and_says_so() {
        List<String> stopped = new ArrayList<>();
        SimulateCommand.Player stoppable = (service, plan, progress, stopper) -> {
            stopper.accept(() -> stopped.add("stopped"));
            return Simulations.stopped();
        };

        assertThat(status(stoppable)).isZero();
        assertThat(results()).contains("stopped before its end: this is what was found so far");
    }

    private static Path example(String name) {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("infra-cdk")) ? here : here.getParent();
        return root.resolve("infra-cdk/examples").resolve(name + ".yaml");
    }

    private int status(SimulateCommand.Player player, String... options) {
        List<String> arguments = new ArrayList<>(List.of("simulate"));
        arguments.addAll(List.of(options));
        Streams streams = new Streams(
                new PrintStream(results, false, StandardCharsets.UTF_8),
                new PrintStream(words, false, StandardCharsets.UTF_8));
        int status = Main.command(NO_DEMO, NO_DOCTOR, player, CompareCommandTest.UNMEASURED, streams)
                .execute(arguments.toArray(new String[0]));
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
