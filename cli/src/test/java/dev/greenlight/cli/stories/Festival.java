package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.dynamodb.DynamoDbRolloutStore;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Fitted;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.cli.installed.InstalledService;
import dev.greenlight.cli.installed.Journaled;
import dev.greenlight.cli.simulate.LastLook;
import dev.greenlight.cli.simulate.ProductionRule;
import dev.greenlight.cli.simulate.RulesWatch;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.Phase;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codedeploy.ModelledScripts;
import dev.greenlight.sandbox.codepipeline.ExecutionView;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Behaviour;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.Load;
import dev.greenlight.sandbox.world.ModelledDataPlane;
import dev.greenlight.sandbox.world.ScalingProcess;
import dev.greenlight.service.Config;
import dev.greenlight.service.ConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.codepipeline.model.PipelineExecutionStatus;
import software.amazon.awssdk.services.scheduler.model.ScheduleSummary;

/** The festival's ticket shop, Greenlight installed for it, a ticked clock, and what people and the world do to it. */
final class Festival implements AutoCloseable {

    static final Instant OPENING = Instant.parse("2026-07-03T10:00:00Z");
    private static final DynamoDb DYNAMO_DB = DynamoDb.inMemory();
    private static final AtomicInteger FESTIVALS = new AtomicInteger();
    /** The template's greatest size of a fleet. */
    private static final int MAXIMUM = 24;

    private static final Duration TICK = Duration.ofSeconds(5);

    final SandboxClock clock = SandboxClock.ticked(OPENING);
    final Sandbox sandbox;
    final ModelledDataPlane plane;
    final ModelledScripts scripts = new ModelledScripts();
    final InstalledService service;
    final RolloutStore store;
    final ProductionRule rule;
    private final Map<String, Long> probes = new HashMap<>();

    /** What a version's pages say; nothing where they are not told. */
    private final Map<String, String> pages = new HashMap<>();

    private Festival(
            Blueprint blueprint, FleetPlan opening, Map<String, String> overrides, UnaryOperator<Setup> setup) {
        this.sandbox = Sandbox.empty(
                blueprint.account(),
                clock,
                setup.apply(Setup.modelled(clock).withScripts(scripts).withSeed(7)));
        this.plane = new ModelledDataPlane(sandbox.world());
        this.service = new InstalledService(
                sandbox,
                new InstalledService.Props(
                        blueprint,
                        opening,
                        clock,
                        length -> {},
                        preview -> (fleet, test) -> probe(fleet, test.path()),
                        DYNAMO_DB,
                        String.valueOf(FESTIVALS.incrementAndGet()),
                        unwatched(overrides)));
        this.rule = new ProductionRule(sandbox);
        this.store = new DynamoDbRolloutStore(
                DYNAMO_DB.client(),
                new Aws(length -> {}),
                service.table(),
                blueprint.settings().service());
    }

    /** The shop's own alarm is there in those stories only that say so. */
    private static Map<String, String> unwatched(Map<String, String> overrides) {
        Map<String, String> settings = new HashMap<>(overrides);
        settings.putIfAbsent("GREENLIGHT_ALARMS", null);
        return settings;
    }

    /** Version v1 has been serving from fleet A on so many instances. */
    static Festival serving(int instances) {
        return serving(instances, Map.of());
    }

    static Festival serving(int instances, Map<String, String> overrides) {
        return on(serving("v1", instances), overrides, UnaryOperator.identity());
    }

    /** Requests that a fleet has got in whole minutes of the last so long, whoever sent them. */
    double requests(String fleet, Duration lately) {
        Site.Fleet side =
                fleet.equals("A") ? sandbox.site().a() : sandbox.site().b();
        Instant end = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        return sandbox.world().requests(side.targetGroupArn(), end.minus(lately), end);
    }

    /** Not the festival, but the service of an example: version v1 has been serving from fleet A on so many instances. */
    static Festival ofExample(String example, int instances) {
        return of(Fitted.to(config(example)), instances);
    }

