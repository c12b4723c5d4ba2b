package dev.greenlight.sandbox;

import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.Action.Forward;
import dev.greenlight.sandbox.world.Action.Share;
import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.LaunchTemplate;
import dev.greenlight.sandbox.world.LaunchTemplates;
import dev.greenlight.sandbox.world.LoadBalancer;
import dev.greenlight.sandbox.world.Request;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.TargetGroup;
import dev.greenlight.sandbox.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The names and ARNs of what a {@link Landscape} became in a world.
 *
 * @param productionRule the ARN of the rule that carries the weights
 * @param audienceRule the ARN of the one above it that carries those of an A/B test's audience; empty where there is none
 */
public record Site(
        Landscape landscape,
        LoadBalancer loadBalancer,
        String productionRule,
        Optional<String> audienceRule,
        Fleet a,
        Fleet b) {

    /** The machine image of the first version of both fleets' launch templates. */
    public static final String FIRST_IMAGE = "ami-0000000000000001";

    /** One fleet: an Auto Scaling group, its target group and the rule and secret of its preview. */
    public record Fleet(
            String autoScalingGroup,
            String autoScalingGroupArn,
            TargetGroup targetGroup,
            String previewRule,
            String previewSecret) {

        public String targetGroupArn() {
            return targetGroup.arn();
        }
    }

    /** A user's request for the path. */
    public Request request(String path) {
        return Request.get(landscape.host(), path);
    }

    /** A request that the fleet's preview rule takes. */
    public Request preview(Fleet fleet, String path) {
        return request(path).with(landscape.previewHeader(), fleet.previewSecret());
    }

    /** Both fleets, A first. */
    public List<Fleet> fleets() {
        return List.of(a, b);
    }

    static Site build(Landscape landscape, World world) {
        world.zones(landscape.zones());
        LoadBalancer loadBalancer =
                world.createLoadBalancer(landscape.service(), 80, new Action.Fixed(404, "text/plain", "no such host"));
        List<Fleet> fleets = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            fleets.add(fleet(landscape, world, i));
        }
        boolean serving = landscape.fleetA().serving().isPresent();
        Rule production = world.createRule(
                Landscape.PRODUCTION_PRIORITY,
                List.of(new Condition.Host(List.of(landscape.host()))),
                serving ? allTo(fleets) : new Action.Fixed(503, "text/plain", "nothing has been released yet"));
        Site site = new Site(landscape, loadBalancer, production.arn(), Optional.empty(), fleets.get(0), fleets.get(1));
        landscape
                .fleetA()
                .serving()
                .ifPresent(revision -> world.serve(
                        site.a().autoScalingGroup(),
                        landscape.fleetA().capacity().desired(),
                        revision));
        return site;
    }

    private static Action allTo(List<Fleet> fleets) {
        return new Forward(
                List.of(
                        new Share(fleets.get(0).targetGroupArn(), 100),
                        new Share(fleets.get(1).targetGroupArn(), 0)),
                Optional.empty());
    }

    private static Fleet fleet(Landscape landscape, World world, int index) {
        String name = landscape.service() + (index == 0 ? "-a" : "-b");
        String secret = landscape.previewSecrets().get(index);
        TargetGroup group =
                world.createTargetGroup(name, landscape.healthCheck(), landscape.deregistrationDelay(), false);
        Rule preview = world.createRule(
                10 * (index + 1),
                List.of(
                        new Condition.Host(List.of(landscape.host())),
                        new Condition.Header(landscape.previewHeader(), List.of(secret))),
                new Forward(List.of(new Share(group.arn(), 1)), Optional.empty()));
        FleetPlan plan = index == 0 ? landscape.fleetA() : landscape.fleetB();
        AutoScalingGroup fleet = world.createAutoScalingGroup(
                name, plan.capacity(), List.of(group.arn()), Map.of("greenlight:service", landscape.service()));
        LaunchTemplate template = world.launchTemplates().create(name, FIRST_IMAGE);
        world.launchTemplates().launchFrom(name, new LaunchTemplates.Source(template.id(), "1"));
        return new Fleet(name, fleet.arn(), group, preview.arn(), secret);
    }
}
