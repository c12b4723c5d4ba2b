package dev.greenlight.infra.pipeline;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.hook.HookName;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.infra.revision.Revisions;
import dev.greenlight.service.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awscdk.services.codepipeline.CfnPipeline;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Source, Build, Rollout. The Rollout stage neither retries nor rolls back by itself: a stage rollback would release the old
 * revision anew, where RollBack puts traffic back in one write.
 */
public final class ReleasePipeline extends Construct {

    private static final String SOURCE = "Source";
    private static final String BUILT = "Revision";
    private static final String ROLLOUT_ID = "\"rollout\":\"#{codepipeline.PipelineExecutionId}\"";
    private static final List<HookName> BEFORE_USERS =
            List.of(HookName.PREPARE_GREEN, HookName.INSTALL_REVISION, HookName.BEFORE_ALLOW_TRAFFIC);
    private static final List<HookName> WITH_USERS = List.of(HookName.ALLOW_TRAFFIC, HookName.AFTER_ALLOW_TRAFFIC);

    private final Names names;
    private final Origin origin;
    private final Build build;
    private final CfnPipeline pipeline;

    /**
     * @param topic where an approval is asked for
     * @param functions what must be there before the first release
     */
    public ReleasePipeline(
            Construct scope,
            String id,
            Names names,
            Config config,
            Revisions revisions,
            String topic,
            IConstruct functions) {
        super(scope, id);
        this.names = names;
        this.origin = new Origin(this, "Origin", names, config.source().from(), SOURCE);
        this.build = new Build(this, "Build", names, config.source().build(), revisions);
        boolean approved = config.approval().beforeTraffic();
        ExactRole role = new ExactRole(
                this,
                "Role",
                new ServicePrincipal("codepipeline.amazonaws.com"),
                permits(revisions, approved ? List.of(topic) : List.of()));
        this.pipeline = CfnPipeline.Builder.create(this, "Pipeline")
                .name(names.root())
                .pipelineType("V2")
                .executionMode(config.source().mode())
                .roleArn(role.arn())
                .artifactStore(CfnPipeline.ArtifactStoreProperty.builder()
                        .type("S3")
                        .location(revisions.name())
                        .build())
                .stages(List.of(
                        stage("Source", List.of(origin.action())),
                        stage("Build", List.of(buildAction())),
                        stage("Rollout", rollout(config.approval(), topic))))
                .build();
        pipeline.getNode().addDependency(functions);
    }

    private List<Permit> permits(Revisions revisions, List<String> topics) {
        List<Permit> permits = new ArrayList<>(origin.permits());
        permits.add(Permit.on(
                revisions.objects(),
                "MoveArtifacts",
                "artifacts between actions, under keys that CodePipeline chooses",
                "s3:GetObject",
                "s3:GetObjectVersion",
                "s3:PutObject"));
        permits.add(Permit.on(
                revisions.arn(), "SeeArtifactStore", "the artifact store is versioned", "s3:GetBucketVersioning"));
        permits.add(Permit.on(
                build.arn(), "Build", "the build action", "codebuild:BatchGetBuilds", "codebuild:StartBuild"));
        permits.add(Permit.on(
                Stream.concat(BEFORE_USERS.stream(), WITH_USERS.stream())
                        .map(hook -> hook.arn(names))
                        .toList(),
                "CallHooks",
                "the five actions of the Rollout stage",
                "lambda:InvokeFunction"));
        if (!topics.isEmpty()) {
            permits.add(Permit.on(topics, "AskForApproval", "an approval is announced", "sns:Publish"));
        }
        return permits;
    }

    private static CfnPipeline.StageDeclarationProperty stage(
            String name, List<CfnPipeline.ActionDeclarationProperty> actions) {
        return CfnPipeline.StageDeclarationProperty.builder()
                .name(name)
                .actions(actions)
                .build();
    }

    private CfnPipeline.ActionDeclarationProperty buildAction() {
        return CfnPipeline.ActionDeclarationProperty.builder()
                .name("Build")
                .namespace("Build")
                .actionTypeId(type("Build", "CodeBuild"))
                .configuration(Map.of("ProjectName", build.name()))
                .inputArtifacts(List.of(input(SOURCE)))
                .outputArtifacts(List.of(
                        CfnPipeline.OutputArtifactProperty.builder().name(BUILT).build()))
                .runOrder(1)
                .build();
    }

    private List<CfnPipeline.ActionDeclarationProperty> rollout(Config.Approval approval, String topic) {
        List<CfnPipeline.ActionDeclarationProperty> actions = new ArrayList<>();
        BEFORE_USERS.forEach(hook -> actions.add(call(hook, actions.size() + 1)));
        if (approval.beforeTraffic()) {
            actions.add(approve(approval, topic, actions.size() + 1));
        }
        WITH_USERS.forEach(hook -> actions.add(call(hook, actions.size() + 1)));
        return actions;
    }

    private CfnPipeline.ActionDeclarationProperty call(HookName hook, int order) {
        String more = hook == HookName.PREPARE_GREEN
                ? ",\"revision\":\"%s\",\"digest\":\"#{Build.Digest}\"".formatted(origin.revision())
                : "";
        Map<String, Object> configuration = new TreeMap<>();
        configuration.put("FunctionName", hook.in(names));
        configuration.put("UserParameters", "{" + ROLLOUT_ID + more + "}");
        return CfnPipeline.ActionDeclarationProperty.builder()
                .name(hook.action())
                .actionTypeId(type("Invoke", "Lambda"))
                .configuration(configuration)
                .inputArtifacts(List.of(input(BUILT)))
                .runOrder(order)
                .build();
    }

    private CfnPipeline.ActionDeclarationProperty approve(Config.Approval approval, String topic, int order) {
        Map<String, Object> configuration = new TreeMap<>();
        configuration.put("NotificationArn", topic);
        configuration.put("CustomData", "Green of %s is validated: may users come?".formatted(names.service()));
        return CfnPipeline.ActionDeclarationProperty.builder()
                .name("Approve")
                .actionTypeId(type("Approval", "Manual"))
                .configuration(configuration)
                .timeoutInMinutes(approval.within().toMinutes())
                .runOrder(order)
                .build();
    }

    private static CfnPipeline.ActionTypeIdProperty type(String category, String provider) {
        return CfnPipeline.ActionTypeIdProperty.builder()
                .category(category)
                .owner("AWS")
                .provider(provider)
                .version("1")
                .build();
    }

    private static CfnPipeline.InputArtifactProperty input(String name) {
        return CfnPipeline.InputArtifactProperty.builder().name(name).build();
    }

    public String name() {
        return pipeline.getRef();
    }

    public String arn() {
        return names.arn("codepipeline", names.root());
    }
}
