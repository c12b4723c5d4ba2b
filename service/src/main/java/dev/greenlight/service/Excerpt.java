package dev.greenlight.service;

/** What a fault shows of the file: one line, short, and nothing that a terminal would obey. */
final class Excerpt {

    private static final int VALUE = 60;
    private static final int SENTENCE = 200;
    private static final int REPLACEMENT = 0xFFFD;

    private Excerpt() {}

    /** Of a key or a value. */
    static String of(String text) {
        return cut(text, VALUE);
    }

    /** Of what the parser says, in which there may be words of the file. */
    static String sentence(String text) {
        return cut(text, SENTENCE);
    }

    private static String cut(String text, int most) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(most).map(Excerpt::harmless).forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > most ? shown.append('…').toString() : shown.toString();
    }

    private static int harmless(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> REPLACEMENT;
            default -> character;
        };
    }
}
