package dev.greenlight.service;

import java.util.List;

/** The file cannot be used. Its message lists everything that is wrong with it, one line each. */
public final class ConfigFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    ConfigFault(String file, List<String> faults) {
        super("%s: %s%n%s".formatted(file, counted(faults.size()), String.join(System.lineSeparator(), faults)));
        this.faults = List.copyOf(faults);
    }

    private static String counted(int number) {
        return number == 1 ? "one thing is wrong" : number + " things are wrong";
    }

    /** Each as {@code file:line:column: key: what is wrong}. */
    public List<String> faults() {
        return faults;
    }
}