    /** The same from a template of its own. */
    static Festival of(Blueprint blueprint, int instances) {
        Capacity capacity = new Capacity(Math.min(2, instances), instances, blueprint.largestFleet());
        return new Festival(
                blueprint,
                instances == 0 ? FleetPlan.empty() : new FleetPlan(capacity, Optional.of("v1")),
                Map.of(),
                UnaryOperator.identity());
    }

    /** An example as it is played: with shorter waits. */
    static Config config(String example) {
        try {
            return Fitted.shortened(ConfigReader.read(example(example)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path example(String name) {
        Path here = Path.of("").toAbsolutePath();
        Path root = Files.isDirectory(here.resolve("infra-cdk")) ? here : here.getParent();
        return root.resolve("infra-cdk/examples/" + name + ".yaml");
    }

    /** Both fleets are empty. */
    static Festival beforeFirstRelease() {
        return beforeFirstRelease(Map.of());
    }

    static Festival beforeFirstRelease(Map<String, String> overrides) {
        return on(FleetPlan.empty(), overrides, UnaryOperator.identity());
    }

    /** Version v1 serves from a fleet A that was set so. */
    static Festival serving(Capacity capacity, Map<String, String> overrides) {
        return on(new FleetPlan(capacity, Optional.of("v1")), overrides, UnaryOperator.identity());
    }

    /** The same on a platform that is set up otherwise. */
    static Festival on(FleetPlan opening, Map<String, String> overrides, UnaryOperator<Setup> setup) {
        return new Festival(Blueprint.festival(), opening, overrides, setup);
    }

    /** A fleet A that serves the revision from so many instances, and may grow as far as the template lets it. */
    static FleetPlan serving(String revision, int instances) {
        return new FleetPlan(new Capacity(Math.min(2, instances), instances, MAXIMUM), Optional.of(revision));
    }

    private Probe probe(FleetName fleet, String path) {
        Site.Fleet side =
                fleet == FleetName.A ? sandbox.site().a() : sandbox.site().b();
        ModelledDataPlane.Answer answer = plane.send(sandbox.site().preview(side, path));
        Map<String, String> headers = new HashMap<>();
        answer.revision().ifPresent(revision -> {
            headers.put("x-app-version", revision);
            probes.merge(revision, 1L, Long::sum);
        });
        String page = answer.revision().map(pages::get).orElse("");
        return new Probe.Answered(answer.status(), headers, page, answer.latency());
    }

    /** What all pages of a version say from now on. */
    void says(String version, String page) {
        pages.put(version, page);
    }

    /** Holds every write from now on against the rules. */
    RulesWatch watch() {
        return RulesWatch.over(service, store);
    }

    /** Visitors come, so many requests a second. */
    Load visitors(double perSecond) {
        return plane.load(sandbox.site().request("/checkout"), perSecond);
    }

    /** A merge to PROD. @return the execution's id */
    String merge(String version, Behaviour behaviour) {
        plane.behaviour(version, behaviour);
        return service.merge(version, SampleBundle.zip(version, dev.greenlight.sandbox.app.Behaviour.good()));
    }

    /** Merges, and lets time pass until the pipeline has ended well. @return the execution's id */
    String release(String version) {
        String execution = merge(version, Behaviour.good());
        passUntilPipelineEnds(execution);
        assertThat(succeeded(execution)).as(story()).isTrue();
        return execution;
    }

    /** Lets time pass until the rollout is in this phase. */
    void passUntil(String execution, Phase phase) {
        passUntil(phase + " of " + execution, () -> phaseIs(execution, phase));
    }

    void pass(Duration time) {
        Instant until = clock.instant().plus(time);
        while (clock.instant().isBefore(until)) {
            clock.advance(TICK);
        }
    }

    /** Lets time pass until it is so; a day at most. */
    void passUntil(String what, BooleanSupplier so) {
        Instant patience = clock.instant().plus(Duration.ofDays(1));
        while (!so.getAsBoolean()) {
            if (clock.instant().isAfter(patience)) {
                throw new AssertionError("a day passed without " + what + "\n" + story());
            }
            clock.advance(TICK);
        }
    }

    ExecutionView passUntilPipelineEnds(String execution) {
        passUntil(
                "the pipeline's end", () -> service.execution(execution).ended().isPresent());
        return service.execution(execution);
    }

    boolean succeeded(String execution) {
        return service.execution(execution).status() == PipelineExecutionStatus.SUCCEEDED;
    }

    JsonNode rollBack(String payload) {
        return service.call(Functions.ROLL_BACK, payload);
    }

    JsonNode rollBack() {
        return rollBack("{\"reason\":\"asked for at the bar\"}");
    }

    JsonNode sweep() {
        return service.call(Functions.SWEEP, "{\"greenlight\":\"sweep\"}");
    }

    /** Somebody writes weights to the production rule past Greenlight. */
    void handWrites(int a, int b) {
        rule.handWrites(a, b, false);
    }

    Rollout rollout(String execution) {
        return store.rollout(new RolloutId(execution)).orElseThrow();
    }

    boolean phaseIs(String execution, Phase phase) {
        return store.rollout(new RolloutId(execution))
                .filter(rollout -> rollout.phase() == phase)
                .isPresent();
    }

    /** What the pipeline shows a person of an action that failed. */
    String failure(String execution, String action) {
        return service.execution(execution).action(action).orElseThrow().message();
    }

    /** Names of the appointments that are kept, the regular sweep not counted. */
    List<String> appointments() {
        return sandbox
                .schedules()
                .listSchedules(request -> request.groupName("greenlight-festival"))
                .schedules()
                .stream()
                .map(ScheduleSummary::name)
                .filter(name -> name.startsWith("festival-"))
                .toList();
    }

    /** The production rule's tags. */
    Map<String, String> tags() {
        return rule.tags();
    }

    Set<ScalingProcess> suspended(String fleet) {
        return group(fleet).suspended().keySet();
    }

    /** How often the production rule was written, by anybody. */
    long ruleWrites() {
        return rule.writes();
    }

    /** Percent of production requests that the rule gives each fleet; both 0 while it is closed. */
    Map<String, Integer> weights() {
        return rule.weights();
    }

    AutoScalingGroup group(String fleet) {
        String name = fleet.equals("A")
                ? sandbox.site().a().autoScalingGroup()
                : sandbox.site().b().autoScalingGroup();
        return sandbox.world().autoScalingGroup(name).orElseThrow();
    }

    Capacity capacity(String fleet) {
        return group(fleet).capacity();
    }

    int instances(String fleet) {
        return sandbox.world().instances(group(fleet).name()).size();
    }

    ModelledDataPlane.Tally tally(String version) {
        return plane.tallies().getOrDefault(version, new ModelledDataPlane.Tally(0, 0));
    }

    /** Users' requests to a version: the smoke tests are not counted. */
    long users(String version) {
        return tally(version).requests() - probes.getOrDefault(version, 0L);
    }

    List<String> decisions() {
        return service.journal().entries().stream().map(Journaled::decision).toList();
    }

    /** What happened, for people who read a failed test. */
    String story() {
        StringBuilder story = new StringBuilder();
        for (Journaled entry : service.journal().entries()) {
            story.append("%s %s: %s [%s]%n"
                    .formatted(
                            Duration.between(OPENING, entry.at()), entry.decision(), entry.reason(), entry.routing()));
        }
        service.journal().lines().stream()
                .filter(line -> line.contains("complaint"))
                .forEach(line -> story.append(line).append('\n'));
        return story.toString();
    }

    /** Checks what must be true of every story. */
    @Override
    public void close() {
        try {
            assertThat(LastLook.at(service, DYNAMO_DB.client()).broken()).isEmpty();
        } finally {
            service.close();
        }
    }
}
