package dev.greenlight.cli.doctor;

import java.util.Optional;

/**
 * What IAM's simulation says of one action on one resource.
 *
 * @param resource as the statement names it, not as it was asked about
 * @param why it is not allowed; empty if it is
 * @param detail the policy that decided it; may be empty
 */
record Verdict(String action, String resource, Optional<Why> why, String detail) {

    boolean allowed() {
        return why.isEmpty();
    }

    /** Who says no; each asks for another remedy. */
    enum Why {
        NOT_ALLOWED("no statement of its role allows it"),
        DENIED("a statement of its role denies it"),
        DENIED_BY_MANAGED("a policy that is attached to its role denies it"),
        BOUNDARY("its role's permissions boundary does not allow it"),
        DENIED_BY_BOUNDARY("its role's permissions boundary denies it"),
        DENIED_BY_ORGANIZATION("a policy of the organization denies it"),
        UNTOLD("no policy of the organization is seen to allow it");

        private final String words;

        Why(String words) {
            this.words = words;
        }

        String because(String detail) {
            return detail.isEmpty() ? words : words + " (" + detail + ")";
        }
    }
}
