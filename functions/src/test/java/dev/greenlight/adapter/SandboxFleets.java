package dev.greenlight.adapter;

import dev.greenlight.adapter.codedeploy.Bundles;
import dev.greenlight.adapter.scheduler.EventBridgeAppointments.Book;
import dev.greenlight.counterpart.Counterpart;
import dev.greenlight.counterpart.Foundation;
import dev.greenlight.counterpart.Ground;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.sandbox.Landscape;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Setup;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.cloudwatch.Metric;
import dev.greenlight.sandbox.codedeploy.ModelledScripts;
import dev.greenlight.sandbox.codedeploy.ScriptRunner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A sandbox on a ticked clock in which fleet A serves, and its fleets as the adapters know them. */
public final class SandboxFleets implements Ground {

    public static final Instant START = Instant.parse("2026-01-05T09:00:00Z");

    private static final Duration SETTLED = Duration.ofMinutes(10);
    private static final int CLOSED_PRIORITY = 300;

    private final SandboxClock clock = SandboxClock.ticked(START);
    private final Sandbox sandbox;
    private final Supplier<String> closedRule = Once.of(this::closed);
    private final Supplier<Book> book = Once.of(this::opened);

    private SandboxFleets(Landscape landscape, ScriptRunner scripts) {
        this.sandbox = Sandbox.of(landscape, clock, Setup.modelled(clock).withScripts(scripts));
    }

    public static SandboxFleets serving(int instances) {
        return serving(instances, new ModelledScripts());
    }

    public static SandboxFleets serving(int instances, ScriptRunner scripts) {
        return new SandboxFleets(Landscape.serving("checkout", "v1", instances), scripts);
    }

    public static SandboxFleets beforeFirstRelease() {
        return new SandboxFleets(Landscape.beforeFirstRelease("checkout"), new ModelledScripts());
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Site site() {
        return sandbox.site();
    }

    @Override
    public Counterpart counterpart() {
        return Counterpart.SANDBOX;
    }

    @Override
    public Clients clients() {
        return new SandboxClients(sandbox, sandbox::codePipeline);
    }

    @Override
    public void settle() {
        pass(SETTLED);
    }

    @Override
    public String loadBalancer() {
        return site().loadBalancer().arn();
    }

    @Override
    public String listener() {
        return site().loadBalancer().listenerArn();
    }

    @Override
    public String rule() {
        return site().productionRule();
    }

    @Override
    public String closedRule() {
        return closedRule.get();
    }

    private String closed() {
        return Foundation.rule(clients(), listener(), CLOSED_PRIORITY, "closed.example.com", Foundation.closed());
    }

    @Override
    public LaunchSource.Template revised(LaunchSource.Template template) {
        long version = sandbox.world().launchTemplates().revise(template.id(), "ami-0000000000000002");
        return new LaunchSource.Template(template.id(), Long.toString(version));
    }

    @Override
    public void count(FleetName fleet, String metric, Instant at, double value, int times) {
        Map<String, String> dimensions = Map.of(
                "LoadBalancer",
                after(":loadbalancer/", loadBalancer()),
                "TargetGroup",
                "targetgroup/" + after(":targetgroup/", fleet(fleet).targetGroup()));
        sandbox.world().metrics().record(new Metric("AWS/ApplicationELB", metric, dimensions), at, value, times);
    }

    private static String after(String mark, String arn) {
        return arn.substring(arn.indexOf(mark) + mark.length());
    }

    @Override
    public String application() {
        return site().landscape().service();
    }

    @Override
    public RevisionLocation revision() {
        return Bundles.put(sandbox.revisions(), "v2");
    }

    @Override
    public Book book() {
        return book.get();
    }

    private Book opened() {
        sandbox.scheduler().createScheduleGroup(r -> r.name("greenlight"));
        return new Book(
                "checkout",
                "greenlight",
                "arn:aws:iam::123456789012:role/greenlight-scheduler",
                sandbox.lambda().arn("retire-blue"),
                Optional.of(sandbox.lambda().arn("before-allow-traffic")));
    }

    @Override
    public Fleet a() {
        return fleet(FleetName.A, site().a());
    }

    @Override
    public Fleet b() {
        return fleet(FleetName.B, site().b());
    }

    private static Fleet fleet(FleetName name, Site.Fleet built) {
        return new Fleet(
                name, built.autoScalingGroup(), built.targetGroupArn(), built.autoScalingGroup(), Optional.empty());
    }

    /** Lets time pass, and remembers that a retry asked for it. */
    @Override
    public Aws aws() {
        return new Aws(clock::advance);
    }

    @Override
    public SandboxClock clock() {
        return clock;
    }

    public void pass(Duration time) {
        clock.advance(time);
    }

    /** How often the operation was called, {@code "ModifyRule"}. */
    public long calls(String operation) {
        return sandbox.calls().all().stream()
                .filter(call -> call.operation().equals(operation))
                .count();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
