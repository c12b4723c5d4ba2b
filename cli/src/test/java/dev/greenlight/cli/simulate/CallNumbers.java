package dev.greenlight.cli.simulate;

import dev.greenlight.sandbox.fault.Call;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which number a call has among those of a life, from 1 on: where a mishap is to come. */
final class CallNumbers {

    private CallNumbers() {}

    /** The number of the first such call. */
    static int first(List<Call> calls, Predicate<Call> such) {
        return IntStream.rangeClosed(1, calls.size())
                .filter(n -> such.test(calls.get(n - 1)))
                .findFirst()
                .orElseThrow();
    }

    /** The number of the last such call. */
    static int last(List<Call> calls, Predicate<Call> such) {
        return IntStream.rangeClosed(1, calls.size())
                .filter(n -> such.test(calls.get(n - 1)))
                .max()
                .orElseThrow();
    }
}
