package dev.greenlight.cli.compare;

/** A release did not end as it should: there is no row for its strategy, and the others are measured all the same. */
final class Astray extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message which strategy, which release, and how it ended */
    Astray(String message) {
        super(message);
    }
}
