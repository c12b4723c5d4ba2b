package dev.greenlight.counterpart;

/** An account of one's own. */
final class LiveAccount {

    static final String READ_ONLY =
            "it writes: -Dgreenlight.aws.write=true, on an installation that is there for tests only";

    private LiveAccount() {}

    static boolean mayWrite() {
        return Boolean.getBoolean("greenlight.aws.write");
    }
}
