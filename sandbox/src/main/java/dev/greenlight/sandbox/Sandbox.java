package dev.greenlight.sandbox;

import dev.greenlight.sandbox.autoscaling.SimulatedAutoScaling;
import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.cloudwatch.AlarmChange;
import dev.greenlight.sandbox.cloudwatch.SimulatedCloudWatch;
import dev.greenlight.sandbox.ec2.SimulatedEc2;
import dev.greenlight.sandbox.elb.SimulatedLoadBalancing;
import dev.greenlight.sandbox.fault.CallLog;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.world.Timings;
import dev.greenlight.sandbox.world.World;
import java.util.function.Consumer;
import software.amazon.awssdk.services.autoscaling.AutoScalingClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

/**
 * AWS on a laptop: one world on one clock, and the SDK's clients for it. Every client that it hands out goes through its
 * {@link #faults}; whoever only looks, looks at the {@link #world}.
 */
public final class Sandbox implements AutoCloseable {

    private final SandboxClock clock;
    private final World world;
    private final Site site;
    private final Faults faults;
    private final ElasticLoadBalancingV2Client elb;
    private final AutoScalingClient autoScaling;
    private final Ec2Client ec2;
    private final SimulatedCloudWatch alarms;
    private final CloudWatchClient cloudWatch;

    private Sandbox(SandboxClock clock, Landscape landscape, Timings timings, long seed) {
        this.clock = clock;
        this.world = new World(clock, timings, seed, landscape.account());
        this.site = Site.build(landscape, world);
        this.faults = new Faults(clock);
        this.elb = faults.wrap(ElasticLoadBalancingV2Client.class, new SimulatedLoadBalancing(world, faults));
        this.autoScaling = faults.wrap(AutoScalingClient.class, new SimulatedAutoScaling(world));
        this.ec2 = faults.wrap(Ec2Client.class, new SimulatedEc2(world));
        this.alarms = new SimulatedCloudWatch(
                clock,
                world.metrics(),
                timings.metricDelay(),
                name -> landscape.account().arn("cloudwatch", "alarm:" + name));
        this.cloudWatch = faults.wrap(CloudWatchClient.class, alarms);
    }

    /** Builds the landscape on the clock, with {@linkplain Timings#ordinary ordinary} timings. */
    public static Sandbox of(Landscape landscape, SandboxClock clock) {
        return of(landscape, clock, Timings.ordinary(), 1);
    }

    /** Builds the landscape on the clock; equal seeds make equal stories on a ticked clock. */
    public static Sandbox of(Landscape landscape, SandboxClock clock, Timings timings, long seed) {
        return new Sandbox(clock, landscape, timings, seed);
    }

    public SandboxClock clock() {
        return clock;
    }

    public World world() {
        return world;
    }

    /** The names and ARNs of what was built. */
    public Site site() {
        return site;
    }

    public Faults faults() {
        return faults;
    }

    /** Every call that was made through the clients. */
    public CallLog calls() {
        return faults.calls();
    }

    public ElasticLoadBalancingV2Client elb() {
        return elb;
    }

    public AutoScalingClient autoScaling() {
        return autoScaling;
    }

    public Ec2Client ec2() {
        return ec2;
    }

    public CloudWatchClient cloudWatch() {
        return cloudWatch;
    }

    /** Tells the listener of every change of an alarm's state from now on. */
    public void onAlarm(Consumer<AlarmChange> listener) {
        alarms.listen(listener);
    }

    /** Stops the clock, and with it all that happens by itself. */
    @Override
    public void close() {
        clock.close();
    }
}
