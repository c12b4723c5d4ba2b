package dev.greenlight.counterpart;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.Clients;
import dev.greenlight.adapter.Pause;
import dev.greenlight.adapter.scheduler.EventBridgeAppointments.Book;
import dev.greenlight.config.Settings;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.port.Fleets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * A live installation as a ground. While it is only read, it is taken as it stands; a test that may write brings it to where every
 * ground begins, and leaves it there.
 */
final class LiveGround implements Ground {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int CLOSED_PRIORITY = 30_000;
    private static final List<String> TAGS = List.of("greenlight:rollout", "greenlight:blue", "greenlight:taken-back");

    private final LiveAccount account = LiveAccount.installation();
    private final Settings settings = account.settings();
    private Optional<String> closedRule = Optional.empty();

    LiveGround() {
        if (LiveAccount.mayWrite()) {
            asTheyBegin();
        }
    }

    private void asTheyBegin() {
        clients()
                .loadBalancing()
                .removeTags(r -> r.resourceArns(settings.rule()).tagKeys(TAGS));
        new RuleHand(this).forwards(100, 0, Optional.empty());
        size(settings.a(), 2);
        size(settings.b(), 0);
        settle();
    }

    private void size(Fleet fleet, int instances) {
        String group = fleet.autoScalingGroup();
        clients().autoScaling().resumeProcesses(r -> r.autoScalingGroupName(group));
        clients()
                .autoScaling()
                .updateAutoScalingGroup(r -> r.autoScalingGroupName(group)
                        .minSize(instances)
                        .desiredCapacity(instances)
                        .maxSize(10));
    }

    @Override
    public Counterpart counterpart() {
        return Counterpart.LIVE;
    }

    @Override
    public Clients clients() {
        return account.clients();
    }

    @Override
    public Aws aws() {
        return new Aws(Pause.sleeping());
    }

    @Override
    public InstantSource clock() {
        return InstantSource.system();
    }

    /** Waits until both groups have the instances that they want, in service. */
    @Override
    public void settle() {
        Instant giveUp = clock().instant().plus(PATIENCE);
        while (!settled()) {
            if (clock().instant().isAfter(giveUp)) {
                throw new AssertionError("the groups did not come to rest within " + PATIENCE);
            }
            Pause.sleeping().pause(LOOK);
        }
    }

    private boolean settled() {
        return new Adapters(this).fleets().groups().values().stream().allMatch(LiveGround::isAtRest);
    }

    private static boolean isAtRest(Fleets.Group group) {
        return group.instances().size() == group.scaling().desired()
                && group.instances().stream().allMatch(instance -> instance.inService());
    }

    @Override
    public Fleet a() {
        return settings.a();
    }

    @Override
    public Fleet b() {
        return settings.b();
    }

    @Override
    public String loadBalancer() {
        return settings.loadBalancer();
    }

    @Override
    public String listener() {
        String rule = settings.rule();
        return rule.substring(0, rule.lastIndexOf('/')).replace(":listener-rule/", ":listener/");
    }

    @Override
    public String rule() {
        return settings.rule();
    }

    @Override
    public String closedRule() {
        if (closedRule.isEmpty()) {
            closedRule = Optional.of(
                    Foundation.rule(clients(), listener(), CLOSED_PRIORITY, "closed.example.com", Foundation.closed()));
        }
        return closedRule.orElseThrow();
    }

    @Override
    public LaunchSource.Template revised(LaunchSource.Template template) {
        return BuiltFleets.revised(clients(), template);
    }

    @Override
    public void count(FleetName fleet, String metric, Instant at, double value, int times) {
        throw new TestAbortedException("nobody but AWS counts for a load balancer (\"PutMetricData\")");
    }

    @Override
    public String application() {
        return settings.application();
    }

    @Override
    public RevisionLocation revision() {
        String named = System.getProperty("greenlight.aws.revision", "");
        int slash = named.indexOf('/');
        if (slash < 1) {
            throw new TestAbortedException("-Dgreenlight.aws.revision=bucket/key names no revision to install");
        }
        return new RevisionLocation(named.substring(0, slash), named.substring(slash + 1));
    }

    @Override
    public Book book() {
        Settings.Schedules schedules = settings.schedules();
        return new Book(
                settings.service(), schedules.group(), schedules.role(), schedules.retireFunction(), schedules.self());
    }

    @Override
    public void close() {
        closedRule.ifPresent(rule -> new Adapters(this).rules().delete(rule));
        if (LiveAccount.mayWrite()) {
            asTheyBegin();
        }
    }

    /** The table of rollouts. */
    String table() {
        return settings.table();
    }
}
