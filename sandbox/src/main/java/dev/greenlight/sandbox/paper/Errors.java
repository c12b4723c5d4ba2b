package dev.greenlight.sandbox.paper;

import dev.greenlight.sandbox.fault.ServiceErrors;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** The one error of those who only look: there is no such thing. */
final class Errors {

    private Errors() {}

    /** A modelled exception whose code is its name. */
    static AwsServiceException gone(AwsServiceException.Builder builder, String what) {
        return ServiceErrors.named(builder, 404, what + " does not exist");
    }

    /** A modelled exception of a service whose codes are not its exceptions' names. */
    static AwsServiceException gone(AwsServiceException.Builder builder, String code, String what) {
        return ServiceErrors.filled(builder, code, 400, what + " does not exist");
    }
}
