package dev.greenlight.cli;

import dev.greenlight.cli.demo.DemoReport;
import dev.greenlight.cli.demo.DemoRunner;
import dev.greenlight.cli.show.JsonReport;
import dev.greenlight.cli.show.Page;
import dev.greenlight.cli.show.Stage;
import dev.greenlight.cli.show.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays the demo, shows it, and ends with the truth: 0 only if every promise was kept. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Play four releases on a sandbox of AWS, and count what each one cost.",
        description = {
            "The requests are real, over real connections; only AWS is simulated, on a clock that runs fast.",
            "Needs no account and no network, and takes less than two minutes."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every promise was kept", "1:a promise was broken, or the demo could not finish", "2:misused"
        })
final class DemoCommand implements Callable<Integer> {

    private final DemoRunner runner;
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--json",
            description = "Print the result as one JSON object on stdout, and everything else on stderr.")
    private boolean json;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description = "Write a page with a picture of each release: one HTML file that needs nothing else.")
    private Path page;

    DemoCommand(DemoRunner runner, Streams streams) {
        this.runner = runner;
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        refuseUnwritablePage();
        DemoReport report;
        PrintStream shown = json ? streams.words() : streams.results();
        try (Stage stage = Stage.on(shown, Terminal.of(json ? Terminal.STDERR : Terminal.STDOUT))) {
            report = runner.run(stage);
            stage.end(report);
        }
        if (json) {
            JsonReport.write(report, streams.results());
        }
        if (page != null) {
            write(report);
            shown.println("page: " + page.toAbsolutePath().normalize());
        }
        return report.kept() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Said before the demo has run for a minute, not after. */
    private void refuseUnwritablePage() {
        if (page == null) {
            return;
        }
        OutputFile.fault("--page", page).ifPresent(fault -> {
            throw new ParameterException(spec.commandLine(), fault);
        });
    }

    private void write(DemoReport report) throws IOException {
        Files.writeString(page, Page.of(report), StandardCharsets.UTF_8);
    }
}
