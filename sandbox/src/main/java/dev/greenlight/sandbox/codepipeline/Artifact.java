package dev.greenlight.sandbox.codepipeline;

import java.util.Objects;

/**
 * Where an artifact of an execution lies, and which revision it is.
 *
 * @param revision the commit or the version of the object, as the action that made it says
 */
public record Artifact(String bucket, String key, String revision) {

    public Artifact {
        Objects.requireNonNull(bucket, "bucket");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(revision, "revision");
    }
}
