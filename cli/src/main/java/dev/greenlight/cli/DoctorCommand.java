package dev.greenlight.cli;

import dev.greenlight.cli.doctor.CannotLook;
import dev.greenlight.cli.doctor.Diagnosis;
import dev.greenlight.cli.doctor.JsonLines;
import dev.greenlight.cli.doctor.Lines;
import dev.greenlight.cli.show.Paint;
import dev.greenlight.cli.show.Terminal;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Looks at a live installation and says what it lacks, before a release finds out. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        header = "Say what an installation lacks: which permission, resource or setting, for which function.",
        description =
                "Looks at the stack of one service in a live account: functions, roles, rules, fleets, pipeline and all that stands"
                        + " around them. It only reads. Permissions are asked of IAM's own simulation of the live roles. What it must be allowed"
                        + " itself stands in docs/operations.md.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing is missing",
            "1:something is missing",
            "2:misused, or not all of it could be looked at"
        })
final class DoctorCommand implements Callable<Integer> {

    private static final String SERVICE = "[A-Za-z0-9-]{1,40}";

    private final Consultation consultation;
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(names = "--service", paramLabel = "NAME", description = "The service, as greenlight.yaml calls it.")
    private String service;

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description = "The stack, if it is not called greenlight-NAME after the service.")
    private String stack;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Where it stands, if not in the region of the environment or the profile.")
    private String region;

    @Option(names = "--profile", paramLabel = "NAME", description = "A profile of the AWS CLI's files.")
    private String profile;

    @Option(names = "--json", description = "Print the result as one JSON object on stdout.")
    private boolean json;

    /** Where the look is taken: a live account, unless a test stands in. */
    @FunctionalInterface
    interface Consultation {

        /**
         * Looks once.
         *
         * @param region null for the one of the environment or the profile
         * @param profile null for the default credentials
         * @throws CannotLook when there is nothing to look at, or no way to look
         */
        Diagnosis examine(String stack, String region, String profile, Consumer<String> progress);
    }

    DoctorCommand(Consultation consultation, Streams streams) {
        this.consultation = consultation;
        this.streams = streams;
    }

    @Override
    public Integer call() {
        String name = stackName();
        try {
            Diagnosis diagnosis = consultation.examine(name, region, profile, this::progress);
            if (json) {
                JsonLines.print(diagnosis, streams.results());
            } else {
                new Lines(
                                streams.results(),
                                new Paint(Terminal.of(Terminal.STDOUT).colour()))
                        .print(diagnosis);
            }
            return diagnosis.status();
        } catch (CannotLook e) {
            streams.words().println("greenlight: " + e.getMessage());
            if (json) {
                JsonLines.print(e, streams.results());
            }
            return Diagnosis.UNSEEN;
        }
    }

    private String stackName() {
        if (stack == null && service == null) {
            throw new ParameterException(spec.commandLine(), "which installation? give --service, or --stack");
        }
        if (service != null && !service.matches(SERVICE)) {
            throw new ParameterException(
                    spec.commandLine(), "--service: up to 40 letters, digits and hyphens, not '%s'".formatted(service));
        }
        if (stack != null && !stack.matches("[A-Za-z][A-Za-z0-9-]{0,127}")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--stack: a letter, then up to 127 letters, digits and hyphens, not '%s'".formatted(stack));
        }
        if (region != null && !region.matches("[a-z]{2}(-[a-z]+)+-[0-9]{1,2}")) {
            throw new ParameterException(
                    spec.commandLine(), "--region: a region such as ap-northeast-2, not '%s'".formatted(region));
        }
        return stack == null ? "greenlight-" + service : stack;
    }

    private void progress(String what) {
        streams.words().println("looking at " + what);
        streams.words().flush();
    }
}
