package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** IAM's policy documents as JSON. */
final class Policies {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VERSION = "2012-10-17";

    private Policies() {}

    /** IAM answers documents URL-encoded as RFC 3986 says ("GetRolePolicy", API reference). */
    static JsonNode decoded(String document) {
        return read(URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** Any JSON text; what cannot be read is an object without fields. */
    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    static JsonNode document(List<JsonNode> statements) {
        ObjectNode document = JSON.createObjectNode().put("Version", VERSION);
        statements.forEach(document.putArray("Statement")::add);
        return document;
    }

    /** A statement for questions of the doctor's own: they read, and most of them know no resources. */
    static JsonNode allow(List<String> actions) {
        ObjectNode statement = JSON.createObjectNode().put("Effect", "Allow");
        actions.forEach(statement.putArray("Action")::add);
        return statement.put("Resource", "*");
    }

    /** The document's statements, which may be one object or a list. */
    static List<JsonNode> statements(JsonNode document) {
        return list(document.path("Statement"));
    }

    /** One value or a list of them, as a list: policies may write either. */
    static List<String> texts(JsonNode node) {
        return list(node).stream().map(JsonNode::asText).toList();
    }

    private static List<JsonNode> list(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        return node.isArray() ? node.valueStream().toList() : List.of(node);
    }
}
