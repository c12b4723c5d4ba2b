package dev.greenlight.infra;

import dev.greenlight.infra.control.KeylessControl;
import dev.greenlight.infra.event.TakingBack;
import dev.greenlight.infra.fleet.Copying;
import dev.greenlight.infra.fleet.Fleets;
import dev.greenlight.infra.fleet.VersionKeeper;
import dev.greenlight.infra.hook.HookName;
import dev.greenlight.infra.hook.Hooks;
import dev.greenlight.infra.hook.OnInstance;
import dev.greenlight.infra.hook.StackFunction;
import dev.greenlight.infra.hook.Surroundings;
import dev.greenlight.infra.network.Place;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.infra.pipeline.ReleasePipeline;
import dev.greenlight.infra.revision.Revisions;
import dev.greenlight.infra.schedule.Appointments;
import dev.greenlight.infra.store.Store;
import dev.greenlight.infra.traffic.AudienceRule;
import dev.greenlight.infra.traffic.FrontDoor;
import dev.greenlight.infra.traffic.PreviewRule;
import dev.greenlight.infra.traffic.ProductionRule;
import dev.greenlight.infra.traffic.ShadowRules;
import dev.greenlight.infra.watch.RolloutDashboard;
import dev.greenlight.infra.watch.Watch;
import dev.greenlight.service.Audience;
import dev.greenlight.service.Config;
import dev.greenlight.service.MirrorProxy;
import dev.greenlight.service.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.TagProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.lambda.Code;
import software.constructs.Construct;

/** The installation of one service: its fleets, its rule, its hooks, its pipeline. In one region, in whatever account deploys it. */
public final class GreenlightStack extends Stack {

    /** @param functions the functions' zip */
    public GreenlightStack(Construct scope, Config config, Code functions) {
        super(
                scope,
                "greenlight-" + config.service(),
                StackProps.builder()
                        .env(Environment.builder().region(config.region()).build())
                        .description("Greenlight for " + config.service())
                        .build());
        Names names = new Names(this, config.service());
        Place place = new Place(this, "Place", config.network().vpc());
        FrontDoor door = new FrontDoor(this, "FrontDoor", config.network(), place);
        Revisions revisions = new Revisions(this, "Revisions");
        int first = config.network().priority();
        Optional<ShadowRules> shadow = config.fleet()
                .mirror()
                .map(mirror -> new ShadowRules(
                        this, "Shadow", config.network(), door.listenerArn(), MirrorProxy.HEADER, first));
        StackFunction keeper = StackFunction.launchVersionKeeper(this, "LaunchVersionKeeper", names, functions);
        Fleets fleets = new Fleets(
                this,
                "Fleets",
                names,
                config,
                place,
                door.securityGroup(),
                revisions,
                onInstances(names, config),
                shadow.flatMap(rules -> copying(config.fleet(), rules, door)),
                new VersionKeeper(keeper.arn(), keeper));

        PreviewRule previewA = new PreviewRule(
                this,
                "PreviewA",
                config.network(),
                door.listenerArn(),
                fleets.a().targetGroupArn(),
                first);
        PreviewRule previewB = new PreviewRule(
                this,
                "PreviewB",
                config.network(),
                door.listenerArn(),
                fleets.b().targetGroupArn(),
                first + 1);
        StackFunction owner = StackFunction.ruleOwner(this, "RuleOwner", names, door.listenerArn(), functions);
        ProductionRule production = new ProductionRule(
                this,
                "Production",
                names,
                config.network(),
                door.listenerArn(),
                owner.arn(),
                List.of(previewA, previewB));
        // Without its role's permissions the owner could not even delete what it made.
        production.getNode().addDependency(owner);
        // A stack is deleted from its end: while the rule refuses to go, what serves behind it stays, and its network.
        production.getNode().addDependency(fleets, place, door);
        Optional<AudienceRule> some = audience(config)
                .map(audience -> new AudienceRule(
                        this,
                        "Audience",
                        names,
                        config.network(),
                        audience,
                        door.listenerArn(),
                        production,
                        owner.arn()));

        Store store = new Store(this, "Store");
        Appointments appointments = new Appointments(this, "Appointments", names, called(names));
        Hooks hooks = new Hooks(
                this,
                "Hooks",
                new Surroundings(
                        names,
                        config,
                        door,
                        production.arn(),
                        some.map(AudienceRule::arn),
                        shadow.map(ShadowRules::ruleArn),
                        previewA,
                        previewB,
                        fleets,
                        store,
                        appointments),
                place,
                functions);
        appointments.everyMinute("Sweep", HookName.SWEEP.calledArn(names), "{\"greenlight\":\"sweep\"}");
        new TakingBack(this, "TakingBack", names, config.checks().alarms(), hooks);

        Watch watch = new Watch(
                this,
                "Watch",
                names,
                HookName.of(config),
                config.emails(),
                !config.strategy().traffic().keepsBlueWarm());
        new RolloutDashboard(this, "Screen", names, door.loadBalancerArn(), fleets);
        ReleasePipeline pipeline =
                new ReleasePipeline(this, "Release", names, config, revisions, watch.topicArn(), hooks);
        control(names, config, pipeline);
        tell("Pipeline", pipeline.name());
        tell("Address", door.address());
        if (config.checks().onInstance()) {
            tell("OnInstanceHook", OnInstance.hook(names));
        }
        tag(config.tags());
        tell("RollBack", HookName.ROLL_BACK.in(names) + ":" + HookName.ALIAS);
    }

