package dev.greenlight.sandbox.clock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/**
 * The one time of a sandbox; everything that happens by itself happens because a task on this clock is due.
 *
 * <p>A {@linkplain #ticked ticked} clock moves only by {@link #advance}: due tasks run on the caller's thread in the order of
 * their time, then of their insertion, and each sees the instant that it was due. A {@linkplain #wall wall} clock follows wall
 * time at a factor and runs due tasks one after another on one daemon thread; a task that fails there is kept in
 * {@link #failures} and does not stop the clock.
 */
public final class SandboxClock implements InstantSource, AutoCloseable {

    private static final int KEPT_FAILURES = 100;

    private final Object lock = new Object();
    private final PriorityQueue<Task> tasks = new PriorityQueue<>();
    private final Deque<Throwable> failures = new ArrayDeque<>();
    private final boolean ticked;
    private long inserted;
    private Instant now;
    private Pace pace;
    private boolean advancing;
    private boolean closed;

    private SandboxClock(Instant start, boolean ticked, double factor) {
        this.now = start;
        this.ticked = ticked;
        this.pace = new Pace(System.nanoTime(), start, factor);
    }

    /** Returns a clock that stands at {@code start} until somebody {@linkplain #advance advances} it. */
    public static SandboxClock ticked(Instant start) {
        return new SandboxClock(start, true, 1);
    }

    /** Returns a clock that starts at {@code start} now, and runs {@code factor} times as fast as the wall's. */
    public static SandboxClock wall(Instant start, double factor) {
        SandboxClock clock = new SandboxClock(start, false, factor);
        Thread thread = new Thread(clock::runUntilClosed, "sandbox-clock");
        thread.setDaemon(true);
        thread.start();
        return clock;
    }

    /** Whether it stands still until somebody advances it. */
    public boolean ticked() {
        return ticked;
    }

    @Override
    public Instant instant() {
        synchronized (lock) {
            return ticked ? now : pace.at(System.nanoTime());
        }
    }

    /** Runs the task at {@code when}, or as soon as possible when that is past; {@code what} names it in failures. */
    public Timer at(Instant when, String what, Runnable task) {
        return insert(() -> when, what, task, null);
    }

    /** Runs the task once, {@code d} from now. */
    public Timer after(Duration d, String what, Runnable task) {
        return insert(() -> instant().plus(d), what, task, null);
    }

    /**
     * Runs the task every {@code d}, first {@code d} from now. On a wall clock that cannot keep up, missed turns are left out
     * instead of being made up for.
     */
    public Timer every(Duration d, String what, Runnable task) {
        if (d.isZero() || d.isNegative()) {
            throw new IllegalArgumentException("period must be positive, was " + d + " for " + what);
        }
        return insert(() -> instant().plus(d), what, task, d);
    }

    /**
     * Does what takes real time, such as asking a socket: on a wall clock on a thread of its own, so that nothing that is due has
     * to wait for it; on a ticked clock at once, on the caller's thread.
     */
    public void aside(String what, Runnable work) {
        if (ticked) {
            work.run();
        } else {
            Thread.ofVirtual().name(what).start(() -> runKeepingFailure(what, work));
        }
    }

    /**
     * Moves a ticked clock on by {@code d} and runs what is due, including what these tasks schedule within {@code d}.
     *
     * @throws IllegalStateException on a wall clock, and when a task of this clock calls it
     */
    public void advance(Duration d) {
        Instant end;
        synchronized (lock) {
            require(ticked, "a wall clock advances by itself");
            require(!advancing, "advance inside advance: a task may schedule, not tick");
            advancing = true;
            end = now.plus(d);
        }
        try {
            for (Task task = nextUntil(end); task != null; task = nextUntil(end)) {
                task.run();
            }
            synchronized (lock) {
                now = end;
            }
        } finally {
            synchronized (lock) {
                advancing = false;
            }
        }
    }

    /**
     * Changes how fast a wall clock runs from now on.
     *
     * @throws IllegalStateException on a ticked clock
     */
    public void factor(double factor) {
        synchronized (lock) {
            require(!ticked, "a ticked clock has no factor");
            pace = pace.changed(factor, System.nanoTime());
            lock.notifyAll();
        }
    }

    /** What tasks threw on a wall clock, oldest first, each with the task's name; at most the last 100. */
    public List<Throwable> failures() {
        synchronized (lock) {
            return List.copyOf(failures);
        }
    }

    /** Stops the clock: no task starts any more. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            tasks.clear();
            lock.notifyAll();
        }
    }

    private Timer insert(Supplier<Instant> due, String what, Runnable action, Duration period) {
        synchronized (lock) {
            Task task = new Task(due.get(), inserted++, what, action, period);
            if (!closed) {
                tasks.add(task);
                lock.notifyAll();
            }
            return task;
        }
    }

    private Task nextUntil(Instant end) {
        synchronized (lock) {
            Task next = tasks.peek();
            if (next == null || next.due.isAfter(end)) {
                return null;
            }
            if (next.due.isAfter(now)) {
                now = next.due;
            }
            return taken(now);
        }
    }

    /** Takes the first task, and puts a repeated one back for its next turn. */
    private Task taken(Instant at) {
        Task task = tasks.remove();
        if (task.period != null) {
            task.due = task.turnAfter(at);
            task.sequence = inserted++;
            tasks.add(task);
        }
        return task;
    }

    private void runUntilClosed() {
        for (Task task = awaited(); task != null; task = awaited()) {
            runKeepingFailure(task.what, task::run);
        }
    }

    private void runKeepingFailure(String what, Runnable work) {
        try {
            work.run();
        } catch (Throwable failure) {
            keep(new IllegalStateException(what + " failed", failure));
        }
    }

    private void keep(Throwable failure) {
        synchronized (lock) {
            failures.addLast(failure);
            if (failures.size() > KEPT_FAILURES) {
                failures.removeFirst();
            }
        }
    }

    private Task awaited() {
        synchronized (lock) {
            while (!closed) {
                Task next = tasks.peek();
                long nanos = next == null ? Long.MAX_VALUE / 4 : pace.nanosUntil(next.due, System.nanoTime());
                if (nanos == 0) {
                    return taken(instant());
                }
                try {
                    lock.wait(nanos / 1_000_000, (int) (nanos % 1_000_000));
                } catch (InterruptedException e) {
                    closed = true;
                }
            }
            return null;
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalStateException(message);
        }
    }

    private final class Task implements Timer, Comparable<Task> {
        // Both change only while the task is out of the queue, under the lock.
        private Instant due;
        private long sequence;
        private final String what;
        private final Runnable action;
        private final Duration period;
        private boolean cancelled;

        Task(Instant due, long sequence, String what, Runnable action, Duration period) {
            this.due = due;
            this.sequence = sequence;
            this.what = what;
            this.action = action;
            this.period = period;
        }

        Instant turnAfter(Instant at) {
            long turns = at.isBefore(due) ? 1 : Duration.between(due, at).dividedBy(period) + 1;
            return due.plus(period.multipliedBy(turns));
        }

        @Override
        public int compareTo(Task other) {
            int byTime = due.compareTo(other.due);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }

        void run() {
            synchronized (lock) {
                if (cancelled) {
                    return;
                }
            }
            action.run();
        }

        @Override
        public void cancel() {
            synchronized (lock) {
                cancelled = true;
                tasks.remove(this);
            }
        }
    }
}
