package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What to do about a finding.
 *
 * @param words one sentence, or a command to paste
 * @param policy the statement, or the whole document, that a role lacks
 */
public record Remedy(String words, Optional<JsonNode> policy) {

    static Remedy of(String words) {
        return new Remedy(words, Optional.empty());
    }

    static Remedy of(String words, JsonNode policy) {
        return new Remedy(words, Optional.of(policy));
    }
}
