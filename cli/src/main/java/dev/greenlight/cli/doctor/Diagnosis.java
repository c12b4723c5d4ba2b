package dev.greenlight.cli.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that one look found.
 *
 * @param account twelve digits
 * @param caller the ARN of who asked
 * @param asked the IAM actions that the look needed
 */
public record Diagnosis(
        String stack, String account, String region, String caller, List<Finding> findings, Set<String> asked) {

    /** All that is asked for is there. */
    public static final int WELL = 0;

    /** Something is missing. */
    public static final int MISSING = 1;

    /** Nothing is known to be missing, and not everything could be looked at. */
    public static final int UNSEEN = 2;

    public Diagnosis {
        findings = List.copyOf(findings);
        asked = Set.copyOf(asked);
    }

    /** How the command ends: {@link #WELL}, {@link #MISSING} or {@link #UNSEEN}. */
    public int status() {
        if (count(Finding.Missing.class) > 0) {
            return MISSING;
        }
        return count(Finding.Unseen.class) > 0 ? UNSEEN : WELL;
    }

    /** How many findings are of that kind. */
    public long count(Class<? extends Finding> kind) {
        return findings.stream().filter(kind::isInstance).count();
    }

    /** The IAM actions that the one who asked was refused. */
    public List<String> lacking() {
        return findings.stream()
                .filter(Finding.Unseen.class::isInstance)
                .map(Finding.Unseen.class::cast)
                .filter(Finding.Unseen::refused)
                .map(Finding.Unseen::permission)
                .distinct()
                .sorted()
                .toList();
    }

    /** The findings by what they are about, in the order in which it was looked at. */
    public Map<Place, List<Finding>> places() {
        return findings.stream()
                .collect(Collectors.groupingBy(Finding::place, LinkedHashMap::new, Collectors.toList()));
    }
}
