package dev.greenlight.sandbox.codedeploy;

import dev.greenlight.sandbox.codedeploy.Deployment.Order;
import dev.greenlight.sandbox.eventbridge.Event;
import dev.greenlight.sandbox.fault.ServiceErrors;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.World;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.codedeploy.CodeDeployClient;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentTargetsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentTargetsResponse;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.BatchGetDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.model.BatchLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.ComputePlatform;
import software.amazon.awssdk.services.codedeploy.model.CreateApplicationRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateApplicationResponse;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentConfigResponse;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentGroupResponse;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.CreateDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.DeleteApplicationRequest;
import software.amazon.awssdk.services.codedeploy.model.DeleteApplicationResponse;
import software.amazon.awssdk.services.codedeploy.model.DeleteDeploymentConfigRequest;
import software.amazon.awssdk.services.codedeploy.model.DeleteDeploymentConfigResponse;
import software.amazon.awssdk.services.codedeploy.model.DeleteDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.DeleteDeploymentGroupResponse;
import software.amazon.awssdk.services.codedeploy.model.DeploymentAlreadyCompletedException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentInfo;
import software.amazon.awssdk.services.codedeploy.model.DeploymentLimitExceededException;
import software.amazon.awssdk.services.codedeploy.model.DeploymentTargetListSizeExceededException;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentGroupResponse;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentTargetRequest;
import software.amazon.awssdk.services.codedeploy.model.GetDeploymentTargetResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentTargetsResponse;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsRequest;
import software.amazon.awssdk.services.codedeploy.model.ListDeploymentsResponse;
import software.amazon.awssdk.services.codedeploy.model.PutLifecycleEventHookExecutionStatusRequest;
import software.amazon.awssdk.services.codedeploy.model.PutLifecycleEventHookExecutionStatusResponse;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.StopDeploymentRequest;
import software.amazon.awssdk.services.codedeploy.model.StopDeploymentResponse;
import software.amazon.awssdk.services.codedeploy.model.StopStatus;
import software.amazon.awssdk.services.codedeploy.model.UnsupportedActionForDeploymentTypeException;

/**
 * CodeDeploy for EC2 in place: installs real bundles on the world's instances, one deployment per group at a time, and gives launched
 * instances the last successful revision.
 *
 * <p>Operations: CreateApplication, CreateDeploymentConfig, CreateDeploymentGroup, DeleteApplication, DeleteDeploymentConfig, DeleteDeploymentGroup, CreateDeployment, GetDeployment, BatchGetDeployments, ListDeployments,
 * StopDeployment, GetDeploymentGroup, ListDeploymentTargets, GetDeploymentTarget, BatchGetDeploymentTargets and
 * PutLifecycleEventHookExecutionStatus; every other one throws {@link UnsupportedOperationException}. A group has one Auto Scaling group,
 * with traffic control or without, and its configuration is AllAtOnce: a deployment that names no other one succeeds if one instance does.
 * Follows the CodeDeploy API reference and the pages "Integrating CodeDeploy with Amazon EC2 Auto Scaling" and "AppSpec 'hooks' section".
 */
public final class SimulatedCodeDeploy implements CodeDeployClient {

    private static final int MOST_TARGETS = 25;
    private static final int MOST_DEPLOYMENTS = 25;

    private final World world;
    private final Registry registry = new Registry();
    private final Answers answers;
    private final Deployments deployments;
    private final HookDeployments hooks;

    /**
     * How the agents do their work.
     *
     * @param scripts real processes, or a model of them
     * @param disks where the instances' disks lie; not touched by modelled scripts
     * @param timings how long things take on the sandbox clock
     * @param work where scripts run: the calling thread for a ticked clock, threads of their own for a wall clock
     */
    public record Settings(ScriptRunner scripts, InstanceDisks disks, DeployTimings timings, Executor work) {}

    /**
     * Starts with no application.
     *
     * @param events where state changes go, as EventBridge events
     * @param invokeAsync invokes a Lambda function by name; used for the hooks of the ECS and Lambda platforms only
     */
    public SimulatedCodeDeploy(
            World world,
            Account account,
            Revisions revisions,
            Settings settings,
            Consumer<Event> events,
            BiConsumer<String, byte[]> invokeAsync) {
        this.world = world;
        this.answers = new Answers(account);
        this.deployments = new Deployments(
                world,
                new Agents(revisions, settings.scripts(), settings.disks()),
                settings.timings(),
                settings.work(),
                d -> events.accept(answers.stateChange(d, world.clock().instant())));
        this.hooks = new HookDeployments(world.clock(), invokeAsync);
    }

