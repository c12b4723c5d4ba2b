package dev.greenlight.adapter;

import dev.greenlight.port.CallFailed.Kind;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * The one table of AWS's error codes: what kind of failure each is, and whether trying again at once is worth it.
 *
 * <p>A code that is not in the table goes by its HTTP status; no status at all means that no answer came. Sources: the pages "Common
 * errors" of the API references, "Request throttling for the Elastic Load Balancing API", "Error handling with DynamoDB".
 *
 * @param kind what the use cases are told
 * @param retry whether the same call may succeed a moment later
 */
record AwsError(Kind kind, boolean retry) {

    private static final AwsError THROTTLED = new AwsError(Kind.THROTTLED, true);
    private static final AwsError UNAVAILABLE = new AwsError(Kind.UNAVAILABLE, true);
    /** Something else is under way that takes longer than a moment. */
    private static final AwsError OCCUPIED = new AwsError(Kind.UNAVAILABLE, false);

    private static final AwsError DENIED = new AwsError(Kind.DENIED, false);
    private static final AwsError INVALID = new AwsError(Kind.INVALID, false);

    private static final Map<String, AwsError> BY_CODE = Map.ofEntries(
            Map.entry("Throttling", THROTTLED),
            Map.entry("ThrottlingException", THROTTLED),
            Map.entry("ThrottledException", THROTTLED),
            Map.entry("RequestThrottled", THROTTLED),
            Map.entry("RequestThrottledException", THROTTLED),
            Map.entry("RequestLimitExceeded", THROTTLED),
            Map.entry("TooManyRequestsException", THROTTLED),
            Map.entry("ProvisionedThroughputExceededException", THROTTLED),
            Map.entry("TransactionConflictException", THROTTLED),
            Map.entry("TransactionInProgressException", THROTTLED),
            Map.entry("InternalError", UNAVAILABLE),
            Map.entry("InternalFailure", UNAVAILABLE),
            Map.entry("InternalServerError", UNAVAILABLE),
            Map.entry("InternalServerException", UNAVAILABLE),
            Map.entry("InternalServiceFault", UNAVAILABLE),
            Map.entry("ServiceUnavailable", UNAVAILABLE),
            Map.entry("ServiceUnavailableException", UNAVAILABLE),
            Map.entry("Unavailable", UNAVAILABLE),
            Map.entry("RequestTimeout", UNAVAILABLE),
            Map.entry("RequestTimeoutException", UNAVAILABLE),
            Map.entry("HealthUnavailable", UNAVAILABLE),
            Map.entry("ResourceContention", UNAVAILABLE),
            Map.entry("ScalingActivityInProgress", OCCUPIED),
            Map.entry("DeploymentNotStartedException", OCCUPIED),
            Map.entry("AccessDenied", DENIED),
            Map.entry("AccessDeniedException", DENIED),
            Map.entry("UnauthorizedOperation", DENIED),
            Map.entry("AuthFailure", DENIED),
            Map.entry("NotAuthorized", DENIED),
            Map.entry("OptInRequired", DENIED),
            Map.entry("ExpiredToken", DENIED),
            Map.entry("ExpiredTokenException", DENIED),
            Map.entry("InvalidClientTokenId", DENIED),
            Map.entry("UnrecognizedClientException", DENIED),
            Map.entry("MissingAuthenticationToken", DENIED),
            Map.entry("MissingAuthenticationTokenException", DENIED),
            Map.entry("IncompleteSignature", DENIED),
            Map.entry("SignatureDoesNotMatch", DENIED),
            Map.entry("InvalidSignatureException", DENIED));

    static AwsError of(SdkException failure) {
        if (!(failure instanceof SdkServiceException answered)) {
            return UNAVAILABLE;
        }
        AwsError known = code(failure).map(BY_CODE::get).orElse(null);
        return known != null ? known : byStatus(answered.statusCode());
    }

    private static AwsError byStatus(int status) {
        return switch (status) {
            case 401, 403 -> DENIED;
            case 429 -> THROTTLED;
            default -> status >= 400 && status < 500 ? INVALID : UNAVAILABLE;
        };
    }

    /** {@code "ThrottlingException: Rate exceeded (request 1234)"}: what a person needs to find it again. */
    static String describe(SdkException failure) {
        String code = code(failure).orElseGet(() -> failure.getClass().getSimpleName());
        String request = failure instanceof SdkServiceException s && s.requestId() != null
                ? " (request " + s.requestId() + ")"
                : "";
        return code + ": " + message(failure) + request;
    }

    private static Optional<String> code(SdkException failure) {
        return details(failure).map(AwsErrorDetails::errorCode);
    }

    private static String message(SdkException failure) {
        return details(failure)
                .map(AwsErrorDetails::errorMessage)
                .orElseGet(() -> String.valueOf(failure.getMessage()));
    }

    private static Optional<AwsErrorDetails> details(SdkException failure) {
        return failure instanceof AwsServiceException aws
                ? Optional.ofNullable(aws.awsErrorDetails())
                : Optional.empty();
    }
}
