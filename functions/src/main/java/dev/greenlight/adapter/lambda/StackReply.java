package dev.greenlight.adapter.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer to CloudFormation. Follows "Custom resource response objects", which allows 4,096 bytes.
 *
 * @param physicalId the resource's id, the same for as long as what stands behind it lives: with another one CloudFormation would have the old one deleted
 * @param reason why it failed; empty for a success
 */
record StackReply(String physicalId, String reason, Map<String, String> data) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_REASON = 1_000;

    byte[] to(StackRequest.Caller caller) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("Status", reason.isEmpty() ? "SUCCESS" : "FAILED");
            json.writeStringField(
                    "Reason", reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…");
            json.writeStringField("PhysicalResourceId", physicalId);
            json.writeStringField("StackId", caller.stackId());
            json.writeStringField("RequestId", caller.requestId());
            json.writeStringField("LogicalResourceId", caller.logicalId());
            json.writeObjectFieldStart("Data");
            for (Map.Entry<String, String> entry : new TreeMap<>(data).entrySet()) {
                json.writeStringField(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