    /** Tags what can be tagged; of two types not every published schema knows tags, and neither is billed by them. */
    private void tag(Map<String, String> tags) {
        TagProps where = TagProps.builder()
                .excludeResourceTypes(
                        List.of("AWS::ElasticLoadBalancingV2::ListenerRule", "AWS::CloudWatch::Dashboard"))
                .build();
        tags.forEach((key, value) -> Tags.of(this).add(key, value, where));
    }

    private static Optional<Audience> audience(Config config) {
        return Optional.of(config.strategy().traffic())
                .filter(Config.Traffic.AbTest.class::isInstance)
                .map(tried -> ((Config.Traffic.AbTest) tried).test().who())
                .filter(Audience.class::isInstance)
                .map(Audience.class::cast);
    }

    private static Optional<Copying> copying(Config.Fleet fleet, ShadowRules rules, FrontDoor door) {
        return fleet.mirror()
                .map(mirror -> new Copying(
                        new MirrorProxy(
                                fleet.port(),
                                mirror.appPort(),
                                mirror.share(),
                                mirror.methods(),
                                door.address(),
                                door.isSecure() ? Optional.of(Copying.AUTHORITIES) : Optional.empty(),
                                Copying.SECRET_FILE),
                        rules.secretArn()));
    }

    private static List<Permit> onInstances(Names names, Config config) {
        return config.checks().onInstance() ? OnInstance.permits(names) : List.of();
    }

    /** Appointments retire blue, sweep, and bring a waiting lifecycle hook back. */
    private static List<String> called(Names names) {
        return Stream.of(
                        HookName.RETIRE_BLUE,
                        HookName.SWEEP,
                        HookName.BEFORE_ALLOW_TRAFFIC,
                        HookName.AFTER_ALLOW_TRAFFIC)
                .map(hook -> hook.calledArn(names))
                .toList();
    }

    private void control(Names names, Config config, ReleasePipeline pipeline) {
        if (config.source().from() instanceof Source.GitHub gitHub
                && gitHub.control().isPresent()) {
            KeylessControl control = new KeylessControl(
                    this, "Control", names, gitHub, gitHub.control().get().provider(), pipeline.arn());
            tell("ControlRole", control.roleArn());
        }
    }

    private void tell(String name, String value) {
        CfnOutput.Builder.create(this, name + "Output").value(value).build().overrideLogicalId(name + "Output");
    }
}
