package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.cloudwatch.MetricStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one model of targets, groups and routing. Every public method holds the world's lock, which is the world itself: whoever
 * must read and write in one go synchronizes on it. Hooks and data planes are called without it.
 *
 * <p>Methods that take an ARN, a name or an id throw {@link NoSuchElementException} for one that does not exist.
 */
public final class World {

    private final SandboxClock clock;
    private final Timings timings;
    private final Account account;
    private final Ids ids;
    private final MetricStore metrics;
    private final Balancer balancer;
    private final Targets targets;
    private final Fleets fleets;
    private final LaunchTemplates launchTemplates;
    private final Map<String, Map<String, String>> tags = new LinkedHashMap<>();
    private final Map<String, Kept<String, String>> tagsNow = new HashMap<>();
    private LoadBalancer loadBalancer;
    private Traffic traffic;
    private volatile DataPlane plane = new InstalledIsHealthy();
    private Optional<Mirror> mirror = Optional.empty();

    /** Makes an empty world in the {@linkplain Account#example example account}; equal seeds make equal worlds. */
    public World(SandboxClock clock, Timings timings, long seed) {
        this(clock, timings, seed, Account.example());
    }

    /** Makes an empty world in an account. */
    public World(SandboxClock clock, Timings timings, long seed, Account account) {
        this.clock = clock;
        this.timings = timings;
        this.account = account;
        this.ids = new Ids(seed);
        this.metrics = new MetricStore(timings.metricDelay());
        this.balancer = new Balancer(timings.routingLag(), seed);
        this.targets = new Targets(this, timings, balancer);
        this.launchTemplates = new LaunchTemplates(this, seed);
        this.fleets = new Fleets(this, timings, ids, targets, launchTemplates);
    }

    public SandboxClock clock() {
        return clock;
    }

    public Account account() {
        return account;
    }

    public Timings timings() {
        return timings;
    }

    public LaunchTemplates launchTemplates() {
        return launchTemplates;
    }

    /** What CloudWatch is fed with. */
    public MetricStore metrics() {
        return metrics;
    }

    // The load balancer

    /** Builds the load balancer with one HTTP listener, whose default rule does {@code otherwise}. */
    public synchronized LoadBalancer createLoadBalancer(String name, int port, Action otherwise) {
        if (loadBalancer != null) {
            throw new IllegalStateException("a world has one load balancer");
        }
        loadBalancer = LoadBalancer.named(name, port, account, ids);
        traffic = new Traffic(metrics, loadBalancer, balancer);
        Minute minute = new Minute(this, traffic, fleets);
        clock.every(Duration.ofMinutes(1), "the minute of the world", minute::passes);
        balancer.add(new Rule(loadBalancer.ruleArn(ids), Optional.empty(), List.of(), otherwise), clock.instant());
        return loadBalancer;
    }

    /** Builds a target group, unused until a rule names it. */
    public synchronized TargetGroup createTargetGroup(
            String name, HealthCheck healthCheck, Duration deregistrationDelay, boolean sticky) {
        String arn = account.arn("elasticloadbalancing", "targetgroup/" + name + "/" + ids.hex(16));
        TargetGroup group = new TargetGroup(arn, name, 80, healthCheck, deregistrationDelay, Duration.ZERO, sticky);
        balancer.add(group);
        return group;
    }

    /** Builds a rule of the listener that takes effect at once. */
    public synchronized Rule createRule(int priority, List<Condition> conditions, Action action) {
        Rule rule = new Rule(loadBalancer().ruleArn(ids), Optional.of(priority), conditions, action);
        balancer.add(rule, clock.instant());
        return rule;
    }

    /** Removes a rule at once. */
    public synchronized void deleteRule(String ruleArn) {
        balancer.remove(ruleArn, clock.instant());
    }

    /** Replaces a rule's conditions at once; its action stays. */
    public synchronized void direct(String ruleArn, List<Condition> conditions) {
        balancer.direct(ruleArn, conditions);
    }

    /** Gives a rule an action that it has always had, as far as anybody can tell. */
    public synchronized void found(String ruleArn, Action action) {
        balancer.found(ruleArn, action, clock.instant());
    }

    /** Changes a target group's attributes. */
    public synchronized void change(
            String targetGroupArn, HealthCheck healthCheck, Duration deregistrationDelay, Duration slowStart) {
        set(targetGroupArn).group(set(targetGroupArn).group().with(healthCheck, deregistrationDelay, slowStart));
    }

    /** Whether one of the group's targets gets less than its share, because it has joined others a short while ago. */
    public synchronized boolean warmsUp(String targetGroupArn) {
        return set(targetGroupArn).warmsUp(clock.instant());
    }

    /** Removes a target group; an {@link IllegalStateException} while a rule names it. */
    public synchronized void deleteTargetGroup(String targetGroupArn) {
        balancer.remove(set(targetGroupArn).group());
    }

    /** The load balancer, if there is one. */
    public synchronized List<LoadBalancer> loadBalancers() {
        return loadBalancer == null ? List.of() : List.of(loadBalancer);
    }

