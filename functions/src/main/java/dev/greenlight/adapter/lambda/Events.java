package dev.greenlight.adapter.lambda;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads every event that a hook is called with; narrow, bounded, and blind to what it need not know. */
final class Events {

    /** The largest event that is read, in bytes. */
    static final int LARGEST = 256 * 1024;

    private Events() {}

    static Parsed read(byte[] event, Instant now) {
        return new Parsed.Faulty(Optional.empty(), List.of("not read yet"));
    }
}
