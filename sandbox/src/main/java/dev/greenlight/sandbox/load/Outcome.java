package dev.greenlight.sandbox.load;

/** How a request ended, as the one who sent it saw it. */
public sealed interface Outcome {

    /** Whether a user would call it failed: no whole answer, or a status that is neither 2xx nor 3xx. */
    boolean failed();

    /** A whole answer arrived. */
    record Answered(int status) implements Outcome {
        public Answered {
            if (status < 100 || status > 599) {
                throw new IllegalArgumentException("no HTTP status: " + status);
            }
        }

        @Override
        public boolean failed() {
            return status < 200 || status > 399;
        }
    }

    /** No whole answer arrived. */
    record Lost(Reason reason) implements Outcome {
        @Override
        public boolean failed() {
            return true;
        }
    }

    /** Why no whole answer arrived. */
    enum Reason {
        /** The connection was refused, or could not be made. */
        REFUSED,
        /** The connection ended before the answer did. */
        BROKEN,
        /** The time limit passed first. */
        TIMED_OUT
    }
}
