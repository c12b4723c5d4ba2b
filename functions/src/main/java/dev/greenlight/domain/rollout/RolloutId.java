package dev.greenlight.domain.rollout;

/**
 * Names one rollout: the pipeline's execution id, or what a caller chose.
 *
 * @param value 1 to 64 letters, digits and hyphens, so that it can stand in names of schedules and in tags
 */
public record RolloutId(String value) {

    private static final int LONGEST = 64;

    public RolloutId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a rollout id is 1 to 64 letters, digits and hyphens, not '" + value + "'");
        }
    }

    public static boolean isValid(String value) {
        return value != null
                && !value.isEmpty()
                && value.length() <= LONGEST
                && value.chars().allMatch(RolloutId::isAllowed);
    }

    private static boolean isAllowed(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
    }

    @Override
    public String toString() {
        return value;
    }
}
