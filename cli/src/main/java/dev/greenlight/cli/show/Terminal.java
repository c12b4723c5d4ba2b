package dev.greenlight.cli.show;

import java.util.Map;
import java.util.Properties;

/**
 * What a stream leads to.
 *
 * @param live whether a person looks at it, so that lines can be redrawn in place
 * @param colour whether to use any
 * @param columns how many characters fit into a line
 */
public record Terminal(boolean live, boolean colour, int columns) {

    /** The name of standard output. */
    public static final String STDOUT = "stdout";

    /** The name of standard error. */
    public static final String STDERR = "stderr";

    private static final int NARROWEST = 40;
    private static final int USUAL = 100;

    public Terminal {
        columns = columns < NARROWEST ? USUAL : columns;
    }

    /**
     * What this process's {@code stream} leads to.
     *
     * <p>The launcher says so in {@code greenlight.terminal.*}: Java 21 cannot tell for one stream alone, and later versions answer
     * otherwise. Without the launcher it is no terminal. {@code NO_COLOR} takes the colour, {@code CI} and a dumb terminal the redrawing.
     *
     * @param stream {@link #STDOUT} or {@link #STDERR}
     */
    public static Terminal of(String stream) {
        return of(stream, System.getenv(), System.getProperties());
    }

    static Terminal of(String stream, Map<String, String> environment, Properties properties) {
        boolean terminal = Boolean.parseBoolean(properties.getProperty("greenlight.terminal." + stream));
        boolean live = terminal
                && environment.getOrDefault("CI", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean colour = live && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(live, colour, columns(properties.getProperty("greenlight.terminal.columns", "")));
    }

    private static int columns(String told) {
        return told.matches("[0-9]{1,4}") ? Integer.parseInt(told) : USUAL;
    }
}
