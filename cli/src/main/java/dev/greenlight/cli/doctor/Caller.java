package dev.greenlight.cli.doctor;

/**
 * Who asks.
 *
 * @param account twelve digits
 * @param arn the caller's own ARN
 */
record Caller(String account, String arn) {

    /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
    String partition() {
        String[] parts = arn.split(":", -1);
        return parts.length > 1 && !parts[1].isEmpty() ? parts[1] : "aws";
    }
}
