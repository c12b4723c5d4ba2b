package dev.greenlight.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.load.OneShot;
import dev.greenlight.sandbox.load.Outcome;
import dev.greenlight.sandbox.load.Outcome.Answered;
import dev.greenlight.sandbox.load.Outcome.Lost;
import dev.greenlight.sandbox.load.RawServer;
import dev.greenlight.sandbox.world.Choice;
import dev.greenlight.sandbox.world.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BalancerTest {

    private static final String OK =
            "HTTP/1.1 200 OK\r\nX-App-Version: v1\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    private static final Choice.Target TARGET = new Choice.Target("i-1", "tg-a", Optional.empty());

    /** One decision for all requests, and what was reported about them. */
    private static final class ScriptedRouting implements Routing {
        record Report(Choice choice, int status, boolean elbError) {}

        final ConcurrentLinkedQueue<Report> reports = new ConcurrentLinkedQueue<>();
        final ConcurrentLinkedQueue<Request> asked = new ConcurrentLinkedQueue<>();
        final Optional<Choice> choice;
        final OptionalInt port;

        ScriptedRouting(Choice choice, OptionalInt port) {
            this.choice = Optional.ofNullable(choice);
            this.port = port;
        }

        @Override
        public Optional<Request> copyOf(Request request) {
            return Optional.empty();
        }

        @Override
        public Optional<Choice> choose(Request request) {
            asked.add(request);
            return choice;
        }

        @Override
        public OptionalInt port(String instanceId) {
            return port;
        }

        @Override
        public void answered(Choice of, int status, Duration latency, boolean elbError) {
            reports.add(new Report(of, status, elbError));
        }
    }

    private LoadBalancer balancer;
    private ScriptedRouting routing;

    private void balance(Choice choice, OptionalInt port) {
        balance(choice, port, HttpSettings.exact());
    }

    private void balance(Choice choice, OptionalInt port, HttpSettings settings) {
        routing = new ScriptedRouting(choice, port);
        balancer = LoadBalancer.start(routing, settings);
    }

    @AfterEach
    void stop() {
        balancer.close();
    }

    private OneShot.Reply get(String path, Map<String, String> headers) {
        return OneShot.get(balancer.port(), path, headers, Duration.ofSeconds(10));
    }

    @Test
    void a_request_reaches_the_target_with_its_path_host_and_headers_and_the_answer_comes_back() throws IOException {
        try (RawServer target = new RawServer(n -> OK)) {
            balance(TARGET, OptionalInt.of(target.port()));

            OneShot.Reply reply = get("/checkout?cart=7", Map.of("Host", "Shop.example.com", "X-Preview", "secret"));

            assertThat(reply.outcome()).isEqualTo(new Answered(200));
            assertThat(reply.header("x-app-version")).contains("v1");
            assertThat(reply.body()).isEqualTo("ok");
            assertThat(target.lastHead())
                    .contains("GET /checkout?cart=7 HTTP/1.1", "Host: Shop.example.com", "X-Preview: secret")
                    .contains("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: http")
                    .doesNotContain("Via:");
            assertThat(routing.reports).containsExactly(new ScriptedRouting.Report(TARGET, 200, false));
            Request asked = routing.asked.remove();
            assertThat(asked.host()).isEqualTo("shop.example.com");
            assertThat(asked.path()).isEqualTo("/checkout");
            assertThat(asked.headers().get("x-preview")).isEqualTo(List.of("secret"));
        }
    }

    @Test
    void a_target_that_breaks_the_connection_is_one_502_and_is_never_asked_again() throws IOException {
        try (RawServer target = new RawServer(n -> n % 20 == 0 ? OK : "")) {
            balance(TARGET, OptionalInt.of(target.port()));

            int failed = 0;
            for (int i = 0; i < 100; i++) {
                failed += get("/", Map.of()).outcome().equals(new Answered(502)) ? 1 : 0;
            }

            assertThat(failed).isEqualTo(95);
            assertThat(target.requests()).isEqualTo(100);
            assertThat(routing.reports).hasSize(100);
            assertThat(routing.reports)
                    .filteredOn(ScriptedRouting.Report::elbError)
                    .hasSize(95)
                    .containsOnly(new ScriptedRouting.Report(TARGET, 502, true));
        }
    }

    @Test
    void a_target_that_refuses_the_connection_is_a_502() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        balance(TARGET, OptionalInt.of(port));

        assertThat(get("/", Map.of()).outcome()).isEqualTo(new Answered(502));
        assertThat(routing.reports).containsExactly(new ScriptedRouting.Report(TARGET, 502, true));
    }

    @Test
    void a_target_whose_instance_is_gone_is_a_502() {
        balance(TARGET, OptionalInt.empty());

        OneShot.Reply reply = get("/", Map.of());

        assertThat(reply.outcome()).isEqualTo(new Answered(502));
        assertThat(reply.header("server")).contains("awselb/2.0");
        assertThat(routing.reports).containsExactly(new ScriptedRouting.Report(TARGET, 502, true));
    }

    @Test
    void a_target_that_is_too_slow_is_a_504() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            balance(
                    TARGET,
                    OptionalInt.of(silent.getLocalPort()),
                    HttpSettings.exact().targetTimeout(Duration.ofMillis(200)));

            assertThat(get("/", Map.of()).outcome()).isEqualTo(new Answered(504));
            assertThat(routing.reports).containsExactly(new ScriptedRouting.Report(TARGET, 504, true));
        }
    }

    @Test
    void an_answer_that_breaks_off_in_its_body_breaks_off_for_the_client_too() throws IOException {
        String half = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(50_000);
        try (RawServer target = new RawServer(n -> half)) {
            balance(TARGET, OptionalInt.of(target.port()));

            assertThat(get("/", Map.of()).outcome()).isEqualTo(new Lost(Outcome.Reason.BROKEN));
            assertThat(routing.reports).containsExactly(new ScriptedRouting.Report(TARGET, 200, false));
        }
    }

    @Test
    void a_group_without_targets_is_a_503_and_an_error_of_the_load_balancer() {
        Choice none = new Choice.NoTarget(503, "tg-a");
        balance(none, OptionalInt.empty());

        assertThat(get("/", Map.of()).outcome()).isEqualTo(new Answered(503));
        assertThat(routing.reports).containsExactly(new ScriptedRouting.Report(none, 503, true));
    }

    @Test
    void a_fixed_response_is_given_as_the_rule_says_and_is_no_error() {
        Choice fixed = new Choice.Fixed(503, "text/plain", "not yet");
        balance(fixed, OptionalInt.empty());

        OneShot.Reply reply = get("/", Map.of());

        assertThat(reply.outcome()).isEqualTo(new Answered(503));
        assertThat(reply.body()).isEqualTo("not yet");
        assertThat(reply.header("content-type")).contains("text/plain");
        assertThat(routing.reports).containsExactly(new ScriptedRouting.Report(fixed, 503, false));
    }

    @Test
    void the_stickiness_cookie_is_set_with_its_cross_origin_twin() throws IOException {
        Choice.Cookie cookie = new Choice.Cookie("AWSALBTG", "abc", Duration.ofMinutes(10));
        try (RawServer target = new RawServer(n -> OK)) {
            balance(new Choice.Target("i-1", "tg-a", Optional.of(cookie)), OptionalInt.of(target.port()));

            assertThat(get("/", Map.of()).header("set-cookie").orElseThrow())
                    .contains("AWSALBTG=abc; Max-Age=600; Path=/", "AWSALBTGCORS=abc; Max-Age=600; Path=/; SameSite");
        }
    }
}
