package dev.greenlight.counterpart;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says once, where whoever runs the tests reads it, what they were not run over, and what it would take: Maven shows no reasons. */
final class Absent {

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Absent() {}

    /** Says it unless the counterpart is there, and returns whether it is. */
    static boolean unless(boolean there, String line) {
        if (!there) {
            say(line);
        }
        return there;
    }

    static void say(String line) {
        if (SAID.add(line)) {
            System.out.println("[skipped] " + line);
        }
    }
}
