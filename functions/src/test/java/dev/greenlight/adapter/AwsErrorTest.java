package dev.greenlight.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.port.CallFailed.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

class AwsErrorTest {

    @ParameterizedTest
    @CsvSource({
        "Throttling,                             THROTTLED,   true",
        "ThrottlingException,                    THROTTLED,   true",
        "ThrottledException,                     THROTTLED,   true",
        "RequestThrottled,                       THROTTLED,   true",
        "RequestThrottledException,              THROTTLED,   true",
        "RequestLimitExceeded,                   THROTTLED,   true",
        "TooManyRequestsException,               THROTTLED,   true",
        "ProvisionedThroughputExceededException, THROTTLED,   true",
        "TransactionConflictException,           THROTTLED,   true",
        "TransactionInProgressException,         THROTTLED,   true",
        "InternalError,                          UNAVAILABLE, true",
        "InternalFailure,                        UNAVAILABLE, true",
        "InternalServerError,                    UNAVAILABLE, true",
        "InternalServerException,                UNAVAILABLE, true",
        "InternalServiceFault,                   UNAVAILABLE, true",
        "ServiceUnavailable,                     UNAVAILABLE, true",
        "ServiceUnavailableException,            UNAVAILABLE, true",
        "Unavailable,                            UNAVAILABLE, true",
        "RequestTimeout,                         UNAVAILABLE, true",
        "RequestTimeoutException,                UNAVAILABLE, true",
        "HealthUnavailable,                      UNAVAILABLE, true",
        "ResourceContention,                     UNAVAILABLE, true",
        "ScalingActivityInProgress,              UNAVAILABLE, false",
        "DeploymentNotStartedException,          UNAVAILABLE, false",
        "AccessDenied,                           DENIED,      false",
        "AccessDeniedException,                  DENIED,      false",
        "UnauthorizedOperation,                  DENIED,      false",
        "AuthFailure,                            DENIED,      false",
        "NotAuthorized,                          DENIED,      false",
        "OptInRequired,                          DENIED,      false",
        "ExpiredToken,                           DENIED,      false",
        "ExpiredTokenException,                  DENIED,      false",
        "InvalidClientTokenId,                   DENIED,      false",
        "UnrecognizedClientException,            DENIED,      false",
        "MissingAuthenticationToken,             DENIED,      false",
        "MissingAuthenticationTokenException,    DENIED,      false",
        "IncompleteSignature,                    DENIED,      false",
        "SignatureDoesNotMatch,                  DENIED,      false",
        "InvalidSignatureException,              DENIED,      false",
    })
    void a_known_code_has_its_row(String code, Kind kind, boolean retry) {
        assertThat(AwsError.of(error(code, 400))).isEqualTo(new AwsError(kind, retry));
    }

    @ParameterizedTest
    @CsvSource({
        "400, INVALID,     false",
        "404, INVALID,     false",
        "401, DENIED,      false",
        "403, DENIED,      false",
        "429, THROTTLED,   true",
        "500, UNAVAILABLE, true",
        "503, UNAVAILABLE, true",
    })
    void an_unknown_code_goes_by_its_status(int status, Kind kind, boolean retry) {
        assertThat(AwsError.of(error("SomethingNew", status))).isEqualTo(new AwsError(kind, retry));
    }

    @Test
    void no_answer_means_unavailable_and_is_worth_another_try() {
        assertThat(AwsError.of(SdkClientException.create("Connection reset")))
                .isEqualTo(new AwsError(Kind.UNAVAILABLE, true));
    }

    @Test
    void the_description_names_code_message_and_request() {
        assertThat(AwsError.describe(error("ValidationError", 400)))
                .isEqualTo("ValidationError: as AWS says it (request req-1)");
    }

    static AwsServiceException error(String code, int status) {
        return AwsServiceException.builder()
                .statusCode(status)
                .requestId("req-1")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage("as AWS says it")
                        .build())
                .build();
    }
}
