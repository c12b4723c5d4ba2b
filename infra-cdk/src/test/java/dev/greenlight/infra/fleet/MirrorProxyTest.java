package dev.greenlight.infra.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.greenlight.sandbox.load.OneShot;
import dev.greenlight.sandbox.load.Outcome;
import dev.greenlight.service.MirrorProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The generated configuration in a real nginx: before an application, with a load balancer that has the copies. */
@Timeout(300)
class MirrorProxyTest {

    private static final String SECRET = "Xk29vQ";
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Map<String, String> HOST = Map.of("Host", "shop.example.com");

    @TempDir
    private Path directory;

    private final int port = RealNginx.freePort();

    private MirrorProxy before(Backend application, int share, int door) {
        return new MirrorProxy(
                port,
                application.port(),
                share,
                List.of("GET", "HEAD"),
                "http://127.0.0.1:" + door,
                Optional.empty(),
                secret());
    }

    private String secret() {
        try {
            Path file = directory.resolve("secret");
            return Files.writeString(file, "set $greenlight_secret \"%s\";\n".formatted(SECRET))
                    .toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private RealNginx run(MirrorProxy proxy) throws IOException {
        return RealNginx.start(directory, proxy.configuration());
    }

    private OneShot.Reply get(String path, Map<String, String> headers) {
        return OneShot.get(port, path, headers, SOON);
    }

    private static int status(OneShot.Reply reply) {
        return reply.outcome() instanceof Outcome.Answered answered ? answered.status() : 0;
    }

    @Test
    void a_get_is_copied_with_its_path_host_and_cookies_the_secret_and_an_id_that_both_have() throws Exception {
        try (Backend blue = Backend.start("blue", asked -> 200);
                Backend door = Backend.start("seen by nobody", asked -> 500);
                RealNginx nginx = run(before(blue, 100, door.port()))) {
            OneShot.Reply seen =
                    get("/a%2Fb?x=1&y=%20", Map.of("Host", "shop.example.com", "Cookie", "c=1", "x_odd", "kept"));
            assertThat(status(seen)).isEqualTo(200);
            assertThat(seen.body()).isEqualTo("blue");
            assertThat(seen.header("server")).hasValue("blue");
            Backend.Asked real = blue.next();
            Backend.Asked copy = door.next();
            assertThat(List.of(real.target(), copy.target())).containsOnly("/a%2Fb?x=1&y=%20");
            assertThat(List.of(real.header("Host"), copy.header("Host"))).containsOnly("shop.example.com");
            assertThat(List.of(real.header("Cookie"), copy.header("Cookie"))).containsOnly("c=1");
            assertThat(List.of(real.header("x_odd"), copy.header("x_odd"))).containsOnly("kept");
            assertThat(copy.header(MirrorProxy.HEADER)).isEqualTo(SECRET);
            assertThat(real.header(MirrorProxy.HEADER)).isNull();
            assertThat(copy.header(MirrorProxy.REQUEST))
                    .isEqualTo(real.header(MirrorProxy.REQUEST))
                    .hasSize(32);
        }
    }

    @Test
    void what_must_not_happen_twice_is_not_copied() throws Exception {
        try (Backend blue = Backend.start("blue", asked -> 200);
                Backend door = Backend.start("seen by nobody", asked -> 204);
                RealNginx nginx = run(before(blue, 100, door.port()))) {
            assertThat(post("/buy", "a ticket")).isEqualTo("blue");
            assertThat(blue.next().body()).isEqualTo("a ticket");
            get("/health", Map.of("User-Agent", "ELB-HealthChecker/2.0"));
            get("/smoke", Map.of("X-Greenlight-Preview", "secret"));
            get("/chat", Map.of("Upgrade", "websocket"));
            get("/copy", Map.of(MirrorProxy.HEADER, SECRET, MirrorProxy.REQUEST, "of the real one"));
            get("/last", HOST);
            assertThat(door.next().target()).isEqualTo("/last");
            assertThat(blue.next().target()).isEqualTo("/health");
            assertThat(blue.next().target()).isEqualTo("/smoke");
            assertThat(blue.next().header("Upgrade")).isEqualTo("websocket");
            Backend.Asked copy = blue.next();
            assertThat(copy.header(MirrorProxy.HEADER))
                    .as("it is a copy, and the secret stays out of logs")
                    .isEqualTo("1");
            assertThat(copy.header(MirrorProxy.REQUEST)).isEqualTo("of the real one");
            assertThat(door.rest()).isEmpty();
        }
    }

    private String post(String path, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void the_share_of_copies_is_the_one_that_was_asked_for() throws Exception {
        int requests = 2_000;
        try (Backend blue = Backend.start("blue", asked -> 200);
                Backend door = Backend.start("seen by nobody", asked -> 204);
                RealNginx nginx = run(before(blue, 20, door.port()))) {
            for (int i = 0; i < requests; i++) {
                assertThat(status(get("/" + i, HOST))).isEqualTo(200);
            }
            // Each is drawn for itself: 400 of them, give or take five times the standard deviation of 17.9.
            assertThat(door.rest()).hasSizeBetween(310, 490);
        }
    }

    @Test
    void a_green_that_hangs_delays_no_answer_and_no_request_that_follows() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Backend blue = Backend.start("blue", asked -> 200);
                Backend door = Backend.start("seen by nobody", asked -> hanging(end));
                RealNginx nginx = run(before(blue, 100, door.port()))) {
            for (int i = 0; i < 20; i++) {
                try (Socket client = connected()) {
                    assertThat(over(client, "/" + i)).startsWith("HTTP/1.1 200").contains("Connection: close");
                }
            }
            assertThat(door.next().target()).isEqualTo("/0");
            end.countDown();
        }
    }

    /** Why a copied request closes its connection. */
    @Test
    void on_a_connection_that_stays_open_the_next_request_would_wait_for_the_copy() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Backend blue = Backend.start("blue", asked -> 200);
                Backend door = Backend.start("seen by nobody", asked -> hanging(end));
                RealNginx nginx = RealNginx.start(
                        directory,
                        before(blue, 100, door.port()).configuration().replace("keepalive_timeout 0;", ""));
                Socket client = connected()) {
            assertThat(over(client, "/first")).startsWith("HTTP/1.1 200").contains("Connection: keep-alive");
            client.setSoTimeout(500);
            assertThat(waits(client)).isTrue();
            end.countDown();
        }
    }

    private static boolean waits(Socket client) throws IOException {
        try {
            over(client, "/second");
            return false;
        } catch (SocketTimeoutException waiting) {
            return true;
        }
    }

    private static int hanging(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 200;
    }

    private Socket connected() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setSoTimeout(Math.toIntExact(SOON.toMillis()));
        return client;
    }

    /** Sends a GET over a connection and reads until the body {@code blue} is there. */
    private static String over(Socket client, String path) throws IOException {
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: shop.example.com\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder all = new StringBuilder();
        while (!all.toString().endsWith("\r\n\r\nblue")) {
            int read = client.getInputStream().read();
            if (read < 0) {
                throw new IOException("the answer is cut off: " + all);
            }
            all.append((char) read);
        }
        return all.toString();
    }

    @Test
    void only_so_many_copies_are_under_way_at_a_time() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        int requests = MirrorProxy.MOST_COPIES + 100;
        try (Backend blue = Backend.start("blue", asked -> 200);
                Backend door = Backend.start("seen by nobody", asked -> hanging(end));
                RealNginx nginx = run(before(blue, 100, door.port()))) {
            for (int i = 0; i < requests; i++) {
                try (Socket client = connected()) {
                    assertThat(over(client, "/" + i)).startsWith("HTTP/1.1 200");
                }
            }
            assertThat(blue.rest()).hasSize(requests);
            for (int i = 0; i < MirrorProxy.MOST_COPIES; i++) {
                door.next();
            }
            assertThat(door.rest()).isEmpty();
            end.countDown();
        }
    }

    @Test
    void a_green_that_is_not_there_fails_no_answer() throws Exception {
        try (Backend blue = Backend.start("blue", asked -> 200);
                RealNginx nginx = run(before(blue, 100, RealNginx.freePort()))) {
            for (int i = 0; i < 50; i++) {
                OneShot.Reply seen = get("/" + i, HOST);
                assertThat(status(seen)).isEqualTo(200);
                assertThat(seen.body()).isEqualTo("blue");
            }
        }
    }

    @Test
    void a_dead_application_is_seen_to_be_dead() throws Exception {
        try (Backend blue = Backend.start("blue", asked -> 200);
                Backend door = Backend.start("seen by nobody", asked -> 204);
                RealNginx nginx = run(before(blue, 100, door.port()))) {
            blue.close();
            assertThat(status(get("/health", Map.of("User-Agent", "ELB-HealthChecker/2.0"))))
                    .isEqualTo(502);
        }
    }

    @Test
    void copies_go_to_a_door_that_proves_to_be_the_services_own_and_to_no_other() throws Exception {
        try (Backend blue = Backend.start("blue", asked -> 200);
                Doors doors = Doors.open(directory)) {
            Backend own = doors.of("shop.example.com");
            MirrorProxy plain = before(blue, 100, own.port());
            try (RealNginx nginx = run(trusting(plain, doors.certificate("shop.example.com")))) {
                assertThat(own.nextOf(() -> get("/private", HOST)).target()).isEqualTo("/private");
            }
            Backend other = doors.of("elsewhere.example.com");
            MirrorProxy strange = before(blue, 100, other.port());
            try (RealNginx nginx = run(trusting(strange, doors.certificate("elsewhere.example.com")))) {
                assertThat(status(get("/private", HOST))).isEqualTo(200);
                Map<String, String> known = Map.of("Host", "elsewhere.example.com");
                assertThat(other.nextOf(() -> get("/known", known)).target()).isEqualTo("/known");
                assertThat(status(get("/private", HOST))).isEqualTo(200);
                assertThat(other.nextOf(() -> get("/known", known)).target()).isEqualTo("/known");
            }
        }
    }

    private static MirrorProxy trusting(MirrorProxy proxy, Path authorities) {
        return new MirrorProxy(
                proxy.port(),
                proxy.application(),
                proxy.share(),
                proxy.methods(),
                proxy.door().replace("http:", "https:"),
                Optional.of(authorities.toString()),
                proxy.secret());
    }

    @Test
    void nginx_accepts_it_for_every_share() throws Exception {
        for (int share : List.of(1, 50, 99, 100)) {
            MirrorProxy proxy = new MirrorProxy(
                    8080, 8081, share, List.of("GET"), "https://name.elb.amazonaws.com", Optional.empty(), secret());
            assertThat(RealNginx.objections(directory, proxy.configuration())).isEmpty();
        }
    }

    @Test
    void what_cannot_be_is_refused() {
        for (int share : List.of(0, 101)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new MirrorProxy(
                            8080, 8081, share, List.of("GET"), "http://door", Optional.empty(), "secret"));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new MirrorProxy(8080, 8080, 10, List.of("GET"), "http://door", Optional.empty(), "secret"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new MirrorProxy(8080, 8081, 10, List.of(), "http://door", Optional.empty(), "secret"));
    }
}