    /** From now on the agents of the instances that match start no lifecycle event; each of these fails after five minutes. */
    public void silenceAgents(Predicate<String> instanceIds) {
        deployments.silence(instanceIds);
    }

    /**
     * Starts a deployment of the ECS or Lambda platform whose only event is a Lambda hook, and invokes that hook.
     *
     * @return the deployment's id; GetDeployment tells how it ends
     */
    public String beginHook(ComputePlatform platform, String application, String group, String event, String function) {
        return hooks.begin(platform, application, group, event, function);
    }

    /**
     * Makes it so that the revision has been deployed to the group's instances in service with success, without letting time pass: the
     * starting point of a fleet that serves already.
     */
    public void alreadyDeployed(String application, String deploymentGroup, RevisionLocation revision) {
        synchronized (deployments) {
            deployments.record(registry.group(application, deploymentGroup), revision);
        }
    }

    @Override
    public CreateApplicationResponse createApplication(CreateApplicationRequest request) {
        synchronized (deployments) {
            String id = registry.addApplication(request.applicationName());
            return CreateApplicationResponse.builder().applicationId(id).build();
        }
    }

    @Override
    public DeleteApplicationResponse deleteApplication(DeleteApplicationRequest request) {
        synchronized (deployments) {
            registry.removeApplication(request.applicationName());
        }
        return DeleteApplicationResponse.builder().build();
    }

    @Override
    public DeleteDeploymentGroupResponse deleteDeploymentGroup(DeleteDeploymentGroupRequest request) {
        synchronized (deployments) {
            registry.removeGroup(request.applicationName(), request.deploymentGroupName());
        }
        return DeleteDeploymentGroupResponse.builder().build();
    }

    @Override
    public CreateDeploymentGroupResponse createDeploymentGroup(CreateDeploymentGroupRequest request) {
        GroupOrder order = GroupOrder.of(request, world);
        Group group;
        synchronized (deployments) {
            // The sandbox's own default: CodeDeploy's would be one at a time.
            Configuration configuration = request.deploymentConfigName() == null
                    ? Configuration.ALL_AT_ONCE
                    : registry.configuration(request.deploymentConfigName());
            group = registry.addGroup(
                    request.applicationName(),
                    request.deploymentGroupName(),
                    order.autoScalingGroup(),
                    configuration,
                    order.targetGroups());
        }
        world.launchHook(
                order.autoScalingGroup(), (instance, completion) -> deployments.launched(group, instance, completion));
        return CreateDeploymentGroupResponse.builder()
                .deploymentGroupId(group.id)
                .build();
    }

    @Override
    public CreateDeploymentConfigResponse createDeploymentConfig(CreateDeploymentConfigRequest request) {
        synchronized (deployments) {
            registry.addConfiguration(Configuration.of(request));
        }
        return CreateDeploymentConfigResponse.builder()
                .deploymentConfigId(request.deploymentConfigName())
                .build();
    }

    @Override
    public DeleteDeploymentConfigResponse deleteDeploymentConfig(DeleteDeploymentConfigRequest request) {
        synchronized (deployments) {
            registry.removeConfiguration(request.deploymentConfigName());
        }
        return DeleteDeploymentConfigResponse.builder().build();
    }

    @Override
    public CreateDeploymentResponse createDeployment(CreateDeploymentRequest request) {
        synchronized (deployments) {
            Group group = registry.group(request.applicationName(), request.deploymentGroupName());
            Order order = Order.of(request);
            Configuration configuration = request.deploymentConfigName() == null
                    ? group.configuration
                    : registry.configuration(request.deploymentConfigName());
            if (group.active != null) {
                throw refused(
                        DeploymentLimitExceededException.builder(),
                        "The Deployment Group '" + group.name + "' already has an active Deployment '" + group.active.id
                                + "'");
            }
            Deployment started = deployments.deploy(group, order, configuration);
            return CreateDeploymentResponse.builder().deploymentId(started.id).build();
        }
    }

    @Override
    public GetDeploymentResponse getDeployment(GetDeploymentRequest request) {
        synchronized (deployments) {
            return GetDeploymentResponse.builder()
                    .deploymentInfo(info(request.deploymentId()))
                    .build();
        }
    }

