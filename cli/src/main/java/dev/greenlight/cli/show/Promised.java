package dev.greenlight.cli.show;

import java.util.List;

/** The rules of docs/rules.md, each short and as it is seen by somebody who runs a service. */
final class Promised {

    private static final List<String> RULES = List.of(
            "users' requests went only to what could answer them",
            "the old fleet stayed whole for as long as it could be needed",
            "taking a release back was one write, and never made things worse",
            "each rollout came to its end, promoted or rolled back, whatever died on the way",
            "one rollout at a time wrote, and nothing that was out of date",
            "each job of the pipeline was answered",
            "sizes and processes were given back as they were found, once nothing needed them otherwise",
            "what was taken back for what it did did not come again by itself",
            "no credential was logged, stored or sent on",
            "weights that a person wrote by hand were overwritten only to take a release back",
            "nothing was without bound: calls, retries, waits, instances");

    private Promised() {}

    /** How many rules there are. */
    static int rules() {
        return RULES.size();
    }

    /** What the rule promises. @param rule 1 to 11 */
    static String words(int rule) {
        return RULES.get(rule - 1);
    }
}
