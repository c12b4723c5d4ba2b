package dev.greenlight.adapter.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the one answer of a connection that is closed after it: the head, then a body by its length, in chunks, or until the
 * end. Both have a limit. Follows RFC 9112.
 */
final class ResponseReader {

    private static final int LONGEST_BODY = 64 * 1024;
    private static final int LONGEST_HEAD = 64 * 1024;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] (\\d{3})(?: .*)?");

    private final PreviewConnection connection;
    private final byte[] buffer = new byte[8 * 1024];
    private int next;
    private int end;
    private int inLines;

    ResponseReader(PreviewConnection connection) {
        this.connection = connection;
    }

    Response read() throws IOException {
        int status = status();
        Map<String, String> headers = headers();
        while (status < 200) { // 100 and 103 come before the answer itself
            status = status();
            headers = headers();
        }
        return new Response(status, Map.copyOf(headers), new String(body(status, headers), StandardCharsets.UTF_8));
    }

    private int status() throws IOException {
        Matcher line = STATUS_LINE.matcher(line());
        if (!line.matches()) {
            throw new IOException("the answer is no HTTP/1.1");
        }
        return Integer.parseInt(line.group(1));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return headers;
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (status == 204 || status == 304) {
            return body.toByteArray();
        }
        String coding = headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT);
        if (coding.contains("chunked")) {
            readChunks(body);
        } else if (headers.containsKey("content-length")) {
            copy(length(headers.get("content-length"), 10), body);
        } else {
            readToEnd(body);
        }
        return body.toByteArray();
    }

    private void readChunks(ByteArrayOutputStream body) throws IOException {
        while (body.size() < LONGEST_BODY) {
            long size = length(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                return;
            }
            copy(size, body);
            if (body.size() < LONGEST_BODY) {
                line();
            }
        }
    }

    private static long length(String text, int radix) throws IOException {
        try {
            long length = Long.parseLong(text, radix);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Told below, like a negative one.
        }
        throw new IOException("the answer's length cannot be read");
    }

    /** Copies so many bytes, or as many as are kept. */
    private void copy(long length, ByteArrayOutputStream body) throws IOException {
        long wanted = Math.min(length, LONGEST_BODY - body.size());
        while (wanted > 0) {
            if (next == end && !fill()) {
                throw new EOFException("the answer broke off");
            }
            int some = (int) Math.min(wanted, end - next);
            body.write(buffer, next, some);
            next += some;
            wanted -= some;
        }
    }

    private void readToEnd(ByteArrayOutputStream body) throws IOException {
        while (body.size() < LONGEST_BODY && (next < end || fill())) {
            copy(end - next, body);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            if (next == end && !fill()) {
                throw new EOFException("the connection was closed without a whole answer");
            }
            if (++inLines > LONGEST_HEAD) {
                throw new IOException("the answer's head is too long");
            }
            char c = (char) (buffer[next++] & 0xff);
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    private boolean fill() throws IOException {
        next = 0;
        end = Math.max(0, connection.receive(buffer));
        return end > 0;
    }
}
