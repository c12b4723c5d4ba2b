package dev.greenlight.sandbox.paper;

import java.time.Instant;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Secrets Manager as it tells of secrets, never what they hold; {@code "Deleted": true} marks one for deletion. */
public final class PaperSecrets implements SecretsManagerClient {

    private final PaperAccount paper;

    public PaperSecrets(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public DescribeSecretResponse describeSecret(DescribeSecretRequest request) {
        return paper.find("AWS::SecretsManager::Secret", request.secretId())
                .map(secret -> DescribeSecretResponse.builder()
                        .arn(secret.id())
                        .deletedDate(
                                secret.properties().path("Deleted").asBoolean()
                                        ? Instant.parse("2026-07-10T00:00:00Z")
                                        : null)
                        .build())
                .orElseThrow(() -> Errors.gone(ResourceNotFoundException.builder(), "Secret " + request.secretId()));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
