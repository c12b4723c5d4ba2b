package dev.greenlight.config;

import java.util.List;

/** The settings cannot be used. Its message lists everything that is wrong with them, not only the first thing. */
public final class ConfigurationFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param faults one sentence each, naming the variable */
    public ConfigurationFault(List<String> faults) {
        super("%s wrong: %s".formatted(counted(faults.size()), String.join("; ", faults)));
    }

    private static String counted(int faults) {
        return faults == 1 ? "1 setting is" : faults + " settings are";
    }
}
