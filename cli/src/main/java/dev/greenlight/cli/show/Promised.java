package dev.greenlight.cli.show;

import java.util.List;

/** The rules of docs/rules.md, in the words of somebody who runs a service. */
final class Promised {

    private static final List<String> RULES = List.of(
            "users' requests went to a fleet that could not answer them",
            "the old fleet was shrunk, stopped or reused while it could still be needed",
            "taking a release back took more than one write, or made things worse",
            "a rollout stayed half done: neither promoted nor rolled back",
            "two rollouts wrote at once, or something out of date wrote at all",
            "a pipeline waited for an answer that never came",
            "a fleet kept a size or a stopped process that only the rollout had wanted",
            "a version that was taken back for what it did came again by itself",
            "a credential was logged, stored or sent on",
            "weights that a person had changed by hand were written over to go on",
            "something ran without bound: calls, retries, instances, or cost that nobody ended");

    private Promised() {}

    /** How many rules there are. */
    static int rules() {
        return RULES.size();
    }

    /** What the rule says must never happen. @param rule 1 to 11 */
    static String never(int rule) {
        return RULES.get(rule - 1);
    }
}
