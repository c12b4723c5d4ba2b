package dev.greenlight.sandbox.codedeploy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bucket that revisions are kept in: every version of every key, with the ETag that S3 would give it.
 *
 * <p>All buckets are versioned. An object that expired is gone with all its versions, as under a lifecycle rule: what was installed from
 * it stays installed, and what has yet to be installed from it cannot be.
 */
public final class Revisions {

    private final Map<String, List<Stored>> versions = new TreeMap<>();

    /**
     * One version of one object.
     *
     * @param eTag the MD5 of the bytes in hexadecimal, without quotes, as CodeDeploy writes it
     */
    public record Stored(String bucket, String key, String version, String eTag, byte[] bytes) {

        /** Where it came from, for people. */
        @Override
        public String toString() {
            return "s3://" + bucket + "/" + key + " " + version;
        }
    }

    /** Stores the bytes as the newest version of the key. */
    public synchronized Stored put(String bucket, String key, byte[] bytes) {
        List<Stored> known = versions.computeIfAbsent(address(bucket, key), a -> new ArrayList<>());
        String seed = bucket + "/" + key + "#" + known.size();
        String version = md5(seed.getBytes(StandardCharsets.UTF_8));
        Stored stored = new Stored(bucket, key, version, md5(bytes), bytes.clone());
        known.add(stored);
        return stored;
    }

    /**
     * Finds one version of an object.
     *
     * @param version the version asked for, or null for the newest
     * @param eTag the ETag it must have, or null for any
     */
    public synchronized Optional<Stored> find(String bucket, String key, String version, String eTag) {
        List<Stored> known = versions.getOrDefault(address(bucket, key), List.of());
        Optional<Stored> chosen = version == null
                ? known.isEmpty() ? Optional.empty() : Optional.of(known.getLast())
                : known.stream().filter(s -> s.version().equals(version)).findFirst();
        return chosen.filter(s -> eTag == null || s.eTag().equals(eTag.replace("\"", "")));
    }

    /** Deletes every version of the object, as a lifecycle rule does. */
    public synchronized void expire(String bucket, String key) {
        versions.remove(address(bucket, key));
    }

    private static String address(String bucket, String key) {
        return bucket + "/" + key;
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
