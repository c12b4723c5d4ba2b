package dev.greenlight.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of IP addresses as a listener rule takes it ("Source IP address conditions"). */
final class Cidr {

    /** Literal addresses only: no name is looked up. */
    private static final Pattern BLOCK =
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

    private static final String REFUSED = "255.255.255.255/32";

    private Cidr() {}

    /** The text, if it is one. A block of all addresses is none: it would leave nobody on blue. */
    static Optional<String> read(String text) {
        Matcher block = BLOCK.matcher(text);
        if (!block.matches() || text.equals(REFUSED)) {
            return Optional.empty();
        }
        try {
            int most = InetAddress.getByName(block.group(1)).getAddress().length * Byte.SIZE;
            int bits = Integer.parseInt(block.group(2));
            return bits >= 1 && bits <= most ? Optional.of(text) : Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
