package dev.greenlight.cli.show;

import java.util.Locale;

/** Words and numbers as they may stand in a page. */
final class Html {

    private Html() {}

    /** The words as text or as a quoted attribute: whatever they hold, no markup comes of it. */
    static String escaped(String words) {
        StringBuilder escaped = new StringBuilder(words.length());
        words.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(printable(c) ? c : '\ufffd');
            }
        });
        return escaped.toString();
    }

    /** A coordinate: two decimals, with a point whatever the locale. */
    static String number(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** What XML 1.0 allows as well, so that the page is well formed for every reader. */
    private static boolean printable(int c) {
        return c == '\t' || c == '\n' || (c >= 0x20 && c < 0xd800) || (c > 0xdfff && c < 0xfffe) || c > 0xffff;
    }
}
