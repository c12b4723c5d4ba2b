package dev.greenlight.sandbox.world;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A block of IP addresses in CIDR notation ("Source IP address conditions", user guide). */
record AddressBlock(byte[] first, int bits) {

    /** Only literal addresses: no name is ever looked up. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    static AddressBlock of(String cidr) {
        int slash = cidr.indexOf('/');
        if (slash < 0 || !cidr.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException("no CIDR block: " + cidr);
        }
        byte[] address = address(cidr.substring(0, slash));
        int bits = Integer.parseInt(cidr.substring(slash + 1));
        if (bits > address.length * Byte.SIZE) {
            throw new IllegalArgumentException("no CIDR block: " + cidr);
        }
        return new AddressBlock(address, bits);
    }

    private static byte[] address(String literal) {
        if (!LITERAL.matcher(literal).matches()) {
            throw new IllegalArgumentException("no IP address: " + literal);
        }
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("no IP address: " + literal, e);
        }
    }

    /** Whether the address lies in it; one of the other family does not. */
    boolean has(String literal) {
        byte[] address = address(literal);
        if (address.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
            if (((address[bit / Byte.SIZE] ^ first[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
