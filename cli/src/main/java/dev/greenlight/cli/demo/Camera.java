package dev.greenlight.cli.demo;

import dev.greenlight.cli.demo.Frame.FleetLine;
import dev.greenlight.cli.theatre.Theatre;
import dev.greenlight.cli.theatre.Told;
import dev.greenlight.cli.theatre.Watch;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.codepipeline.ActionRun;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.load.Sample;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Takes a picture of what is to be seen at this moment of a release. */
final class Camera {

    private static final Duration LATELY = Duration.ofSeconds(1);
    private static final int LATEST = 6;

    /** No fleet is green while no release is under way. */
    static final String NOBODY = "";

    private final Theatre theatre;
    private final Watch watch;
    private final Instant opened;

    Camera(Theatre theatre, Watch watch) {
        this.theatre = theatre;
        this.watch = watch;
        this.opened = theatre.wall().instant();
    }

    /** @param green the fleet that the release under way is for */
    Frame picture(String release, Instant from, Optional<ExecutionView> execution, String green) {
        Instant now = theatre.wall().instant();
        List<Sample> samples = theatre.samples();
        List<Sample> mine = tail(samples, from);
        List<Told> told = watch.toldSince(from);
        return new Frame(
                seconds(opened, now),
                theatre.sandbox().clock().instant(),
                release,
                execution.map(Camera::pipeline).orElse("free"),
                fleets(execution.filter(e -> e.ended().isEmpty()).isPresent() ? green : NOBODY),
                weights(),
                shares(tail(mine, now.minus(LATELY))),
                mine.size(),
                mine.stream().filter(Sample::failed).count(),
                told.subList(Math.max(0, told.size() - LATEST), told.size()));
    }

    /** The samples since then: they come in the order of their answers, so the search goes from the end. */
    private static List<Sample> tail(List<Sample> samples, Instant from) {
        int first = samples.size();
        while (first > 0 && !samples.get(first - 1).answeredAt().isBefore(from)) {
            first--;
        }
        return samples.subList(first, samples.size());
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private static Map<String, Double> shares(List<Sample> samples) {
        Map<String, Double> shares = new TreeMap<>();
        samples.forEach(
                sample -> shares.merge(sample.version().orElse("no answer"), 1.0 / samples.size(), Double::sum));
        return shares;
    }

    private static String pipeline(ExecutionView execution) {
        if (execution.ended().isPresent()) {
            return "free";
        }
        return execution.actions().isEmpty()
                ? execution.stage()
                : execution.actions().getLast().stage() + ": "
                        + execution.actions().getLast().action()
                        + doing(execution.actions().getLast());
    }

    private static String doing(ActionRun run) {
        return run.offers() > 1 ? " (call %d)".formatted(run.offers()) : "";
    }

    String weights() {
        return "A %d%% B %d%%"
                .formatted(
                        weight(theatre.sandbox().site().a()),
                        weight(theatre.sandbox().site().b()));
    }

    private int weight(Site.Fleet fleet) {
        Sandbox sandbox = theatre.sandbox();
        return sandbox.world().rules().stream()
                .filter(rule -> rule.arn().equals(sandbox.site().productionRule()))
                .map(rule -> rule.action() instanceof Action.Forward forward
                        ? forward.weights().getOrDefault(fleet.targetGroupArn(), 0)
                        : 0)
                .findFirst()
                .orElseThrow();
    }

    private List<FleetLine> fleets(String green) {
        return List.of(
                line("A", theatre.sandbox().site().a(), green),
                line("B", theatre.sandbox().site().b(), green));
    }

    private FleetLine line(String name, Site.Fleet fleet, String green) {
        List<Instance> instances = theatre.sandbox().world().instances(fleet.autoScalingGroup());
        int healthy = (int) theatre.sandbox().world().targetHealth(fleet.targetGroupArn()).stream()
                .filter(target -> target.state() == TargetState.HEALTHY)
                .count();
        Optional<String> version =
                instances.stream().flatMap(i -> i.revision().stream()).max(String::compareTo);
        return new FleetLine(
                name, role(name, green, weight(fleet), instances.size()), version, healthy, instances.size());
    }

    /** During a release one fleet is green, whatever it serves; before and after, who serves is blue. */
    private static String role(String name, String green, int weight, int instances) {
        if (!green.equals(NOBODY)) {
            return name.equals(green) ? "green" : "blue";
        }
        return weight > 0 ? "blue" : instances == 0 ? "idle" : "warm";
    }

    /** The fleet that takes no requests now, which is the one that a release is for. */
    String spare() {
        return weight(theatre.sandbox().site().a()) == 0 ? "A" : "B";
    }
}
