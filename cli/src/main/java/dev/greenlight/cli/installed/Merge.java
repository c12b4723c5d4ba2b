package dev.greenlight.cli.installed;

import dev.greenlight.sandbox.codedeploy.Revisions;
import dev.greenlight.sandbox.codepipeline.Artifact;
import dev.greenlight.sandbox.codepipeline.Pipeline;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * What comes into a pipeline: a merge, and the build of it. Variables are those that the real actions make: of a connection, by the page
 * "CodeStarSourceConnection for Bitbucket Cloud, GitHub …"; of a build, those that the application template's buildspec exports.
 */
final class Merge {

    private static final Set<String> SOURCE =
            Set.of("AuthorDate", "BranchName", "CommitId", "CommitMessage", "ConnectionArn", "FullRepositoryName");
    private static final Set<String> BUILD = Set.of("Digest");

    private final String bucket;
    private final Revisions revisions;

    Merge(String bucket, Revisions revisions) {
        this.bucket = bucket;
        this.revisions = revisions;
    }

    String bucket() {
        return bucket;
    }

    /** The variables that an action of the provider makes. */
    static Set<String> outputs(String provider) {
        return switch (provider) {
            case "CodeStarSourceConnection" -> SOURCE;
            case "CodeBuild" -> BUILD;
            default -> Set.of();
        };
    }

    /** The source of a commit, which a version stands for. */
    Artifact source(String version, byte[] source) {
        String key = "source/" + version + ".zip";
        return new Artifact(bucket, key, revisions.put(bucket, key, source).version());
    }

    Map<String, String> variables(String version) {
        return Map.of(
                "CommitId", version,
                "CommitMessage", "Release " + version,
                "BranchName", "PROD",
                "FullRepositoryName", "example/festival",
                "AuthorDate", "2026-07-03T09:00:00Z",
                "ConnectionArn", "arn:aws:codeconnections:ap-northeast-2:123456789012:connection/1");
    }

    /** The sample's source is its revision: the build copies it and takes the digest that quarantine goes by. */
    Pipeline.Build.Built build(Artifact source) throws NoSuchAlgorithmException {
        Revisions.Stored found = revisions
                .find(source.bucket(), source.key(), source.revision(), null)
                .orElseThrow(() -> new IllegalStateException("no source at " + source.key()));
        Revisions.Stored built = revisions.put(bucket, source.key().replace("source/", "build/"), found.bytes());
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(found.bytes()));
        return new Pipeline.Build.Built(
                new Artifact(built.bucket(), built.key(), built.version()), Map.of("Digest", digest));
    }
}
