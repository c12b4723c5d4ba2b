package dev.greenlight.infra.pipeline;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Nag;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.infra.revision.Revisions;
import dev.greenlight.service.Source;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.codebuild.CfnProject;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.constructs.Construct;

/**
 * CodeBuild makes a revision of the source, by the buildspec in it. The buildspec exports the variable {@code Digest}, by
 * which a revision is quarantined.
 */
final class Build extends Construct {

    private static final int LOG_DAYS = 90;

    private final CfnProject project;

    Build(Construct scope, String id, Names names, Source.Build build, Revisions revisions) {
        super(scope, id);
        String logName = "/aws/codebuild/" + names.of("build");
        CfnLogGroup log = CfnLogGroup.Builder.create(this, "Log")
                .logGroupName(logName)
                .retentionInDays(LOG_DAYS)
                .build();
        log.applyRemovalPolicy(RemovalPolicy.DESTROY);
        ExactRole role = new ExactRole(
                this,
                "Role",
                new ServicePrincipal("codebuild.amazonaws.com"),
                List.of(
                        Permit.on(
                                revisions.objects(),
                                "MoveArtifacts",
                                "the source comes and the revision goes, under keys that CodePipeline chooses",
                                "s3:GetObject",
                                "s3:GetObjectVersion",
                                "s3:PutObject"),
                        Permit.on(
                                names.arn("logs", "log-group:" + logName + ":*"),
                                "WriteLog",
                                "its own log, whose streams CodeBuild names",
                                "logs:CreateLogStream",
                                "logs:PutLogEvents")));
        this.project = CfnProject.Builder.create(this, "Project")
                .name(names.of("build"))
                .serviceRole(role.arn())
                .source(CfnProject.SourceProperty.builder()
                        .type("CODEPIPELINE")
                        .buildSpec(build.buildspec())
                        .build())
                .artifacts(CfnProject.ArtifactsProperty.builder()
                        .type("CODEPIPELINE")
                        .build())
                .environment(CfnProject.EnvironmentProperty.builder()
                        .type(build.image().contains("aarch64") ? "ARM_CONTAINER" : "LINUX_CONTAINER")
                        .computeType("BUILD_GENERAL1_SMALL")
                        .image(build.image())
                        .build())
                .logsConfig(CfnProject.LogsConfigProperty.builder()
                        .cloudWatchLogs(CfnProject.CloudWatchLogsConfigProperty.builder()
                                .status("ENABLED")
                                .groupName(logName)
                                .build())
                        .build())
                .build();
        project.getNode().addDependency(log);
        Nag.accept(project, "AwsSolutions-CB4", "artifacts are encrypted with S3's own key, as the bucket is");
    }

    String name() {
        return project.getRef();
    }

    String arn() {
        return project.getAttrArn();
    }
}
