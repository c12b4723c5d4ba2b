package dev.greenlight.domain.rollout;

/**
 * What a fleet ran before something else was installed over it, and where it still lies.
 *
 * @param name what people call it; for them only
 * @param bucket S3 bucket of its zip
 * @param key S3 key of its zip
 */
public record Former(String name, String bucket, String key) {

    @Override
    public String toString() {
        return name;
    }
}
