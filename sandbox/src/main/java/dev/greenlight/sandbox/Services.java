package dev.greenlight.sandbox;

import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.codedeploy.Revisions;
import dev.greenlight.sandbox.codedeploy.SimulatedCodeDeploy;
import dev.greenlight.sandbox.codepipeline.Pipeline;
import dev.greenlight.sandbox.codepipeline.SimulatedPipeline;
import dev.greenlight.sandbox.dynamodb.DynamoDb;
import dev.greenlight.sandbox.eventbridge.EventBus;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.lambda.SimulatedLambda;
import dev.greenlight.sandbox.scheduler.SimulatedScheduler;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.World;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;
import software.amazon.awssdk.services.codepipeline.CodePipelineClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The services that drive a release, as the sandbox's own code sees them: without faults, with their settings. */
final class Services {

    /** Where the revisions of a fleet that serves from the beginning lie. */
    private static final String BUCKET = "greenlight-revisions";

    private final World world;
    private final Setup setup;
    private final Faults faults;
    final Revisions revisions = new Revisions();
    final SimulatedLambda lambda;
    final EventBus bus;
    final SimulatedCodeDeploy codeDeploy;
    final SimulatedScheduler scheduler;
    private SimulatedPipeline pipeline;
    private CodePipelineClient pipelineClient;
    private DynamoDb store;
    private DynamoDbClient storeClient;

    Services(World world, Setup setup, Faults faults) {
        Account account = world.account();
        this.world = world;
        this.setup = setup;
        this.faults = faults;
        this.lambda = new SimulatedLambda(world.clock(), account, faults, setup.threads());
        this.bus = new EventBus(world.clock(), account, lambda);
        this.scheduler = new SimulatedScheduler(world.clock(), account, lambda);
        this.codeDeploy = new SimulatedCodeDeploy(
                world,
                account,
                revisions,
                new SimulatedCodeDeploy.Settings(
                        setup.scripts(), setup.disks(), setup.deployTimings(), setup.threads()),
                bus::accept,
                lambda::invokeAsync);
    }

    /** Creates what CodeDeploy needs for the site's fleets, and the deployment of the revision that one of them serves. */
    void found(Site site) {
        String application = site.landscape().service();
        codeDeploy.createApplication(r -> r.applicationName(application));
        for (Site.Fleet fleet : site.fleets()) {
            codeDeploy.createDeploymentGroup(r -> r.applicationName(application)
                    .deploymentGroupName(fleet.autoScalingGroup())
                    .autoScalingGroups(fleet.autoScalingGroup()));
        }
        site.landscape().fleetA().serving().ifPresent(version -> {
            String key = application + "/" + version + ".zip";
            revisions.put(BUCKET, key, SampleBundle.zip(version, Behaviour.good()));
            codeDeploy.alreadyDeployed(
                    application,
                    site.a().autoScalingGroup(),
                    RevisionLocation.builder()
                            .revisionType(RevisionLocationType.S3)
                            .s3Location(s -> s.bucket(BUCKET).key(key).bundleType("zip"))
                            .build());
        });
    }

    synchronized SimulatedPipeline createPipeline(Pipeline definition) {
        if (pipeline != null) {
            throw new IllegalStateException("a sandbox has one pipeline");
        }
        pipeline = new SimulatedPipeline(
                definition, world.clock(), world.account(), lambda, setup.jobTimings(), bus::accept);
        pipelineClient = faults.wrap(CodePipelineClient.class, pipeline);
        return pipeline;
    }

    /** Nobody starts it any more; executions that run lose their place. */
    synchronized void deletePipeline() {
        pipeline = null;
        pipelineClient = null;
    }

    synchronized CodePipelineClient codePipeline() {
        if (pipelineClient == null) {
            throw new IllegalStateException("no pipeline has been created yet");
        }
        return pipelineClient;
    }

    /** Starts DynamoDB Local when it is first asked for: most stories do without. */
    synchronized DynamoDb store() {
        if (store == null) {
            store = DynamoDb.local();
            storeClient = faults.wrap(DynamoDbClient.class, store.client());
        }
        return store;
    }

    synchronized DynamoDbClient dynamoDb() {
        store();
        return storeClient;
    }

    synchronized void close() {
        if (store != null) {
            store.close();
        }
    }
}
