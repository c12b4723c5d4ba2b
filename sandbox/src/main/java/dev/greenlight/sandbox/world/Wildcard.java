package dev.greenlight.sandbox.world;

/**
 * Text with {@code *} for any run of characters and {@code ?} for any one, as policies ("IAM JSON policy elements: Resource") and
 * listener rules ("Condition types for listener rules") have it.
 */
public final class Wildcard {

    private Wildcard() {}

    /** Whether the whole text is what the pattern says; case counts. */
    public static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
