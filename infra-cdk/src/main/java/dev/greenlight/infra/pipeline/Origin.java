package dev.greenlight.infra.pipeline;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.Sorted;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import dev.greenlight.service.Source;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.services.codeconnections.CfnConnection;
import software.amazon.awscdk.services.codepipeline.CfnPipeline;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/** The pipeline's first action: a merge on GitHub, or a new version of an object. */
final class Origin extends Construct {

    private static final String MERGE = "Merge";

    private final Names names;
    private final CfnPipeline.ActionDeclarationProperty action;
    private final List<Permit> permits;
    private final String revision;

    Origin(Construct scope, String id, Names names, Source.From from, String artifact) {
        super(scope, id);
        this.names = names;
        switch (from) {
            case Source.GitHub gitHub -> {
                String connection = gitHub.connection().orElseGet(this::connection);
                this.action = action("CodeStarSourceConnection", gitHub(gitHub, connection), artifact);
                this.permits = List.of(Permit.on(
                        connection,
                        "UseConnection",
                        "the source is read through it; the action's old prefix is asked for as well",
                        "codeconnections:UseConnection",
                        "codestar-connections:UseConnection"));
                this.revision = "CommitId";
            }
            case Source.S3 s3 -> {
                this.action = action("S3", s3(s3), artifact);
                this.permits = s3Permits(s3);
                this.revision = "VersionId";
                startWhenWritten(s3);
            }
        }
    }

    /** A new connection is pending until somebody completes its handshake in the console. */
    private String connection() {
        return CfnConnection.Builder.create(this, "Connection")
                // Its name takes 32 characters.
                .connectionName(names.service())
                .providerType("GitHub")
                .build()
                .getAttrConnectionArn();
    }

    private static Map<String, Object> gitHub(Source.GitHub gitHub, String connection) {
        Map<String, Object> configuration = new TreeMap<>();
        configuration.put("ConnectionArn", connection);
        configuration.put("FullRepositoryId", gitHub.repository());
        configuration.put("BranchName", gitHub.branch());
        configuration.put("DetectChanges", "true");
        return configuration;
    }

    private static Map<String, Object> s3(Source.S3 s3) {
        Map<String, Object> configuration = new TreeMap<>();
        configuration.put("S3Bucket", s3.bucket());
        configuration.put("S3ObjectKey", s3.key());
        configuration.put("PollForSourceChanges", "false");
        return configuration;
    }

    private List<Permit> s3Permits(Source.S3 s3) {
        String bucket = "arn:%s:s3:::%s".formatted(names.partition(), s3.bucket());
        return List.of(
                Permit.on(
                        bucket + "/" + s3.key(),
                        "ReadSource",
                        "the source's object",
                        "s3:GetObject",
                        "s3:GetObjectVersion"),
                Permit.on(
                        bucket,
                        "SeeSourceBucket",
                        "the source's bucket must be versioned",
                        "s3:GetBucketAcl",
                        "s3:GetBucketVersioning",
                        "s3:ListBucket"));
    }

    private static CfnPipeline.ActionDeclarationProperty action(
            String provider, Map<String, Object> configuration, String artifact) {
        return CfnPipeline.ActionDeclarationProperty.builder()
                .name(MERGE)
                .namespace(MERGE)
                .actionTypeId(CfnPipeline.ActionTypeIdProperty.builder()
                        .category("Source")
                        .owner("AWS")
                        .provider(provider)
                        .version("1")
                        .build())
                .configuration(configuration)
                .outputArtifacts(List.of(CfnPipeline.OutputArtifactProperty.builder()
                        .name(artifact)
                        .build()))
                .runOrder(1)
                .build();
    }

    /** The bucket must send its events to EventBridge. */
    private void startWhenWritten(Source.S3 s3) {
        String pipeline = names.arn("codepipeline", names.root());
        ExactRole role = new ExactRole(
                this,
                "StartRole",
                new ServicePrincipal("events.amazonaws.com"),
                List.of(Permit.on(
                        pipeline,
                        "Start",
                        "a new version of the source's object is a release",
                        "codepipeline:StartPipelineExecution")));
        CfnRule.Builder.create(this, "Written")
                .eventPattern(Sorted.map(Map.of(
                        "source", List.of("aws.s3"),
                        "detail-type", List.of("Object Created"),
                        "detail",
                                Sorted.map(Map.of(
                                        "bucket", Map.of("name", List.of(s3.bucket())),
                                        "object", Map.of("key", List.of(s3.key())))))))
                .targets(List.of(CfnRule.TargetProperty.builder()
                        .id("Pipeline")
                        .arn(pipeline)
                        .roleArn(role.arn())
                        .build()))
                .build();
    }

    CfnPipeline.ActionDeclarationProperty action() {
        return action;
    }

    /** What the pipeline's role needs to read the source. */
    List<Permit> permits() {
        return permits;
    }

    /** The variable that names a revision. */
    String revision() {
        return "#{" + MERGE + "." + revision + "}";
    }
}
