package dev.greenlight.sandbox.lambda;

import dev.greenlight.sandbox.clock.SandboxClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** Which threads run a function's code, and which time its time limit is counted in. */
public interface Threads extends Executor {

    /** The time that functions' limits are counted in. */
    InstantSource stopwatch();

    /**
     * Runs the work to its end or to the limit.
     *
     * @return whether it ended by itself
     */
    boolean runWithin(Duration limit, Runnable work);

    /** Everything on the thread that asks, for ticked clocks: no time passes while a function runs, so none runs out of it. */
    static Threads callers(SandboxClock clock) {
        return new Threads() {
            @Override
            public void execute(Runnable work) {
                work.run();
            }

            @Override
            public InstantSource stopwatch() {
                return clock;
            }

            @Override
            public boolean runWithin(Duration limit, Runnable work) {
                work.run();
                return true;
            }
        };
    }

    /** A virtual thread each, on wall time, for clocks that follow the wall's; who overstays is interrupted. */
    static Threads own() {
        return new Threads() {
            @Override
            public void execute(Runnable work) {
                Thread.ofVirtual().name("sandbox-work").start(work);
            }

            @Override
            public InstantSource stopwatch() {
                return InstantSource.system();
            }

            @Override
            public boolean runWithin(Duration limit, Runnable work) {
                Thread thread = Thread.ofVirtual().name("sandbox-function").start(work);
                try {
                    if (thread.join(limit)) {
                        return true;
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                thread.interrupt();
                return false;
            }
        };
    }
}
