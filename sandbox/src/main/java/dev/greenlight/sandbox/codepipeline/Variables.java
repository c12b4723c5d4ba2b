package dev.greenlight.sandbox.codepipeline;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values in the place of {@code #{namespace.name}} (page "Variables reference"). */
final class Variables {

    private static final Pattern REFERENCE = Pattern.compile("#\\{([^}]*)}");

    private Variables() {}

    /**
     * Resolves every reference in the text.
     *
     * @throws Unresolved when nothing that ran before has such a variable
     */
    static String resolve(String text, Map<String, String> known) throws Unresolved {
        Matcher reference = REFERENCE.matcher(text);
        StringBuilder resolved = new StringBuilder();
        while (reference.find()) {
            String value = known.get(reference.group(1));
            if (value == null) {
                throw new Unresolved(reference.group());
            }
            reference.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return reference.appendTail(resolved).toString();
    }

    /** Thrown for a reference to nothing. */
    static final class Unresolved extends Exception {
        Unresolved(String reference) {
            super("The action configuration refers to the variable " + reference
                    + ", which no earlier action has set.");
        }
    }
}
