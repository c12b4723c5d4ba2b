package dev.greenlight.sandbox.fault;

import java.lang.reflect.InvocationTargetException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Makes the exceptions that the SDK throws for an error answer of a service: the service's own type, code and status. */
public final class ServiceErrors {

    private ServiceErrors() {}

    /** An error of the service of that client interface, such as an {@code AutoScalingException} for AutoScalingClient. */
    public static AwsServiceException of(Class<?> client, String code, int status, String message) {
        return filled(builder(client), code, status, message);
    }

    /** Completes a builder of one of the modelled exceptions, such as {@code RuleNotFoundException.builder()}. */
    public static AwsServiceException filled(
            AwsServiceException.Builder builder, String code, int status, String message) {
        return builder.message(message)
                .statusCode(status)
                .requestId("00000000-0000-4000-a000-000000000000")
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .errorMessage(message)
                        .build())
                .build();
    }

    /** Completes a builder of a modelled exception whose code is its own name, as with all services that speak JSON. */
    public static AwsServiceException named(AwsServiceException.Builder builder, int status, String message) {
        return filled(builder, builder.build().getClass().getSimpleName(), status, message);
    }

    /** The code with which a service says that it was asked too often; the services have not agreed on one. */
    static String throttling(String service) {
        return switch (service) {
            case "ec2" -> "RequestLimitExceeded";
            case "elasticloadbalancing", "autoscaling", "cloudwatch" -> "Throttling";
            default -> "ThrottlingException";
        };
    }

    /** The SDK keeps a service's base exception next to its client under a name that follows from the client's. */
    private static AwsServiceException.Builder builder(Class<?> client) {
        String name =
                client.getPackageName() + ".model." + client.getSimpleName().replaceFirst("Client$", "Exception");
        try {
            return (AwsServiceException.Builder) Class.forName(name, true, client.getClassLoader())
                    .getMethod("builder")
                    .invoke(null);
        } catch (ClassNotFoundException | NoSuchMethodException | IllegalAccessException e) {
            throw new IllegalArgumentException(client + " is no client interface of the SDK", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(name + ".builder() failed", e);
        }
    }
}
