package dev.greenlight.cli;

import dev.greenlight.cli.compare.Comparison;
import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Contender;
import dev.greenlight.cli.compare.Spectator;
import dev.greenlight.cli.demo.Demo;
import dev.greenlight.cli.demo.DemoRunner;
import dev.greenlight.cli.doctor.Diagnosis;
import dev.greenlight.cli.doctor.Doctor;
import dev.greenlight.cli.doctor.LiveClients;
import dev.greenlight.cli.simulate.Findings;
import dev.greenlight.cli.simulate.Plan;
import dev.greenlight.cli.simulate.Progress;
import dev.greenlight.cli.simulate.Service;
import dev.greenlight.cli.simulate.Simulation;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code greenlight} command: says what it can do, and leaves the doing to its commands. */
@Command(
        name = "greenlight",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Blue/green releases for EC2 behind an Application Load Balancer, without a lost request.")
public final class Main {

    private Main() {}

    /** Runs one command and ends the JVM with its status: 0 kept, 1 not kept or not finished, 2 misused. */
    public static void main(String[] arguments) {
        Streams streams = new Streams(stream(FileDescriptor.out), stream(FileDescriptor.err));
        // Results go to their stream by name; what a library prints of its own accord is no result.
        System.setOut(streams.words());
        int status = command(new Demo(), Main::examine, Main::simulate, Main::compare, streams)
                .execute(arguments);
        streams.flush();
        System.exit(status);
    }

    static CommandLine command(
            DemoRunner runner,
            DoctorCommand.Consultation consultation,
            SimulateCommand.Player player,
            CompareCommand.Measurer measurer,
            Streams streams) {
        CommandLine command = new CommandLine(new Main());
        command.addSubcommand(new DemoCommand(runner, streams));
        command.addSubcommand(new SimulateCommand(player, streams));
        command.addSubcommand(new CompareCommand(measurer, streams));
        command.addSubcommand(new DoctorCommand(consultation, streams));
        command.setOut(new PrintWriter(streams.results(), true));
        command.setErr(new PrintWriter(streams.words(), true));
        command.setParameterExceptionHandler((misused, arguments) -> {
            CommandLine where = misused.getCommandLine();
            misused.getMessage().lines().forEach(line -> streams.words().println("greenlight: " + line));
            UnmatchedArgumentException.printSuggestions(misused, new PrintWriter(streams.words(), true));
            streams.words().println("Try: " + where.getCommandSpec().qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        command.setExecutionExceptionHandler((broken, line, parsed) -> {
            streams.words().println("greenlight: could not finish: " + broken);
            broken.printStackTrace(streams.words());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return command;
    }

    private static Findings simulate(Service service, Plan plan, Progress progress, Consumer<Runnable> stopper) {
        Simulation simulation = new Simulation(service);
        stopper.accept(simulation::stop);
        return simulation.run(plan, progress);
    }

    private static ComparisonReport compare(
            List<Contender> contenders, int runs, Spectator spectator, Consumer<Runnable> stopper) throws Exception {
        Comparison comparison = new Comparison();
        stopper.accept(comparison::stop);
        return comparison.run(contenders, runs, spectator);
    }

    private static Diagnosis examine(String stack, String region, String profile, Consumer<String> progress) {
        LiveClients.Account account = LiveClients.of(region, profile);
        return new Doctor(account.clients(), account.region()).examine(stack, progress);
    }

    /** Buffered, because a screen is written at once; UTF-8, because terminals are, whatever the locale says. */
    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
