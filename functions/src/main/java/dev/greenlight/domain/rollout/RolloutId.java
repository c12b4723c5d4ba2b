package dev.greenlight.domain.rollout;

import java.util.regex.Pattern;

/**
 * Names one rollout: the pipeline's execution id, or what a caller chose.
 *
 * @param value 1 to 64 letters, digits and hyphens, so that it can stand in names of schedules and in tags
 */
public record RolloutId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,64}");

    public RolloutId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "a rollout id is 1 to 64 letters, digits and hyphens, not '" + value + "'");
        }
    }

    public static boolean isValid(String value) {
        return value != null && FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
