package dev.greenlight.sandbox.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends one GET over one connection, once.
 *
 * <p>Both HTTP clients of the JDK repeat a GET without a word when the connection breaks, which hides exactly what a
 * cutover must be measured by. Here there is one connect and one write, and nothing that could do it again.
 */
public final class OneShot {

    /**
     * What came back.
     *
     * @param outcome status, or why there is none
     * @param headers by name in lower case; empty without an answer
     * @param body as it was framed, one character for each byte
     */
    public record Reply(Outcome outcome, Map<String, String> headers, String body) {
        /** The value of a response header, by its name in lower case. */
        public Optional<String> header(String lowerCaseName) {
            return Optional.ofNullable(headers.get(lowerCaseName));
        }
    }

    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])( .*)?");
    private static final int LARGEST_ANSWER = 1 << 20;
    private static final int CONNECT_TIMEOUT_MILLIS = 2000;

    private OneShot() {}

    /**
     * Asks 127.0.0.1 once and blocks until the answer is whole, the connection ends, or the time is over.
     *
     * @param headers sent as they are; {@code Host} is added if it is not among them
     * @param timeout from now to the end of the answer, in wall time
     */
    public static Reply get(int port, String path, Map<String, String> headers, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Math.min(CONNECT_TIMEOUT_MILLIS, millisUntil(deadline)));
            socket.getOutputStream().write(request(port, path, headers));
            return reply(readAll(socket, deadline));
        } catch (SocketTimeoutException e) {
            return lost(Outcome.Reason.TIMED_OUT);
        } catch (ConnectException e) {
            return lost(Outcome.Reason.REFUSED);
        } catch (IOException e) {
            return lost(Outcome.Reason.BROKEN);
        }
    }

    private static byte[] request(int port, String path, Map<String, String> headers) {
        StringBuilder text = new StringBuilder("GET ").append(path).append(" HTTP/1.1\r\nConnection: close\r\n");
        if (headers.keySet().stream().noneMatch("host"::equalsIgnoreCase)) {
            text.append("Host: 127.0.0.1:").append(port).append("\r\n");
        }
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("\r\n").toString().getBytes(ISO_8859_1);
    }

    private static String readAll(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream all = new ByteArrayOutputStream(512);
        byte[] buffer = new byte[4096];
        while (all.size() < LARGEST_ANSWER) {
            socket.setSoTimeout(millisUntil(deadline));
            int read = in.read(buffer);
            if (read < 0) {
                return all.toString(ISO_8859_1);
            }
            all.write(buffer, 0, read);
        }
        throw new IOException("an answer of more than " + LARGEST_ANSWER + " bytes");
    }

    private static int millisUntil(long deadline) throws SocketTimeoutException {
        long millis = (deadline - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("the time for this answer is over");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    private static Reply reply(String text) {
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return lost(Outcome.Reason.BROKEN);
        }
        String[] lines = text.substring(0, end).split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.merge(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip(),
                        (first, second) -> first + ", " + second);
            }
        }
        String body = text.substring(end + 4);
        Matcher status = STATUS_LINE.matcher(lines[0]);
        if (!status.matches() || !isWhole(headers, body)) {
            return lost(Outcome.Reason.BROKEN);
        }
        return new Reply(new Outcome.Answered(Integer.parseInt(status.group(1))), headers, body);
    }

    /** A server that dies in mid-answer closes the connection too: only the framing tells the two apart. */
    private static boolean isWhole(Map<String, String> headers, String body) {
        String length = headers.get("content-length");
        if (length != null) {
            return length.equals(String.valueOf(body.length()));
        }
        return !"chunked".equalsIgnoreCase(headers.get("transfer-encoding")) || body.endsWith("0\r\n\r\n");
    }

    private static Reply lost(Outcome.Reason reason) {
        return new Reply(new Outcome.Lost(reason), Map.of(), "");
    }
}
