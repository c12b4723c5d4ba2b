package dev.greenlight.cli;

import dev.greenlight.cli.compare.Comparison;
import dev.greenlight.cli.compare.ComparisonReport;
import dev.greenlight.cli.compare.Contender;
import dev.greenlight.cli.compare.Spectator;
import dev.greenlight.cli.show.ComparisonDocument;
import dev.greenlight.cli.show.ComparisonJson;
import dev.greenlight.cli.show.ComparisonPage;
import dev.greenlight.cli.show.ComparisonProgress;
import dev.greenlight.cli.show.ComparisonText;
import dev.greenlight.cli.show.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the table of strategies, and prints it with what people say of each. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Measure every strategy: the same app, the same load, the same good and bad release.",
        description = {
            "Each strategy releases on a sandbox of AWS of its own: a good release, a bad one that is found under traffic, and one that a"
                    + " person takes back. The requests are real, over real connections; AWS is simulated, on a clock that runs fast.",
            "Needs no account and no network. Beside each number stands what people say of the strategy."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:the table was measured",
            "1:a release did not end as it should, or the comparison could not finish",
            "2:misused"
        })
final class CompareCommand implements Callable<Integer> {

    private final Measurer measurer;
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--only",
            paramLabel = "NAMES",
            description = "Only these strategies, separated by commas; otherwise all of them.")
    private String only;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description =
                    "How often each makes its good release; the requests lost are summed over them. Without it: once.")
    private String runs;

    @Option(
            names = "--json",
            description = "Print the result as one JSON object on stdout, and everything else on stderr.")
    private boolean json;

    @Option(
            names = "--page",
            paramLabel = "FILE",
            description =
                    "Write a page with the table and a picture of each strategy: one HTML file that needs nothing else.")
    private Path page;

    @Option(
            names = "--document",
            paramLabel = "FILE",
            description = "Write the table with how to choose as Markdown: how docs/strategies.md is made.")
    private Path document;

    /** Where strategies are measured: on the sandbox, unless a test stands in. */
    @FunctionalInterface
    interface Measurer {

        /**
         * Measures the contenders.
         *
         * @param stopper is given what lets it end soon, without a result
         */
        ComparisonReport measure(List<Contender> contenders, int runs, Spectator spectator, Consumer<Runnable> stopper)
                throws Exception;
    }

    CompareCommand(Measurer measurer, Streams streams) {
        this.measurer = measurer;
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        CompareOptions options = new CompareOptions(
                Optional.ofNullable(only),
                Optional.ofNullable(runs),
                Optional.ofNullable(page),
                Optional.ofNullable(document));
        if (!options.faults().isEmpty()) {
            throw new ParameterException(spec.commandLine(), String.join(System.lineSeparator(), options.faults()));
        }
        try (Interrupted interrupted = new Interrupted()) {
            Optional<ComparisonReport> report = measured(options, interrupted);
            if (report.isEmpty()) {
                streams.words().println("greenlight: stopped before the table was measured; nothing is left behind");
                streams.flush();
                return ExitCode.SOFTWARE;
            }
            print(report.get());
            report.get().astray().forEach(what -> streams.words().println("greenlight: not measured: " + what));
            streams.flush();
            return report.get().astray().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private Optional<ComparisonReport> measured(CompareOptions options, Interrupted interrupted) throws Exception {
        try (ComparisonProgress progress =
                new ComparisonProgress(streams.words(), Terminal.of(Terminal.STDERR), options.contenders())) {
            return Optional.of(measurer.measure(options.contenders(), options.runs(), progress, interrupted::stops));
        } catch (Comparison.Stopped stopped) {
            return Optional.empty();
        }
    }

    private void print(ComparisonReport report) throws IOException {
        if (json) {
            ComparisonJson.write(report, streams.results());
        } else {
            new ComparisonText(streams.results(), Terminal.of(Terminal.STDOUT)).print(report);
        }
        write("page", page, report, ComparisonPage::of);
        write("document", document, report, ComparisonDocument::of);
    }

    private void write(String what, Path file, ComparisonReport report, Function<ComparisonReport, String> text)
            throws IOException {
        if (file != null) {
            Files.writeString(file, text.apply(report), StandardCharsets.UTF_8);
            streams.words()
                    .println("%s: %s".formatted(what, file.toAbsolutePath().normalize()));
        }
    }
}
