package dev.greenlight.cli.show;

/** Colours words for a terminal, or leaves them as they are. */
public record Paint(boolean colour) {

    private static final String ESCAPES = "\u001b\\[[0-9;]*m";

    public String bold(String words) {
        return styled("1", words);
    }

    /** Something that a person should look at, though nothing fails by it. */
    public String warn(String words) {
        return styled("33", words);
    }

    public String dim(String words) {
        return styled("2", words);
    }

    public String good(String words) {
        return styled("32", words);
    }

    public String bad(String words) {
        return styled("1;31", words);
    }

    /** In the colour of a fleet's role; a role without one stays as it is. */
    String role(String role, String words) {
        return switch (role) {
            case "green" -> styled("32", words);
            case "blue" -> styled("34", words);
            case "warm" -> styled("36", words);
            default -> dim(words);
        };
    }

    /** In the colour of what a decision does to users. */
    String decision(String decision, String words) {
        return switch (decision) {
            case "shift", "promote" -> styled("1;32", words);
            case "roll back", "reject", "refuse" -> styled("1;33", words);
            case "hold" -> dim(words);
            default -> bold(words);
        };
    }

    /** As many of the characters as fit into {@code columns}, whatever colours they have. */
    static String cut(String line, int columns) {
        if (line.replaceAll(ESCAPES, "").length() <= columns) {
            return line;
        }
        StringBuilder cut = new StringBuilder();
        int seen = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\u001b') {
                int end = line.indexOf('m', i);
                cut.append(line, i, end + 1);
                i = end;
            } else if (seen < columns - 1) {
                cut.append(c);
                seen++;
            }
        }
        return cut.append('…').toString();
    }

    private String styled(String code, String words) {
        return colour && !words.isEmpty() ? "\u001b[" + code + "m" + words + "\u001b[0m" : words;
    }
}
