package dev.greenlight.adapter.dynamodb;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Why a transaction was canceled. One exception stands for all causes, and only its list of reasons, one for each write, tells a
 * condition that did not hold from two transactions that met. Follows the page "TransactWriteItems".
 */
final class Transaction {

    private Transaction() {}

    /** Empty where a condition did not hold; otherwise the error that its cause would be by itself. */
    static Optional<SdkException> failure(TransactionCanceledException canceled) {
        List<String> reasons = canceled.cancellationReasons().stream()
                .map(CancellationReason::code)
                .filter(code -> code != null && !code.equals("None"))
                .toList();
        if (reasons.contains("ConditionalCheckFailed")) {
            return Optional.empty();
        }
        String code = reasons.isEmpty() ? "TransactionCanceledException" : alone(reasons.getFirst());
        return Optional.of(DynamoDbException.builder()
                .message(canceled.getMessage())
                .cause(canceled)
                .requestId(canceled.requestId())
                .statusCode(canceled.statusCode())
                .awsErrorDetails(AwsErrorDetails.builder()
                        .serviceName("DynamoDb")
                        .errorCode(code)
                        .errorMessage("the transaction was canceled: " + String.join(", ", reasons))
                        .build())
                .build());
    }

    private static String alone(String reason) {
        return switch (reason) {
            case "TransactionConflict" -> "TransactionConflictException";
            case "ThrottlingError" -> "ThrottlingException";
            case "ProvisionedThroughputExceeded" -> "ProvisionedThroughputExceededException";
            default -> reason;
        };
    }
}
