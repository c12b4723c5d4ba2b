package dev.greenlight.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.greenlight.port.CallFailed;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

class DeployedClientsTest {

    @Test
    void a_function_finds_its_credentials_in_the_environment() {
        assertThat(DeployedClients.credentials(Map.of("AWS_ACCESS_KEY_ID", "example")))
                .isInstanceOf(EnvironmentVariableCredentialsProvider.class);
    }

    /** Guards against a RollBack that starts from a snapshot and has no credentials. */
    @Test
    void a_function_that_starts_from_a_snapshot_asks_for_them() {
        assertThat(DeployedClients.credentials(
                        Map.of("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:9001/2021-09-21/credentials")))
                .isInstanceOf(ContainerCredentialsProvider.class);
    }

    @Test
    void every_service_is_called_where_it_is() {
        assertThat(DeployedClients.of(Map.of("AWS_REGION", "eu-west-1")).endpoint("monitoring"))
                .hasToString("https://monitoring.eu-west-1.amazonaws.com");
        assertThat(DeployedClients.of(Map.of("AWS_REGION", "cn-north-1")).endpoint("ec2"))
                .hasToString("https://ec2.cn-north-1.amazonaws.com.cn");
    }

    @Test
    void all_calls_go_to_one_place_if_the_environment_says_so() {
        DeployedClients elsewhere =
                DeployedClients.of(Map.of("AWS_REGION", "eu-west-1", "AWS_ENDPOINT_URL", "http://127.0.0.1:5000"));
        assertThat(elsewhere.endpoint("dynamodb")).hasToString("http://127.0.0.1:5000");
        assertThat(elsewhere.endpoint("ec2")).hasToString("http://127.0.0.1:5000");
    }

    /** The socket's limit is one of silence between two bytes: an answer that trickles in would hold the function up for good. */
    @Test
    void a_try_ends_in_time_although_its_answer_trickles_in_and_the_next_one_is_made() throws IOException {
        try (Trickle server = new Trickle()) {
            DeployedClients clients = new DeployedClients(
                    "eu-west-1",
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("example", "example")),
                    Optional.of(server.address()),
                    Duration.ofMillis(1_500));

            Instant asked = Instant.now();
            assertThatExceptionOfType(CallFailed.class)
                    .isThrownBy(() -> new Aws(length -> {})
                            .repeatable(
                                    "elasticloadbalancing:DescribeRules",
                                    () -> clients.loadBalancing().describeRules(r -> r.ruleArns("arn"))))
                    .satisfies(failed -> assertThat(failed.kind()).isEqualTo(CallFailed.Kind.UNAVAILABLE));
            // Without the limit of the whole try each lasts as long as the server likes.
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
            // The first try may be over before it has left: it loads the SDK.
            assertThat(server.heard()).isGreaterThanOrEqualTo(2);
        }
    }

    /** Takes a request, and answers one byte of a header after the other, for much longer than anybody should wait. */
    private static final class Trickle implements AutoCloseable {

        private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final ScheduledExecutorService beat = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger heard = new AtomicInteger();

        Trickle() throws IOException {
            Thread.ofVirtual().start(this::accept);
        }

        private void accept() {
            try {
                while (true) {
                    OutputStream answer = listening.accept().getOutputStream();
                    heard.incrementAndGet();
                    answer.write("HTTP/1.1 200 OK\r\nX-Long: ".getBytes(StandardCharsets.US_ASCII));
                    beat.scheduleAtFixedRate(() -> drip(answer), 50, 50, TimeUnit.MILLISECONDS);
                    beat.schedule(() -> end(answer), 20, TimeUnit.SECONDS);
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private static void drip(OutputStream answer) {
            try {
                answer.write('x');
                answer.flush();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        private static void end(OutputStream answer) {
            try {
                answer.close();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        URI address() {
            return URI.create("http://127.0.0.1:" + listening.getLocalPort());
        }

        int heard() {
            return heard.get();
        }

        @Override
        public void close() throws IOException {
            beat.shutdownNow();
            listening.close();
        }
    }
}
