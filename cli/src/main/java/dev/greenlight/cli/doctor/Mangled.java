package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Texts of a deployed template, whose letters beyond ASCII come back as question marks: CloudFormation keeps them, and GetTemplate does
 * not tell them (aws-cloudformation/cloudformation-coverage-roadmap#814 and #1220, open in 2026).
 */
final class Mangled {

    private static final Pattern MARKS = Pattern.compile("\\?+");

    private Mangled() {}

    /** Whether the live text is the one of the template, or could be what its question marks stand for. */
    static boolean same(String wanted, String live) {
        if (live == null || wanted.equals(live)) {
            return wanted.equals(live);
        }
        if (!hides(wanted)) {
            return false;
        }
        StringBuilder form = new StringBuilder();
        Matcher marks = MARKS.matcher(wanted);
        int from = 0;
        while (marks.find()) {
            form.append(Pattern.quote(wanted.substring(from, marks.start()))).append("[?\\P{ASCII}]+");
            from = marks.end();
        }
        return Pattern.matches(
                form.append(Pattern.quote(wanted.substring(from))).toString(), live);
    }

    /** The same for JSON, text by text. */
    static boolean same(JsonNode wanted, JsonNode live) {
        if (wanted.isTextual() && live.isTextual()) {
            return same(wanted.asText(), live.asText());
        }
        if (!wanted.isContainerNode() || wanted.getNodeType() != live.getNodeType() || wanted.size() != live.size()) {
            return wanted.equals(live);
        }
        if (wanted.isObject()) {
            return wanted.properties().stream().allMatch(e -> same(e.getValue(), live.path(e.getKey())));
        }
        return IntStream.range(0, wanted.size()).allMatch(i -> same(wanted.path(i), live.path(i)));
    }

    private static boolean hides(String wanted) {
        return wanted.indexOf('?') >= 0;
    }
}
