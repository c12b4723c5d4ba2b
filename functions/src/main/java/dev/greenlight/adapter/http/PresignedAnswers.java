package dev.greenlight.adapter.http;

import dev.greenlight.adapter.Pause;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.StackAnswers;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Answers to CloudFormation by a PUT to the presigned address of the request. A presigned PUT is for a request without a
 * content type, and may be repeated. Follows "Custom resource response objects".
 */
public final class PresignedAnswers implements StackAnswers {

    private static final int MILLIS = 5_000;
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(400), Duration.ofMillis(1200));

    private final Pause pause;

    public PresignedAnswers(Pause pause) {
        this.pause = pause;
    }

    @Override
    public void send(URI to, byte[] answer) {
        String trouble = attempt(to, answer);
        for (Duration length : PAUSES) {
            if (trouble.isEmpty()) {
                return;
            }
            pause.pause(length);
            trouble = attempt(to, answer);
        }
        if (!trouble.isEmpty()) {
            throw new CallFailed(CallFailed.Kind.UNAVAILABLE, "cloudformation:Answer", trouble, null);
        }
    }

    /** @return what went wrong, without the address: whoever has it can answer */
    private static String attempt(URI to, byte[] answer) {
        try {
            HttpURLConnection connection = (HttpURLConnection) to.toURL().openConnection();
            connection.setRequestMethod("PUT");
            connection.setDoOutput(true);
            connection.setConnectTimeout(MILLIS);
            connection.setReadTimeout(MILLIS);
            connection.setFixedLengthStreamingMode(answer.length);
            try (OutputStream body = connection.getOutputStream()) {
                body.write(answer);
            }
            int status = connection.getResponseCode();
            connection.disconnect();
            return status / 100 == 2 ? "" : "the answer was refused with status " + status;
        } catch (IOException e) {
            return "the answer was not delivered: " + e.getClass().getSimpleName();
        }
    }
}
