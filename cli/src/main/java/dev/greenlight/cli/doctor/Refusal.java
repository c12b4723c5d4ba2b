package dev.greenlight.cli.doctor;

import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Why AWS did not answer a question. The services have not agreed on codes; see the page "Common error types" of each service's API
 * reference.
 *
 * @param words what AWS, or the SDK in its place, said
 */
record Refusal(Kind kind, String words) {

    /** What can be done about it differs. */
    enum Kind {
        GONE,
        DENIED,
        THROTTLED,
        CREDENTIALS,
        OTHER
    }

    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "UnrecognizedClientException",
            "SignatureDoesNotMatch",
            "InvalidSignatureException");
    private static final int FORBIDDEN = 403;

    static Refusal of(AwsServiceException error) {
        AwsErrorDetails details = error.awsErrorDetails();
        if (details == null || details.errorCode() == null) {
            return new Refusal(kind("", error), "answered with HTTP status " + error.statusCode());
        }
        return new Refusal(
                kind(details.errorCode(), error), "%s: %s".formatted(details.errorCode(), details.errorMessage()));
    }

    /** The request never arrived, or the SDK had nothing to sign it with. */
    static Refusal of(SdkClientException error) {
        String said = String.valueOf(error.getMessage());
        boolean unsigned = said.contains("credentials") || said.contains("Profile file");
        return new Refusal(unsigned ? Kind.CREDENTIALS : Kind.OTHER, said);
    }

    private static Kind kind(String code, AwsServiceException error) {
        if (CREDENTIALS.contains(code)) {
            return Kind.CREDENTIALS;
        }
        if (code.contains("NotFound") || code.contains("NoSuch") || code.contains("DoesNotExist")) {
            return Kind.GONE;
        }
        if (error.isThrottlingException() || code.contains("Throttl")) {
            return Kind.THROTTLED;
        }
        boolean denied = code.startsWith("AccessDenied")
                || code.startsWith("Unauthorized")
                || code.startsWith("AuthorizationError");
        return denied || error.statusCode() == FORBIDDEN ? Kind.DENIED : Kind.OTHER;
    }
}
