package dev.greenlight.sandbox.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** The execution environments of one function: warm handlers that wait, and new ones when none does. */
final class Environments {

    private final Function function;
    private final Supplier<? extends RequestStreamHandler> cold;
    private final Deque<RequestStreamHandler> warm = new ArrayDeque<>();

    Environments(Function function, Supplier<? extends RequestStreamHandler> cold) {
        this.function = function;
        this.cold = cold;
    }

    /** The same handlers under another configuration. */
    Environments with(Function other) {
        return new Environments(other, cold);
    }

    Function function() {
        return function;
    }

    RequestStreamHandler take() {
        synchronized (warm) {
            if (!warm.isEmpty()) {
                return warm.pop();
            }
        }
        return cold.get();
    }

    /** Keeps a handler for the next invocation; whoever failed is not given back. */
    void giveBack(RequestStreamHandler handler) {
        synchronized (warm) {
            warm.push(handler);
        }
    }
}
