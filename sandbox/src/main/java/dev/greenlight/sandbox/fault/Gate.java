package dev.greenlight.sandbox.fault;

import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;

/** Decides who may make which call, before a service sees it. */
@FunctionalInterface
public interface Gate {

    /** Lets everybody do everything. */
    Gate OPEN = (caller, client, request) -> Optional.empty();

    /**
     * What a call is refused with; empty when it may be made.
     *
     * @param caller the function that makes it
     * @param client the SDK's client interface
     */
    Optional<AwsServiceException> refusal(String caller, Class<?> client, SdkRequest request);
}
