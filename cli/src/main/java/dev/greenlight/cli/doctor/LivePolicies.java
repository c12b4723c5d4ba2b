package dev.greenlight.cli.doctor;

import java.util.List;
import java.util.Map;

/**
 * What is written into a live role.
 *
 * @param inline the statements of its own policies, by the policies' names
 * @param managed the ARNs of policies that are attached to it
 * @param whole whether all of it could be read
 */
record LivePolicies(Map<String, List<Statement>> inline, List<String> managed, boolean whole) {

    LivePolicies {
        inline = Map.copyOf(inline);
        managed = List.copyOf(managed);
    }

    /** Whether one of its own statements allows all of it, as it was written for the stack. */
    boolean hold(Statement statement) {
        return inline.values().stream()
                .flatMap(List::stream)
                .anyMatch(other -> other.allows() && statement.within(other));
    }
}
