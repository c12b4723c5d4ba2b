package dev.greenlight.port;

import java.net.URI;

/** Where CloudFormation waits for a custom resource's answer. */
public interface StackAnswers {

    /**
     * Sends the answer to the place that the request named. Its address is a secret: whoever has it can answer.
     *
     * @throws CallFailed if it could not be delivered
     */
    void send(URI to, byte[] answer);
}
