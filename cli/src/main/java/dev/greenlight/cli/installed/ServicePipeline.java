package dev.greenlight.cli.installed;

import dev.greenlight.sandbox.codedeploy.Revisions;
import dev.greenlight.sandbox.codepipeline.Artifact;
import dev.greenlight.sandbox.codepipeline.Pipeline;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The pipeline of an installation: Source, Build, Rollout. */
final class ServicePipeline {

    static final String ROLLOUT = "Rollout";

    /** The states of the Rollout stage that call RollBack. */
    static final Set<String> ENDED_BADLY = Set.of("FAILED", "STOPPED", "CANCELED", "SUPERSEDED");

    private static final String BUILT = "Revision";
    private static final String ROLLOUT_ID = "\"rollout\":\"#{codepipeline.PipelineExecutionId}\"";

    private ServicePipeline() {}

    static Pipeline of(String service, Revisions revisions) {
        return new Pipeline(
                service,
                List.of(
                        new Pipeline.Stage("Source", new Pipeline.Source("Merge", Optional.of("Merge"), "Source")),
                        new Pipeline.Stage(
                                "Build",
                                new Pipeline.Build(
                                        "Build",
                                        Optional.of("Build"),
                                        "Source",
                                        BUILT,
                                        Duration.ofSeconds(90),
                                        source -> build(service, revisions, source))),
                        new Pipeline.Stage(
                                ROLLOUT,
                                invoke(
                                        service,
                                        "PrepareGreen",
                                        Functions.PREPARE_GREEN,
                                        ",\"revision\":\"#{Merge.Version}\",\"digest\":\"#{Build.Digest}\""),
                                invoke(service, "InstallRevision", Functions.INSTALL_REVISION, ""),
                                invoke(service, "BeforeAllowTraffic", Functions.BEFORE_ALLOW_TRAFFIC, ""),
                                invoke(service, "AllowTraffic", Functions.ALLOW_TRAFFIC, ""),
                                invoke(service, "AfterAllowTraffic", Functions.AFTER_ALLOW_TRAFFIC, ""))));
    }

    private static Pipeline.Action invoke(String service, String name, Functions function, String more) {
        return Pipeline.Invoke.of(name, function.nameFor(service), "{" + ROLLOUT_ID + more + "}", BUILT);
    }

    /** The sample's source is its revision: the build copies it and takes the digest that quarantine goes by. */
    private static Pipeline.Build.Built build(String service, Revisions revisions, Artifact source)
            throws NoSuchAlgorithmException {
        Revisions.Stored found = revisions
                .find(source.bucket(), source.key(), source.revision(), null)
                .orElseThrow(() -> new IllegalStateException("no source at " + source.key()));
        Revisions.Stored built =
                revisions.put(Names.bucket(service), source.key().replace("source/", "build/"), found.bytes());
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(found.bytes()));
        return new Pipeline.Build.Built(
                new Artifact(built.bucket(), built.key(), built.version()), Map.of("Digest", digest));
    }
}
