package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One resource of the stack: what the template wants, and what it became.
 *
 * @param logicalId its name in the template
 * @param physicalId its name or ARN in the account
 * @param wanted its properties, resolved; a value that the template's ids cannot give is {@link LivePhysical#UNKNOWN}
 */
record Part(String logicalId, String physicalId, JsonNode wanted) {

    /** A property as text; empty if it has none of that name. */
    String text(String property) {
        return wanted.path(property).asText("");
    }
}
