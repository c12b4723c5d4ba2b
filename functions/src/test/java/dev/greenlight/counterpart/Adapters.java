package dev.greenlight.counterpart;

import dev.greenlight.adapter.autoscaling.AsgFleets;
import dev.greenlight.adapter.autoscaling.AsgLaunchSources;
import dev.greenlight.adapter.cloudwatch.CloudWatchMetrics;
import dev.greenlight.adapter.codedeploy.CodeDeployHooks;
import dev.greenlight.adapter.codedeploy.CodeDeployInstaller;
import dev.greenlight.adapter.codepipeline.CodePipelineJobs;
import dev.greenlight.adapter.elb.AlbShadowRule;
import dev.greenlight.adapter.elb.AlbTrafficRouter;
import dev.greenlight.adapter.elb.AlbTrafficRules;
import dev.greenlight.adapter.scheduler.EventBridgeAppointments;
import dev.greenlight.adapter.scheduler.EventBridgeAppointments.Book;
import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.port.Appointments;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.HookExecutions;
import dev.greenlight.port.Installer;
import dev.greenlight.port.LaunchSources;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.PipelineJobs;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.TrafficRouter;
import dev.greenlight.port.TrafficRules;
import java.util.Optional;

/** The ports over a ground, as a deployed function has them. */
public record Adapters(Ground ground) {

    /** Moves traffic by the given rule. */
    public TrafficRouter router(String rule) {
        return new AlbTrafficRouter(ground.clients().loadBalancing(), ground.aws(), rule, ground.a(), ground.b());
    }

    /** Copies of requests by the given rule. */
    public ShadowRule shadow(String rule) {
        return new AlbShadowRule(ground.clients().loadBalancing(), ground.aws(), rule, ground.a(), ground.b());
    }

    public TrafficRules rules() {
        return new AlbTrafficRules(ground.clients().loadBalancing(), ground.aws());
    }

    public Fleets fleets() {
        return fleets(ground.b());
    }

    /** The fleets of somebody who takes another one for B. */
    public Fleets fleets(Fleet b) {
        return new AsgFleets(
                ground.clients().autoScaling(), () -> ground.clients().ec2(), ground.aws(), ground.a(), b);
    }

    public LaunchSources launchSources() {
        return new AsgLaunchSources(ground.clients().autoScaling(), ground.aws());
    }

    public Metrics metrics() {
        return new CloudWatchMetrics(
                ground.clients().cloudWatch(), ground.aws(), ground.loadBalancer(), ground.a(), ground.b());
    }

    public Installer installer() {
        return new CodeDeployInstaller(
                ground.clients().codeDeploy(),
                ground.aws(),
                ground.application(),
                ground.a(),
                ground.b(),
                Optional.empty());
    }

    public Appointments appointments(Book book) {
        return new EventBridgeAppointments(ground.clients().scheduler(), ground.aws(), ground.clock(), book);
    }

    public PipelineJobs pipelineJobs() {
        return new CodePipelineJobs(ground.clients().codePipeline(), ground.aws());
    }

    public HookExecutions hookExecutions() {
        return new CodeDeployHooks(ground.clients().codeDeploy(), ground.aws());
    }
}
