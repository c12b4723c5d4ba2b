package dev.greenlight.adapter.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One connection to the load balancer, given up at a deadline whatever the other side does. */
final class PreviewConnection implements AutoCloseable {

    private final Supplier<SSLSocketFactory> tls;
    private final long deadline;
    private Socket socket = new Socket();

    private PreviewConnection(Supplier<SSLSocketFactory> tls, long deadline) {
        this.tls = tls;
        this.deadline = deadline;
    }

    /**
     * Connects; with {@code https} the certificate must be the service's.
     *
     * @param host the service's real host name, which is not the load balancer's
     * @param tls asked only for {@code https}
     * @param deadline in nanoseconds of {@link System#nanoTime()}
     */
    static PreviewConnection open(URI url, String host, Supplier<SSLSocketFactory> tls, long deadline)
            throws IOException {
        PreviewConnection connection = new PreviewConnection(tls, deadline);
        try {
            connection.connect(url, host);
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    private void connect(URI url, String host) throws IOException {
        boolean secure = "https".equals(url.getScheme());
        int port = url.getPort() >= 0 ? url.getPort() : secure ? 443 : 80;
        InetSocketAddress address = new InetSocketAddress(url.getHost(), port);
        if (address.isUnresolved()) {
            throw new UnknownHostException("there is no host " + url.getHost());
        }
        socket.connect(address, millisLeft());
        if (secure) {
            secure(host, port);
        }
    }

    private void secure(String host, int port) throws IOException {
        socket.setSoTimeout(millisLeft());
        SSLSocket secured = (SSLSocket) tls.get().createSocket(socket, host, port, true);
        socket = secured;
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
    }

    void send(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
    }

    /** The next bytes, at most as many as fit; -1 at the end. */
    int receive(byte[] buffer) throws IOException {
        socket.setSoTimeout(millisLeft());
        return socket.getInputStream().read(buffer);
    }

    private int millisLeft() throws SocketTimeoutException {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("time is up");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
