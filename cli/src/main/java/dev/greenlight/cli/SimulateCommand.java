package dev.greenlight.cli;

import dev.greenlight.cli.show.SimulationJson;
import dev.greenlight.cli.show.SimulationProgress;
import dev.greenlight.cli.show.SimulationReport;
import dev.greenlight.cli.show.SimulationText;
import dev.greenlight.cli.show.Terminal;
import dev.greenlight.cli.simulate.Breakdown;
import dev.greenlight.cli.simulate.Findings;
import dev.greenlight.cli.simulate.Plan;
import dev.greenlight.cli.simulate.Progress;
import dev.greenlight.cli.simulate.Service;
import dev.greenlight.cli.simulate.Simulation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Tries to break the rules on a simulated AWS, with a service of its own for each life or with the one of a file. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Try to break the rules: thousands of rollouts while people and AWS do their worst.",
        description = {
            "Plays lives of a service on a simulated AWS, with the deployed functions: releases good and bad, rollbacks by hand, and what"
                    + " goes wrong (crashes, throttling, lost and doubled calls, dying instances). After every write of a function,"
                    + " and at the end of each life, the rules of docs/rules.md are checked. Needs no account and no network.",
            "Without --config each life draws a service of its own. With it, all lives are that service's."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:no rule was broken",
            "1:a rule was broken",
            "2:misused, or the file is wrong",
            "3:the simulator itself broke off, or was stopped before a life was over"
        })
final class SimulateCommand implements Callable<Integer> {

    /** The run ended, and says nothing of the rules. */
    private static final int NOTHING_SAID = 3;

    private final Player player;
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The greenlight.yaml of the service whose lives are played.")
    private Path config;

    @Option(
            names = "--rollouts",
            paramLabel = "N",
            description =
                    "How many rollouts at least: random lives are played until so many have begun; without it about half a minute of them.")
    private String rollouts;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description =
                    "The seed of the first random life; the next one's is one more. Equal seeds make equal lives.")
    private String seed;

    @Option(
            names = "--systematic",
            paramLabel = "WHAT",
            description =
                    "The lives that leave out no moment: none, singles (a crash, a throttle and a doubled call at each moment of"
                            + " each story), or pairs (also each two crashes of a blue/green rollout; takes long).")
    private String systematic;

    @Option(
            names = "--only",
            paramLabel = "NAME",
            description = "Play the one systematic life of that name, as a violation gives it.")
    private String only;

    @Option(
            names = "--json",
            description = "Print the result as one JSON object on stdout, and everything else on stderr.")
    private boolean json;

    /** Where lives are played: on the simulator, unless a test stands in. */
    @FunctionalInterface
    interface Player {

        /**
         * Plays what is planned.
         *
         * @param stopper is given what lets it end soon
         */
        Findings play(Service service, Plan plan, Progress progress, Consumer<Runnable> stopper);
    }

    SimulateCommand(Player player, Streams streams) {
        this.player = player;
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        SimulationOptions options = new SimulationOptions(
                Optional.ofNullable(rollouts),
                Optional.ofNullable(seed),
                Optional.ofNullable(systematic),
                Optional.ofNullable(only));
        List<String> faults = new ArrayList<>(options.faults());
        Optional<Subject> subject = subject(faults);
        if (subject.isEmpty() || !faults.isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), faults));
        }
        options.plan()
                .only()
                .filter(name -> !Simulation.knows(subject.get().service(), name))
                .ifPresent(name -> {
                    throw new ParameterException(
                            spec.commandLine(), "--only: there is no life named '%s'".formatted(name));
                });
        return played(subject.get(), options.plan());
    }

    private Optional<Subject> subject(List<String> faults) {
        try {
            return Optional.of(config == null ? Subject.ofAllKinds() : Subject.of(config));
        } catch (Subject.Refused refused) {
            faults.add(refused.getMessage());
            return Optional.empty();
        }
    }

    private int played(Subject subject, Plan plan) throws IOException {
        try (Interrupted interrupted = new Interrupted()) {
            Findings findings = played(subject.service(), plan, interrupted);
            print(new SimulationReport(
                    subject.whose(),
                    findings,
                    subject.meaning(findings.worst()),
                    subject.unplayed(),
                    subject.command()));
            findings.breakdown().ifPresent(broken -> tell(broken, subject.command()));
            streams.flush();
            return status(findings);
        }
    }

    private static int status(Findings findings) {
        if (!findings.violations().isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        return findings.breakdown().isPresent() || findings.lives() == 0 ? NOTHING_SAID : ExitCode.OK;
    }

    private void tell(Breakdown broken, String command) {
        streams.words()
                .println("greenlight: the simulator broke off in the life of %s; again: %s %s"
                        .formatted(broken.life(), command, broken.replay()));
        broken.cause().printStackTrace(streams.words());
    }

    private Findings played(Service service, Plan plan, Interrupted interrupted) {
        try (SimulationProgress progress =
                new SimulationProgress(streams.words(), Terminal.of(Terminal.STDERR), Clock.systemUTC())) {
            return player.play(service, plan, progress, interrupted::stops);
        }
    }

    private void print(SimulationReport report) throws IOException {
        if (json) {
            report.unplayed().forEach(line -> streams.words().println("not played: " + line));
            SimulationJson.write(report, streams.results());
        } else {
            new SimulationText(streams.results(), Terminal.of(Terminal.STDOUT)).print(report);
        }
    }
}
