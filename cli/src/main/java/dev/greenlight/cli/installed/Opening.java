package dev.greenlight.cli.installed;

import dev.greenlight.sandbox.FleetPlan;
import dev.greenlight.sandbox.Landscape;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.world.Action;
import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Condition;
import dev.greenlight.sandbox.world.Rule;
import dev.greenlight.sandbox.world.TargetGroup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** How a service is found when a story begins: its things by their names, and perhaps a revision that has served for an hour. */
final class Opening {

    private static final String EARLIER = "released-earlier";

    private final Sandbox sandbox;
    private final Map<String, String> settings;

    private Opening(Sandbox sandbox, Map<String, String> settings) {
        this.sandbox = sandbox;
        this.settings = settings;
    }

    /** @param settings what the functions are told: whose things count is what they believe */
    static void of(Sandbox sandbox, Map<String, String> settings, FleetPlan a) {
        Opening opening = new Opening(sandbox, settings);
        Site site = opening.site();
        sandbox.built(site);
        a.serving().ifPresent(revision -> opening.serve(site, revision, a));
    }

    private Site site() {
        Site.Fleet a = fleet("A");
        Site.Fleet b = fleet("B");
        Landscape landscape = new Landscape(
                sandbox.world().account(),
                settings.get("GREENLIGHT_SERVICE"),
                settings.get("GREENLIGHT_PREVIEW_HOST"),
                settings.get("GREENLIGHT_PREVIEW_HEADER"),
                List.of(a.previewSecret(), b.previewSecret()),
                a.targetGroup().healthCheck(),
                a.targetGroup().deregistrationDelay(),
                FleetPlan.empty(),
                FleetPlan.empty(),
                sandbox.world().zones().size());
        return new Site(
                landscape,
                sandbox.world().loadBalancer(),
                settings.get("GREENLIGHT_RULE"),
                Optional.ofNullable(settings.get("GREENLIGHT_AUDIENCE_RULE")),
                a,
                b);
    }

    private Site.Fleet fleet(String name) {
        String arn = settings.get("GREENLIGHT_" + name + "_TARGET_GROUP");
        TargetGroup targets = sandbox.world().targetGroups().stream()
                .filter(group -> group.arn().equals(arn))
                .findFirst()
                .orElseThrow();
        AutoScalingGroup group = sandbox.world()
                .autoScalingGroup(settings.get("GREENLIGHT_" + name + "_ASG"))
                .orElseThrow();
        return new Site.Fleet(
                group.name(),
                group.arn(),
                targets,
                preview(arn).arn(),
                settings.get("GREENLIGHT_PREVIEW_SECRET_" + name));
    }

    private Rule preview(String targetGroup) {
        return sandbox.world().rules().stream()
                .filter(rule -> rule.conditions().stream().anyMatch(Condition.Header.class::isInstance))
                .filter(rule -> rule.action() instanceof Action.Forward forward
                        && forward.weights().containsKey(targetGroup))
                .findFirst()
                .orElseThrow();
    }

    private void serve(Site site, String revision, FleetPlan plan) {
        String group = site.a().autoScalingGroup();
        Action all = new Action.Forward(
                List.of(
                        new Action.Share(site.a().targetGroupArn(), 100),
                        new Action.Share(site.b().targetGroupArn(), 0)),
                Optional.empty());
        sandbox.world().found(site.productionRule(), all);
        site.audienceRule().ifPresent(rule -> sandbox.world().found(rule, all));
        sandbox.world().capacity(group, plan.capacity());
        sandbox.world().serve(group, plan.capacity().desired(), revision);
        String key = revision + ".zip";
        sandbox.revisions().put(EARLIER, key, SampleBundle.zip(revision, Behaviour.good()));
        sandbox.deployments()
                .alreadyDeployed(
                        settings.get("GREENLIGHT_APPLICATION"),
                        settings.get("GREENLIGHT_A_DEPLOYMENT_GROUP"),
                        RevisionLocation.builder()
                                .revisionType(RevisionLocationType.S3)
                                .s3Location(s -> s.bucket(EARLIER).key(key).bundleType("zip"))
                                .build());
    }
}
