package dev.greenlight.infra.revision;

import dev.greenlight.infra.permit.Nag;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.AnyPrincipal;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.s3.CfnBucket;
import software.amazon.awscdk.services.s3.CfnBucketPolicy;
import software.constructs.Construct;

/**
 * The bucket of revisions, which is the pipeline's artifact store as well.
 *
 * <p>Nothing in it expires: S3 cannot know which revision a live or warm fleet runs, and a fleet that grows installs its last
 * successful one again. Old revisions move to cheaper storage instead, from which they are read at once.
 */
public final class Revisions extends Construct {

    private static final int DAYS_UNTIL_RARE = 30;
    private static final int DAYS_OF_UNFINISHED_UPLOADS = 7;

    private final CfnBucket bucket;

    public Revisions(Construct scope, String id) {
        super(scope, id);
        this.bucket = CfnBucket.Builder.create(this, "Bucket")
                .versioningConfiguration(CfnBucket.VersioningConfigurationProperty.builder()
                        .status("Enabled")
                        .build())
                .bucketEncryption(encryption())
                .publicAccessBlockConfiguration(CfnBucket.PublicAccessBlockConfigurationProperty.builder()
                        .blockPublicAcls(true)
                        .blockPublicPolicy(true)
                        .ignorePublicAcls(true)
                        .restrictPublicBuckets(true)
                        .build())
                .ownershipControls(CfnBucket.OwnershipControlsProperty.builder()
                        .rules(List.of(CfnBucket.OwnershipControlsRuleProperty.builder()
                                .objectOwnership("BucketOwnerEnforced")
                                .build()))
                        .build())
                .lifecycleConfiguration(lifecycle())
                .build();
        // What fleets run must outlive the stack's own end.
        bucket.applyRemovalPolicy(RemovalPolicy.RETAIN);
        Nag.accept(bucket, "AwsSolutions-S1", "who wrote what is in CloudTrail; a bucket of logs would need another");
        CfnBucketPolicy.Builder.create(this, "Policy")
                .bucket(bucket.getRef())
                .policyDocument(encryptedConnectionsOnly())
                .build();
    }

    private static CfnBucket.BucketEncryptionProperty encryption() {
        return CfnBucket.BucketEncryptionProperty.builder()
                .serverSideEncryptionConfiguration(List.of(CfnBucket.ServerSideEncryptionRuleProperty.builder()
                        .serverSideEncryptionByDefault(CfnBucket.ServerSideEncryptionByDefaultProperty.builder()
                                .sseAlgorithm("AES256")
                                .build())
                        .build()))
                .build();
    }

    private static CfnBucket.LifecycleConfigurationProperty lifecycle() {
        return CfnBucket.LifecycleConfigurationProperty.builder()
                .rules(List.of(CfnBucket.RuleProperty.builder()
                        .id("cheaper-but-never-gone")
                        .status("Enabled")
                        .transitions(List.of(CfnBucket.TransitionProperty.builder()
                                .storageClass("STANDARD_IA")
                                .transitionInDays(DAYS_UNTIL_RARE)
                                .build()))
                        .abortIncompleteMultipartUpload(CfnBucket.AbortIncompleteMultipartUploadProperty.builder()
                                .daysAfterInitiation(DAYS_OF_UNFINISHED_UPLOADS)
                                .build())
                        .build()))
                .build();
    }

    private PolicyDocument encryptedConnectionsOnly() {
        return PolicyDocument.Builder.create()
                .statements(List.of(PolicyStatement.Builder.create()
                        .sid("EncryptedConnectionsOnly")
                        .effect(Effect.DENY)
                        .principals(List.of(new AnyPrincipal()))
                        .actions(List.of("s3:*"))
                        .resources(List.of(arn(), objects()))
                        .conditions(Map.of("Bool", Map.of("aws:SecureTransport", "false")))
                        .build()))
                .build();
    }

    public String name() {
        return bucket.getRef();
    }

    public String arn() {
        return bucket.getAttrArn();
    }

    /** All objects of the bucket, for policies. */
    public String objects() {
        return arn() + "/*";
    }
}
