package dev.greenlight.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.fleet.FleetName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load balancer's certificate is the service's, although its address is the load balancer's. */
class HttpsSmokeProbeTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    private static Path directory;

    private static SSLContext context;

    @BeforeAll
    static void makeCertificateForTheService() throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("service.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "service",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=checkout.example.com",
                        "-ext",
                        "san=dns:checkout.example.com",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).as("keytool's exit status").isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    }

    @Test
    void the_certificate_is_the_services_whatever_the_address() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(context.getServerSocketFactory(), OK)) {
            assertThat(ask(server, "checkout.example.com"))
                    .isInstanceOfSatisfying(
                            Probe.Answered.class,
                            answer -> assertThat(answer.body()).isEqualTo("ok"));
        }
    }

    @Test
    void another_services_certificate_is_refused_before_the_secret_is_sent() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(context.getServerSocketFactory(), OK)) {
            assertThat(ask(server, "orders.example.com")).isInstanceOf(Probe.NoAnswer.class);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_refused() throws IOException {
        try (OneAnswerServer server = OneAnswerServer.answering(context.getServerSocketFactory(), OK)) {
            HttpSmokeProbe trustsTheWorldsAuthorities =
                    new HttpSmokeProbe(server.url("https"), "checkout.example.com", "X-Preview", fleet -> "secret");
            assertThat(trustsTheWorldsAuthorities.ask(FleetName.A, health())).isInstanceOf(Probe.NoAnswer.class);
        }
    }

    private static Probe ask(OneAnswerServer server, String host) {
        return new HttpSmokeProbe(server.url("https"), host, "X-Preview", fleet -> "secret", context::getSocketFactory)
                .ask(FleetName.A, health());
    }

    private static SmokeTest health() {
        return new SmokeTest("/health", 200, Optional.empty(), Optional.empty(), Duration.ofSeconds(20), false);
    }
}