    @Override
    public BatchGetDeploymentsResponse batchGetDeployments(BatchGetDeploymentsRequest request) {
        if (request.deploymentIds().size() > MOST_DEPLOYMENTS) {
            throw refused(
                    BatchLimitExceededException.builder(), "The maximum number of deployments is " + MOST_DEPLOYMENTS);
        }
        synchronized (deployments) {
            return BatchGetDeploymentsResponse.builder()
                    .deploymentsInfo(
                            request.deploymentIds().stream().map(this::info).toList())
                    .build();
        }
    }

    private DeploymentInfo info(String id) {
        return hooks.find(id).orElseGet(() -> answers.info(Listings.find(deployments.all(), id)));
    }

    @Override
    public ListDeploymentsResponse listDeployments(ListDeploymentsRequest request) {
        synchronized (deployments) {
            if (request.deploymentGroupName() != null) {
                registry.group(request.applicationName(), request.deploymentGroupName());
            }
            return Listings.deployments(deployments.all().values(), request);
        }
    }

    @Override
    public StopDeploymentResponse stopDeployment(StopDeploymentRequest request) {
        synchronized (deployments) {
            Deployment deployment = Listings.find(deployments.all(), request.deploymentId());
            if (deployment.over()) {
                throw refused(
                        DeploymentAlreadyCompletedException.builder(),
                        "The deployment " + deployment.id + " is already completed");
            }
            deployments.stop(deployment);
            return StopDeploymentResponse.builder()
                    .status(StopStatus.SUCCEEDED)
                    .statusMessage("No more commands will be scheduled for execution in the deployment instances")
                    .build();
        }
    }

    @Override
    public GetDeploymentGroupResponse getDeploymentGroup(GetDeploymentGroupRequest request) {
        synchronized (deployments) {
            Group group = registry.group(request.applicationName(), request.deploymentGroupName());
            return GetDeploymentGroupResponse.builder()
                    .deploymentGroupInfo(answers.group(group))
                    .build();
        }
    }

    @Override
    public ListDeploymentTargetsResponse listDeploymentTargets(ListDeploymentTargetsRequest request) {
        synchronized (deployments) {
            Deployment deployment = Listings.started(deployments.all(), request.deploymentId());
            return Listings.targets(deployment, request);
        }
    }

    @Override
    public GetDeploymentTargetResponse getDeploymentTarget(GetDeploymentTargetRequest request) {
        synchronized (deployments) {
            Deployment deployment = Listings.started(deployments.all(), request.deploymentId());
            return GetDeploymentTargetResponse.builder()
                    .deploymentTarget(answers.target(deployment, Listings.target(deployment, request.targetId())))
                    .build();
        }
    }

    @Override
    public BatchGetDeploymentTargetsResponse batchGetDeploymentTargets(BatchGetDeploymentTargetsRequest request) {
        if (request.targetIds().size() > MOST_TARGETS) {
            throw refused(
                    DeploymentTargetListSizeExceededException.builder(),
                    "The maximum number of target IDs is " + MOST_TARGETS);
        }
        synchronized (deployments) {
            Deployment deployment = Listings.started(deployments.all(), request.deploymentId());
            return BatchGetDeploymentTargetsResponse.builder()
                    .deploymentTargets(request.targetIds().stream()
                            .map(id -> answers.target(deployment, Listings.target(deployment, id)))
                            .toList())
                    .build();
        }
    }

    @Override
    public PutLifecycleEventHookExecutionStatusResponse putLifecycleEventHookExecutionStatus(
            PutLifecycleEventHookExecutionStatusRequest request) {
        String id = request.deploymentId();
        synchronized (deployments) {
            if (hooks.find(id).isEmpty()) {
                throw refused(
                        UnsupportedActionForDeploymentTypeException.builder(),
                        "The deployment " + Listings.find(deployments.all(), id).id
                                + " has no lifecycle event hooks that are Lambda functions.");
            }
            hooks.answer(id, request.lifecycleEventHookExecutionId(), request.status());
            return PutLifecycleEventHookExecutionStatusResponse.builder()
                    .lifecycleEventHookExecutionId(request.lifecycleEventHookExecutionId())
                    .build();
        }
    }

    static AwsServiceException refused(AwsServiceException.Builder builder, String message) {
        return ServiceErrors.named(builder, 400, message);
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing that has to be released. */
    @Override
    public void close() {}
}
