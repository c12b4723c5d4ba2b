package dev.greenlight.sandbox.fault;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Makes the exceptions with which a service refuses a call look as they do when they come off the wire. */
public final class Refusals {

    private Refusals() {}

    /**
     * Completes the builder of a modelled exception: its error code is the exception's own name, as in the JSON protocols.
     *
     * @param service the service's name in messages, for example {@code CodeDeploy}
     * @param status the HTTP status
     */
    public static AwsServiceException refusal(
            AwsServiceException.Builder builder, String service, int status, String message) {
        String code = builder.build().getClass().getSimpleName();
        return builder.message(message)
                .statusCode(status)
                .requestId("00000000-0000-0000-0000-000000000000")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName(service)
                        .errorCode(code)
                        .errorMessage(message)
                        .sdkHttpResponse(
                                SdkHttpResponse.builder().statusCode(status).build())
                        .build())
                .build();
    }
}
