package dev.greenlight.sandbox.lambda;

import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeRequest;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Lambda as a caller sees it: Invoke, with invocation type {@code RequestResponse} (the default), {@code Event} or {@code DryRun}. */
public final class SimulatedLambdaClient implements LambdaClient {

    private final SimulatedLambda lambda;

    public SimulatedLambdaClient(SimulatedLambda lambda) {
        this.lambda = lambda;
    }

    @Override
    public InvokeResponse invoke(InvokeRequest request) {
        byte[] payload = request.payload() == null
                ? "{}".getBytes(StandardCharsets.UTF_8)
                : request.payload().asByteArray();
        if (request.invocationType() == InvocationType.EVENT) {
            lambda.invokeAsync(request.functionName(), payload);
            return InvokeResponse.builder().statusCode(202).build();
        }
        if (request.invocationType() == InvocationType.DRY_RUN) {
            return InvokeResponse.builder().statusCode(204).build();
        }
        Invocation invocation = lambda.invoke(request.functionName(), payload);
        return InvokeResponse.builder()
                .statusCode(200)
                .executedVersion("$LATEST")
                .functionError(invocation.error().orElse(null))
                .payload(SdkBytes.fromByteArray(invocation.payload()))
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing that has to be released. */
    @Override
    public void close() {}
}
