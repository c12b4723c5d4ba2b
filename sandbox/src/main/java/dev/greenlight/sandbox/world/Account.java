package dev.greenlight.sandbox.world;

import java.util.Objects;

/** An AWS account in a region: the start of every ARN of a world. */
public record Account(String region, String id) {

    public Account {
        Objects.requireNonNull(region, "region");
        if (!id.matches("\\d{12}")) {
            throw new IllegalArgumentException("an account id has 12 digits, was " + id);
        }
    }

    /** The account of a world that was not told another: 123456789012 in ap-northeast-2. */
    public static Account example() {
        return new Account("ap-northeast-2", "123456789012");
    }

    /** Returns {@code arn:aws:service:region:account:resource}. */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + id + ":" + resource;
    }
}
