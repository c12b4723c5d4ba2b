package dev.greenlight.infra.proof;

import dev.greenlight.infra.Project;
import dev.greenlight.sandbox.iam.Ask;
import dev.greenlight.sandbox.iam.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the stories' functions asked for, as the build of the module that tells them left it. Stories are told on the festival; another
 * example's functions are the same code, so what the festival's asked for is asked for about their own things: names and ARNs follow from
 * service and region. What an example's settings never ask is left out.
 */
final class Evidence {

    private static final Path FILE = Project.module("cli").resolve("target/asked.json");
    private static final String TOLD_ON = "festival";
    private static final String ALARMS = "cloudwatch:DescribeAlarms";

    private Evidence() {}

    /** @throws AssertionError where no stories were told yet */
    static List<Recording.Entry> recorded() {
        if (!Files.isRegularFile(FILE)) {
            throw new AssertionError(
                    "%s is not there: the stories record what functions ask for. Run mvn verify, or: mvn -pl cli -am test"
                            .formatted(FILE));
        }
        try {
            return Recording.read(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(FILE.toString(), e);
        }
    }

    /** The same for all installations. */
    static List<Recording.Entry> of(List<Recording.Entry> recorded, List<Installation> installations) {
        Installation festival = installations.stream()
                .filter(i -> i.name().equals(TOLD_ON))
                .findFirst()
                .orElseThrow();
        // A service that was only fitted into the festival's template has neither its own region nor its own listener.
        List<Recording.Entry> told =
                recorded.stream().filter(e -> e.installation().equals(TOLD_ON)).toList();
        List<Recording.Entry> all = new ArrayList<>(told);
        for (Installation other : installations) {
            if (other != festival) {
                told.stream()
                        .filter(e -> !e.ask().action().equals(ALARMS) || other.watchesAlarms())
                        .map(e -> moved(e, festival, other))
                        .forEach(all::add);
                // What only its own strategy asks for is told on the festival's template with its settings and roles.
                recorded.stream()
                        .filter(e -> e.installation().equals(other.name()))
                        .map(e -> moved(e, festival, other))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static Recording.Entry moved(Recording.Entry entry, Installation from, Installation to) {
        Ask ask = entry.ask();
        Map<String, List<String>> context = new TreeMap<>();
        ask.context()
                .forEach((key, values) -> context.put(
                        key, values.stream().map(v -> service(v, from, to)).toList()));
        String resource = ask.resource().startsWith(from.listener())
                ? to.listener() + ask.resource().substring(from.listener().length())
                : ask.resource()
                        .replace("greenlight-" + from.name(), "greenlight-" + to.name())
                        .replace(
                                ":" + from.account().region() + ":",
                                ":" + to.account().region() + ":");
        return new Recording.Entry(
                entry.function().replace("greenlight-" + from.name(), "greenlight-" + to.name()),
                to.name(),
                new Ask(ask.action(), resource, context),
                entry.calls());
    }

    private static String service(String value, Installation from, Installation to) {
        return value.equals(from.name()) || value.equals("service#" + from.name())
                ? value.replace(from.name(), to.name())
                : value;
    }
}
