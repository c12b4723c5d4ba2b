package dev.greenlight.cli.simulate;

import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment at which a process may die: before or after one of the functions' calls, counted from the life's beginning.
 *
 * <p>Not all moments are different. A read changes nothing, so a process that dies before one of its reads leaves the same world as one that
 * dies before the next: of the moments between two writes of an invocation one is enough. What differs is told by {@link #distinct}: before each
 * invocation's first call, and after each write. SystematicTest holds the premise against the engine.
 */
record Moment(int call, Fault.Moment when) {

    private static final Pattern NAME = Pattern.compile("(before|after)-([1-9]\\d{0,6})");

    /** Both sides of each call. */
    static List<Moment> every(List<Call> calls, int from) {
        List<Moment> moments = new ArrayList<>();
        for (int n = from; n <= calls.size(); n++) {
            moments.add(new Moment(n, Fault.Moment.BEFORE));
            moments.add(new Moment(n, Fault.Moment.AFTER));
        }
        return moments;
    }

    /** Those that leave different worlds. */
    static List<Moment> distinct(List<Call> calls, int from) {
        List<Moment> moments = new ArrayList<>();
        String invocation = "";
        for (int n = 1; n <= calls.size(); n++) {
            Call call = calls.get(n - 1);
            if (n >= from && !call.invocation().equals(invocation)) {
                moments.add(new Moment(n, Fault.Moment.BEFORE));
            }
            if (n >= from && RulesWatch.writes(call)) {
                moments.add(new Moment(n, Fault.Moment.AFTER));
            }
            invocation = call.invocation();
        }
        return moments;
    }

    static Optional<Moment> named(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new Moment(
                        Integer.parseInt(matcher.group(2)),
                        matcher.group(1).equals("before") ? Fault.Moment.BEFORE : Fault.Moment.AFTER))
                : Optional.empty();
    }

    Mishap crash() {
        return new Mishap.Crash(call, when);
    }

    @Override
    public String toString() {
        return (when == Fault.Moment.BEFORE ? "before-" : "after-") + call;
    }
}
