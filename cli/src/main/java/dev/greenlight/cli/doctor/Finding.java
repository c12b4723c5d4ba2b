package dev.greenlight.cli.doctor;

/** One thing that the doctor has to say. */
public sealed interface Finding {

    Place place();

    /** What was found, in one sentence. */
    String text();

    /** It is as the stack made it. */
    record Well(Place place, String text) implements Finding {}

    /**
     * A release, a rollback, a retirement or a stack update fails by it, or users do not reach what they should.
     *
     * @param breaks what does not work while it is so
     */
    record Missing(Place place, String text, String breaks, Remedy remedy) implements Finding {}

    /** It is not as the stack made it, and no release is known to fail by it: somebody should know. */
    record Odd(Place place, String text, Remedy remedy) implements Finding {}

    /**
     * The doctor could not look.
     *
     * @param permission the IAM action that asked
     * @param refused whether the one who asks lacks it
     */
    record Unseen(Place place, String text, String permission, boolean refused, Remedy remedy) implements Finding {}
}
