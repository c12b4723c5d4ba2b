package dev.greenlight.service;

import java.util.Optional;

/**
 * Where releases come from.
 *
 * @param from the place whose change starts the pipeline
 * @param mode SUPERSEDED or QUEUED: what an execution does that finds a stage taken
 */
public record Source(From from, Build build, String mode) {

    /** A place whose change starts the pipeline. */
    public sealed interface From {}

    /**
     * A branch on GitHub: a merge to it is a release.
     *
     * @param repository {@code owner/name}
     * @param connection ARN of an existing connection; a new one waits for its handshake in the console
     * @param control the keyless role for workflows of this branch
     */
    public record GitHub(String repository, String branch, Optional<String> connection, Optional<Control> control)
            implements From {}

    /** An object in a versioned bucket. */
    public record S3(String bucket, String key) implements From {}

    /** A role for GitHub's workflows. @param provider ARN of the account's GitHub provider; empty to make one */
    public record Control(Optional<String> provider) {}

    /** How the source becomes a revision. @param buildspec its path in the source */
    public record Build(String image, String buildspec) {}
}
