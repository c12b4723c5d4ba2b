package dev.greenlight.domain.hook;

import dev.greenlight.domain.rollout.RolloutId;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a pipeline job carries from one call to the next: {@code v1.<rollout>.<first call, epoch seconds>}. It says which
 * rollout the job began with and bounds how long it goes on while the store is silent; everything else is in the store.
 */
public record Token(RolloutId rollout, Instant firstCall) {

    private static final Pattern FORM = Pattern.compile("v1\\.([A-Za-z0-9-]{1,64})\\.(\\d{1,12})");

    /** Reads a token; empty where it is not one of ours. */
    public static Optional<Token> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Token(
                        new RolloutId(matcher.group(1)), Instant.ofEpochSecond(Long.parseLong(matcher.group(2)))))
                : Optional.empty();
    }

    public String text() {
        return "v1.%s.%d".formatted(rollout, firstCall.getEpochSecond());
    }
}
