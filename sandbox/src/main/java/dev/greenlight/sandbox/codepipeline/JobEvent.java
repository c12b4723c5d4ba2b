package dev.greenlight.sandbox.codepipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The event that a Lambda action invokes its function with (page "AWS Lambda invoke action reference", "Example JSON event"). */
final class JobEvent {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JobEvent() {}

    static byte[] of(
            String jobId,
            String accountId,
            Pipeline.Invoke action,
            String userParameters,
            Map<String, Artifact> artifacts,
            Optional<String> token,
            Instant now) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("FunctionName", action.functionName());
        configuration.put("UserParameters", userParameters);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("actionConfiguration", Map.of("configuration", configuration));
        data.put(
                "inputArtifacts",
                action.inputs().stream()
                        .map(name -> artifact(name, artifacts.get(name)))
                        .toList());
        data.put("outputArtifacts", List.of());
        data.put("artifactCredentials", credentials(now));
        token.ifPresent(t -> data.put("continuationToken", t));
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("id", jobId);
        job.put("accountId", accountId);
        job.put("data", data);
        try {
            return JSON.writeValueAsBytes(Map.of("CodePipeline.job", job));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings are JSON", e);
        }
    }

    private static Map<String, Object> artifact(String name, Artifact artifact) {
        Map<String, Object> s3 = new LinkedHashMap<>();
        s3.put("bucketName", artifact.bucket());
        s3.put("objectKey", artifact.key());
        Map<String, Object> location = new LinkedHashMap<>();
        location.put("s3Location", s3);
        location.put("type", "S3");
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", name);
        described.put("revision", artifact.revision());
        described.put("location", location);
        return described;
    }

    private static Map<String, Object> credentials(Instant now) {
        Map<String, Object> credentials = new LinkedHashMap<>();
        credentials.put("accessKeyId", FakeCredentials.ACCESS_KEY_ID);
        credentials.put("secretAccessKey", FakeCredentials.SECRET_ACCESS_KEY);
        credentials.put("sessionToken", FakeCredentials.SESSION_TOKEN);
        credentials.put("expirationTime", now.plus(Duration.ofHours(1)).toEpochMilli());
        return credentials;
    }
}
