package dev.greenlight.cli.simulate;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.dynamodb.DynamoDbRolloutStore;
import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Code;
import dev.greenlight.cli.installed.InstalledService;
import dev.greenlight.config.Environment;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.fleet.FleetName;
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
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Capacity;
import dev.greenlight.sandbox.world.ModelledDataPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Where one life is played: the service, installed in a sandbox of its own on a clock of its own, and what was merged to it. */
final class Place implements AutoCloseable {

    static final Instant OPENING = Instant.parse("2026-07-03T10:00:00Z");

    private static final String FIRST_VERSION = "v1";
    private static final int WELL = 200;

    private final SandboxClock clock = SandboxClock.ticked(OPENING);
    private final ModelledScripts scripts = new ModelledScripts();
    private final DynamoDb dynamoDb = DynamoDb.inMemory();
    private final Setting setting;
    private final Sandbox sandbox;
    private final ModelledDataPlane plane;
    private final InstalledService service;
    private final RolloutStore store;
    private final Records records;
    private final Circumstances circumstances;
    private final Scrutiny scrutiny;
    private final People people;
    private final Hands hands;
    private final Platform platform;
    private final Lately lately;
    private final Map<String, Long> probes = new HashMap<>();
    private final Map<String, Quality> qualities = new HashMap<>();
    private final Map<String, String> versions = new LinkedHashMap<>();
    private final List<Told> told = new ArrayList<>();

    /** One line of what happened. */
    record Told(Instant at, String what) {}

    /** @param code makes what runs in the functions here */
    Place(Blueprint blueprint, Life life, Function<Sandbox, Code> code) {
        this.setting = life.setting();
        Setup setup = setting.setup(Setup.modelled(clock).withScripts(scripts));
        Duration skew = life.skew();
        this.sandbox = Sandbox.empty(blueprint.account(), clock, setup);
        this.plane = new ModelledDataPlane(sandbox.world());
        this.service = new InstalledService(
                sandbox,
                new InstalledService.Props(
                        blueprint,
                        opening(blueprint),
                        () -> clock.instant().plus(skew),
                        length -> {},
                        preview -> this::probe,
                        dynamoDb,
                        "life",
                        setting.overrides()),
                code.apply(sandbox));
        String name = service.settings().get("GREENLIGHT_SERVICE");
        this.store = new DynamoDbRolloutStore(dynamoDb.client(), new Aws(length -> {}), service.table(), name);
        this.records = Records.of(service, store);
        this.scrutiny = new Scrutiny(Environment.read(service.settings()).terms());
        qualities.put(FIRST_VERSION, Quality.GOOD);
        plane.behaviour(FIRST_VERSION, Quality.GOOD.behaviour(setting.healthyAfter()));
        this.circumstances = new Circumstances(this, blueprint);
        this.people = new People(this);
        this.hands = new Hands(this);
        this.platform = new Platform(this);
        this.lately = new Lately(life.lag());
    }

    private FleetPlan opening(Blueprint blueprint) {
        int n = setting.instances();
        return n == 0
                ? FleetPlan.empty()
                : new FleetPlan(new Capacity(Math.min(2, n), n, blueprint.largestFleet()), Optional.of(FIRST_VERSION));
    }

    /** Whoever answers well answers what is asked for. */
    private Probe probe(FleetName fleet, SmokeTest test) {
        ModelledDataPlane.Answer answer = plane.send(sandbox.site().preview(side(fleet), test.path()));
        Map<String, String> headers = new HashMap<>();
        answer.revision().ifPresent(revision -> {
            test.versionHeader().ifPresent(name -> headers.put(name.toLowerCase(Locale.ROOT), revision));
            probes.merge(revision, 1L, Long::sum);
        });
        return answer.status() == WELL
                ? new Probe.Answered(test.status(), headers, body(answer, test), answer.latency())
                : new Probe.Answered(answer.status(), headers, "", answer.latency());
    }

    /** All versions answer alike, but those that are drawn to answer otherwise. */
    private String body(ModelledDataPlane.Answer answer, SmokeTest test) {
        String own = answer.revision()
                .filter(revision -> qualities.get(revision) == Quality.ANSWERS_OTHERWISE)
                .orElse("");
        return test.bodyContains().orElse("") + own;
    }

    /** A merge of a new version. */
    void merge(Quality quality) {
        String version = "v" + (qualities.size() + 1);
        qualities.put(version, quality);
        plane.behaviour(version, quality.behaviour(setting.healthyAfter()));
        if (quality == Quality.CANNOT_BE_INSTALLED) {
            scripts.failing(version, "AfterInstall");
        }
        mergeAgain(version);
    }

    /** A merge of a version that was merged before. */
    void mergeAgain(String version) {
        byte[] source = SampleBundle.zip(version, dev.greenlight.sandbox.app.Behaviour.good());
        String execution = service.merge(version, source);
        versions.put(execution, version);
        tell("%s is merged: %s, execution %s".formatted(version, quality(version), execution));
    }

    /** Executions by id, oldest first, with the version that each releases. */
    Map<String, String> versions() {
        return versions;
    }

    Quality quality(String version) {
        return qualities.get(version);
    }

    /** The version that was there before the story began; empty before a first release. */
    Optional<String> firstVersion() {
        return setting.instances() == 0 ? Optional.empty() : Optional.of(FIRST_VERSION);
    }

    /** How many of users' requests met the version: neither the smoke tests, nor who asks past the production rule, is one of them. */
    long users(String version) {
        ModelledDataPlane.Tally tally = plane.tallies().get(version);
        return tally == null ? 0 : tally.requests() - probes.getOrDefault(version, 0L) - circumstances.strayed(version);
    }

    void tell(String what) {
        told.add(new Told(clock.instant(), what));
    }

    List<Told> told() {
        return told;
    }

    Site.Fleet side(FleetName fleet) {
        return fleet == FleetName.A ? sandbox.site().a() : sandbox.site().b();
    }

    AutoScalingGroup group(FleetName fleet) {
        return sandbox.world().autoScalingGroup(side(fleet).autoScalingGroup()).orElseThrow();
    }

    /** What is stored of the rollout of an execution. */
    Optional<Rollout> rollout(String execution) {
        return store.rollout(new RolloutId(execution));
    }

    Sight sight() {
        return Sight.of(sandbox, records.now());
    }

    /** What the store says. */
    Records.Said records() {
        return records.now();
    }

    Setting setting() {
        return setting;
    }

    SandboxClock clock() {
        return clock;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    ModelledDataPlane plane() {
        return plane;
    }

    InstalledService service() {
        return service;
    }

    RolloutStore store() {
        return store;
    }

    DynamoDb dynamoDb() {
        return dynamoDb;
    }

    Circumstances circumstances() {
        return circumstances;
    }

    Scrutiny scrutiny() {
        return scrutiny;
    }

    People people() {
        return people;
    }

    Hands hands() {
        return hands;
    }

    Platform platform() {
        return platform;
    }

    Lately lately() {
        return lately;
    }

    @Override
    public void close() {
        service.close();
        dynamoDb.close();
    }
}