    /** The load balancer. */
    public synchronized LoadBalancer loadBalancer() {
        if (loadBalancer == null) {
            throw new NoSuchElementException("this world has no load balancer");
        }
        return loadBalancer;
    }

    /** The rules as they are written now, by priority, the default rule last. */
    public synchronized List<Rule> rules() {
        return rulesAt(clock.instant());
    }

    /** What the rule does as it is written now. */
    public synchronized Action action(String ruleArn) {
        return balancer.actionWrittenBy(ruleArn, clock.instant());
    }

    /** The rules as they were written by then; an hour is remembered. */
    public synchronized List<Rule> rulesAt(Instant at) {
        return balancer.rulesWrittenBy(at);
    }

    /** Replaces the action of a rule, whatever it is by now; requests follow after the routing lag. */
    public synchronized void writeAction(String ruleArn, Action action) {
        balancer.write(ruleArn, action, clock.instant());
        clock.after(timings.routingLag(), "effect of a routing write", this::refreshUse);
    }

    public synchronized List<TargetGroup> targetGroups() {
        return balancer.sets().stream().map(TargetSet::group).toList();
    }

    /** Whether a rule that is followed now names the group. */
    public synchronized boolean used(String targetGroupArn) {
        return set(targetGroupArn).used();
    }

    public synchronized List<TargetHealth> targetHealth(String targetGroupArn) {
        return set(targetGroupArn).health();
    }

    /** The targets as they were then; ten minutes are remembered. */
    public synchronized List<TargetHealth> targetHealthAt(String targetGroupArn, Instant at) {
        return set(targetGroupArn).healthAt(at);
    }

    /** Registers an instance as a target; no effect when it is one. */
    public synchronized void register(String targetGroupArn, String instanceId) {
        set(targetGroupArn);
        targets.register(targetGroupArn, instanceId);
    }

    /** Takes a target out of the group, after it has drained; no effect when it is none. */
    public synchronized void deregister(String targetGroupArn, String instanceId) {
        set(targetGroupArn);
        targets.deregister(targetGroupArn, instanceId);
    }

    /** The live tags of anything that has an ARN: what is put in is set. */
    public synchronized Map<String, String> tags(String arn) {
        return tags.computeIfAbsent(arn, untagged -> new LinkedHashMap<>());
    }

    /** The tags of anything that has an ARN as they are now, in the order of their keys. */
    public synchronized Map<String, String> tagsNow(String arn) {
        return tagsNow.computeIfAbsent(arn, unseen -> new Kept<>(tags(arn))).now();
    }

    // Auto Scaling and instances

    /** Builds an Auto Scaling group, which starts to launch what it desires. */
    public synchronized AutoScalingGroup createAutoScalingGroup(
            String name, Capacity capacity, List<String> targetGroupArns, Map<String, String> groupTags) {
        targetGroupArns.forEach(this::set);
        String arn = account.arn("autoscaling", "autoScalingGroup:" + ids.uuid() + ":autoScalingGroupName/" + name);
        fleets.add(AutoScalingGroup.begin(name, arn, clock.instant(), capacity, targetGroupArns, groupTags));
        return autoScalingGroup(name).orElseThrow();
    }

    public synchronized List<AutoScalingGroup> autoScalingGroups() {
        return fleets.all().stream().map(FleetState::snapshot).toList();
    }

    public synchronized Optional<AutoScalingGroup> autoScalingGroup(String name) {
        return fleets.find(name).map(FleetState::snapshot);
    }

    /** Removes an Auto Scaling group with all its instances, which drain first. */
    public synchronized void deleteAutoScalingGroup(String name) {
        fleets.remove(fleets.fleet(name));
    }

    /** The live tags of an Auto Scaling group: what is put in is set. */
    public synchronized Map<String, String> groupTags(String autoScalingGroup) {
        return fleets.fleet(autoScalingGroup).tags();
    }

    /** Sets the sizes; the group follows on the clock. */
    public synchronized void capacity(String autoScalingGroup, Capacity capacity) {
        fleets.fleet(autoScalingGroup).capacity(capacity);
    }

    public synchronized void healthCheckType(String autoScalingGroup, HealthCheckType type) {
        fleets.fleet(autoScalingGroup).healthCheckType(type);
    }

    public synchronized void suspend(String autoScalingGroup, Set<ScalingProcess> processes) {
        Map<ScalingProcess, String> suspended = fleets.fleet(autoScalingGroup).suspended();
        processes.forEach(process -> suspended.put(process, "User suspended at " + clock.instant()));
    }

    public synchronized void resume(String autoScalingGroup, Set<ScalingProcess> processes) {
        fleets.fleet(autoScalingGroup).suspended().keySet().removeAll(processes);
    }

    /** Lets the group follow its load, so that an instance gets about so many requests per minute. */
    public synchronized void followLoad(String autoScalingGroup, double requestsPerInstanceAndMinute) {
        fleets.fleet(autoScalingGroup)
                .policy(new ScalingPolicy(requestsPerInstanceAndMinute, timings.scaleOut(), timings.scaleIn()));
    }

