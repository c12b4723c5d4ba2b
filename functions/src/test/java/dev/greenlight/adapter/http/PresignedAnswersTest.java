package dev.greenlight.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.greenlight.adapter.RecordingPause;
import dev.greenlight.port.CallFailed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresignedAnswersTest {

    private static final byte[] ANSWER = "{\"Status\":\"SUCCESS\"}".getBytes(StandardCharsets.UTF_8);

    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final List<String> received = new ArrayList<>();
    private final PresignedAnswers answers = new PresignedAnswers(new RecordingPause());
    private HttpServer bucket;

    @BeforeEach
    void open() throws IOException {
        bucket = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        bucket.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            received.add("%s %s type=%s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            body));
            exchange.sendResponseHeaders(statuses.isEmpty() ? 200 : statuses.pop(), -1);
            exchange.close();
        });
        bucket.start();
    }

    @AfterEach
    void close() {
        bucket.stop(0);
    }

    @Test
    void an_answer_is_put_without_a_content_type_which_the_signature_does_not_cover() {
        answers.send(address(), ANSWER);
        assertThat(received)
                .containsExactly("PUT /stack%7Cid?X-Amz-Signature=secret type=null {\"Status\":\"SUCCESS\"}");
    }

    @Test
    void an_answer_that_is_not_taken_is_sent_again() {
        statuses.add(503);
        statuses.add(500);
        answers.send(address(), ANSWER);
        assertThat(received).hasSize(3);
    }

    @Test
    void what_cannot_be_delivered_is_told_without_the_address() {
        bucket.stop(0);
        assertThatThrownBy(() -> answers.send(address(), ANSWER))
                .isInstanceOf(CallFailed.class)
                .hasMessageContaining("was not delivered")
                .hasMessageNotContaining("secret");
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + bucket.getAddress().getPort() + "/stack%7Cid?X-Amz-Signature=secret");
    }
}
