package dev.greenlight.cli.demo;

import java.util.Locale;

/** How a release of the demo ended. */
public enum Outcome {
    PROMOTED,
    REJECTED,
    ROLLED_BACK;

    /** The word in reports: {@code promoted}, {@code rejected} or {@code rolled-back}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
