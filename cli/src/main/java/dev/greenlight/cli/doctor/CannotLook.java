package dev.greenlight.cli.doctor;

/** There is nothing to look at, or no way to look: its message says what is needed, for people. */
public final class CannotLook extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotLook(String message) {
        super(message);
    }

    CannotLook(String message, Throwable cause) {
        super(message, cause);
    }
}