    /** Sets the sizes at a time to come, unless ScheduledActions is suspended then. */
    public synchronized void scheduledAction(String autoScalingGroup, Instant at, Capacity capacity) {
        fleets.scheduled(fleets.fleet(autoScalingGroup), at, capacity);
    }

    /** Puts a hook on the group's launches, in place of the one it had. */
    public synchronized void launchHook(String autoScalingGroup, LaunchHook hook) {
        fleets.fleet(autoScalingGroup).hook(hook);
    }

    /** From now on instances are launched into so many Availability Zones, evenly; one unless said otherwise. */
    public synchronized void zones(int many) {
        fleets.zones(many);
    }

    /** The names of the Availability Zones that instances are launched into. */
    public synchronized List<String> zones() {
        return fleets.zones();
    }

    /** The history of the group, newest first. */
    public synchronized List<Activity> activities(String autoScalingGroup) {
        return fleets.fleet(autoScalingGroup).activities();
    }

    /** Gives the group instances that serve the revision since an hour ago, as healthy targets; its capacity must allow them. */
    public List<Instance> serve(String autoScalingGroup, int count, String revision) {
        List<Instance> veterans;
        synchronized (this) {
            FleetState fleet = fleets.fleet(autoScalingGroup);
            veterans = Stream.generate(() -> fleets.veteran(fleet, revision))
                    .limit(count)
                    .toList();
        }
        veterans.forEach(plane::booted);
        return veterans;
    }

    /** All instances of the group that are not terminated, oldest first. */
    public synchronized List<Instance> instances(String autoScalingGroup) {
        return fleets.fleet(autoScalingGroup).instances();
    }

    /** All instances that EC2 knows, also those that were terminated within the last hour. */
    public synchronized List<Instance> instances() {
        return fleets.knownInstances();
    }

    /** The instance, also for an hour after it was terminated. */
    public synchronized Optional<Instance> instance(String instanceId) {
        return fleets.instance(instanceId);
    }

    /** Whether the instance's EC2 status checks have passed. */
    public synchronized boolean statusChecksPassed(Instance instance) {
        Instant latest = clock.instant().minus(timings.statusChecks());
        return instance.running() && !instance.runningSince().orElseThrow().isAfter(latest);
    }

    /** Ends an instance in order: out of its target groups, drained, gone; its group launches another if it wants one. */
    public synchronized void terminate(String instanceId) {
        fleets.endForUser(existing(instanceId));
    }

    /** The death of an instance: what it has in hand is lost, and nobody has been told. */
    public void kill(String instanceId) {
        Instance instance;
        boolean ran;
        synchronized (this) {
            instance = existing(instanceId);
            ran = instance.running();
            instance.dies(clock.instant());
        }
        if (ran) {
            plane.gone(instance);
        }
    }

    // Traffic

    /** Lets all instances copy requests from now on, or none of them. */
    public synchronized void mirror(Optional<Mirror> what) {
        mirror = what;
    }

    /** What makes instances copy requests. */
    public synchronized Optional<Mirror> mirror() {
        return mirror;
    }

    /** The copy that an instance may send of a request that it got; empty where it copies none of this kind. */
    public synchronized Optional<Request> copyOf(Request request) {
        return mirror.flatMap(copies -> copies.copyOf(request, balancer.rulesWrittenBy(clock.instant())));
    }

    /** Sets what makes instances serve; instances that run already boot into it. */
    public void dataPlane(DataPlane newPlane) {
        List<Instance> running;
        synchronized (this) {
            plane = newPlane;
            running = fleets.knownInstances().stream().filter(Instance::running).toList();
        }
        running.forEach(newPlane::booted);
    }

    /** Where the load balancer sends the request; empty when there is no load balancer. */
    public synchronized Optional<Choice> choose(Request request) {
        return loadBalancer == null ? Optional.empty() : Optional.of(balancer.choose(request, clock.instant()));
    }

    /**
     * Counts one answer for CloudWatch.
     *
     * @param elbError whether the load balancer gave it in place of a target: 502, 503 or 504
     */
    public void answered(Choice choice, int status, Duration latency, boolean elbError) {
        answered(choice, status, latency, elbError, 1);
    }

    /** The requests that the group's targets got in the minutes that begin in this time, whether CloudWatch shows them already or not. */
    public synchronized double requests(String targetGroupArn, Instant from, Instant to) {
        return traffic.requests(targetGroupArn, from, to);
    }

    synchronized void answered(Choice choice, int status, Duration latency, boolean elbError, long times) {
        traffic.answered(choice, status, latency, elbError, times, clock.instant());
    }

    DataPlane plane() {
        return plane;
    }

    Balancer balancer() {
        return balancer;
    }

    private synchronized void refreshUse() {
        balancer.refreshUse(clock.instant());
    }

    private TargetSet set(String targetGroupArn) {
        return balancer.set(targetGroupArn)
                .orElseThrow(() -> new NoSuchElementException("no target group " + targetGroupArn));
    }

    private Instance existing(String instanceId) {
        return fleets.instance(instanceId).orElseThrow(() -> new NoSuchElementException("no instance " + instanceId));
    }
}
