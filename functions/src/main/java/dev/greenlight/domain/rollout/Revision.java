package dev.greenlight.domain.rollout;

/**
 * What is released.
 *
 * @param name what people call it, a version or a commit
 * @param digest identifies its content: two builds of the same content share it, and quarantine goes by it
 */
public record Revision(String name, String digest) {

    public Revision {
        if (name.isBlank() || digest.isBlank()) {
            throw new IllegalArgumentException("a revision has a name and a digest of its content");
        }
    }
}
