package dev.greenlight.adapter.http;

import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.port.SmokeProbe;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sends smoke tests through the preview rules, with a plain socket: the JDK's HTTP clients repeat a GET silently when a
 * connection breaks, and a smoke test must see what a user would see.
 *
 * <p>One request on one connection, no redirect is followed, the answer is waited for no longer than the test's patience.
 */
public final class HttpSmokeProbe implements SmokeProbe {

    private final URI url;
    private final String host;
    private final String header;
    private final Function<FleetName, String> secret;
    private final Supplier<SSLSocketFactory> tls;

    /**
     * @param url the load balancer's scheme, host and port
     * @param host the service's real host name: sent in the request, and demanded of the certificate
     * @param header the secret header that the preview rules ask for
     * @param secret its value for each fleet
     */
    public HttpSmokeProbe(URI url, String host, String header, Function<FleetName, String> secret) {
        this(url, host, header, secret, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    HttpSmokeProbe(
            URI url, String host, String header, Function<FleetName, String> secret, Supplier<SSLSocketFactory> tls) {
        this.url = url;
        this.host = host;
        this.header = header;
        this.secret = secret;
        this.tls = tls;
    }

    @Override
    public Probe ask(FleetName fleet, SmokeTest test) {
        long began = System.nanoTime();
        long deadline = began + test.patience().toNanos();
        try (PreviewConnection connection = PreviewConnection.open(url, host, tls, deadline)) {
            connection.send(request(fleet, test));
            Response response = new ResponseReader(connection).read();
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            return new Probe.Answered(response.status(), response.headers(), response.body(), took);
        } catch (SocketTimeoutException e) {
            return new Probe.NoAnswer(
                    "no answer within %d ms".formatted(test.patience().toMillis()));
        } catch (IOException e) {
            return new Probe.NoAnswer(String.valueOf(e.getMessage()));
        }
    }

    private byte[] request(FleetName fleet, SmokeTest test) {
        String head = "GET %s HTTP/1.1\r\nHost: %s\r\n%s: %s\r\nUser-Agent: greenlight\r\nConnection: close\r\n\r\n"
                .formatted(test.path(), host, header, secret.apply(fleet));
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }
}
