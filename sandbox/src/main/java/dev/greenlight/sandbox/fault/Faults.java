package dev.greenlight.sandbox.fault;

import dev.greenlight.sandbox.fault.Fault.Moment;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * What stands between a function and the simulated services: records every call, and makes some of them go wrong. Only the
 * documented throttling of Elastic Load Balancing is on by itself. Safe for use by several threads.
 *
 * <p>A thread belongs to the invocation that it started, or that the thread which started it belongs to; calls outside of any
 * invocation share one that has no label.
 */
public final class Faults implements Staleness {

    private final InstantSource clock;
    private final CallLog log = new CallLog();
    private final Throttle throttle;
    private final List<Armed> armed = new ArrayList<>();
    private final List<Armed> deaths = new ArrayList<>();
    private final Map<String, Duration> stale = new ConcurrentHashMap<>();
    private final Invocation none = new Invocation("", "", null);
    private final InheritableThreadLocal<Invocation> current = new InheritableThreadLocal<>();
    private volatile Gate gate = Gate.OPEN;
    private long sequence;

    public Faults(InstantSource clock) {
        this.clock = clock;
        this.throttle = Throttle.documented(clock.instant());
    }

    /** Every call that the wrapped clients made. */
    public CallLog calls() {
        return log;
    }

    /** Wraps a client, so that each of its calls is recorded and may fail. */
    public <T> T wrap(Class<T> type, T client) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ClientProxy(this, type, client)));
    }

    /** From now on the calls of functions go through this gate; calls outside of functions are everybody's. */
    public void guardedBy(Gate guard) {
        gate = guard;
    }

    /** Names the invocation that the current thread, and the threads it starts, run from now on. */
    public void invocationStarted(String label) {
        invocationStarted(label, "");
    }

    /** The same for an invocation of a function, under whose name its calls go through the gate. */
    public void invocationStarted(String label, String function) {
        current.set(new Invocation(label, function, current.get()));
    }

    /** Ends the current thread's invocation: after a crash, calls work again. */
    public void invocationEnded() {
        Invocation ended = invocation();
        if (ended.outer() == null) {
            current.remove();
        } else {
            current.set(ended.outer());
        }
        none.recovers();
    }

    /** Whether the current thread's invocation has died, whatever its code makes of it. */
    public boolean invocationCrashed() {
        return invocation().crashed();
    }

    /** The label of the current thread's invocation; empty outside of one. */
    public String invocationLabel() {
        return invocation().label();
    }

    /** Lets the next {@code times} calls that match go wrong; cancelling it early is allowed. */
    public synchronized Armed failing(Predicate<Call> calls, int times, Fault fault) {
        Armed fresh = new Armed(calls, times, fault);
        armed.add(fresh);
        return fresh;
    }

    /** Lets all calls that match go wrong until it is cancelled. */
    public Armed failing(Predicate<Call> calls, Fault fault) {
        return failing(calls, Integer.MAX_VALUE, fault);
    }

    /** Lets every process that makes a call that matches die before the service sees it, until it is cancelled. */
    public Armed dying(Predicate<Call> calls) {
        return dying(calls, Integer.MAX_VALUE, Moment.BEFORE);
    }

    /** Lets the processes that make the next {@code times} calls that match die before the service sees them, or after it did them. */
    public synchronized Armed dying(Predicate<Call> calls, int times, Moment moment) {
        Armed fresh = new Armed(calls, times, moment == Moment.BEFORE ? Fault.noConnection() : Fault.lostAnswer());
        deaths.add(fresh);
        return fresh;
    }

    /** Adds a bucket of {@code capacity} tokens, refilled at {@code perSecond}, for the calls that match. */
    public synchronized void throttling(Predicate<Call> calls, int capacity, double perSecond) {
        throttle.add(calls, new TokenBucket(capacity, perSecond, clock.instant()));
    }

    /** Takes all buckets away, the documented ones too. */
    public synchronized void noThrottling() {
        throttle.clear();
    }

    /** Lets DescribeRules or DescribeTargetHealth answer with the state of {@code age} ago; zero for the truth. */
    public void staleReads(String operation, Duration age) {
        stale.put(operation, age);
    }

    @Override
    public Duration age(String operation) {
        return stale.getOrDefault(operation, Duration.ZERO);
    }

    /** Lets the process that makes the n-th call from now on die before the service sees it; 1 is the next call. */
    public synchronized void crashAtCall(long n) {
        long at = sequence + n;
        dying(call -> call.sequence() == at, 1, Moment.BEFORE);
    }

    /** Lets the process that makes the n-th call from now on die after the service did it; 1 is the next call. */
    public synchronized void crashAfterCall(long n) {
        long at = sequence + n;
        dying(call -> call.sequence() == at, 1, Moment.AFTER);
    }

    /** What the gate refuses the call with; a process that has died asks for nothing. */
    Optional<AwsServiceException> refusal(Class<?> client, SdkRequest request) {
        Invocation invocation = invocation();
        return invocation.function().isEmpty() || invocation.crashed()
                ? Optional.empty()
                : gate.refusal(invocation.function(), client, request);
    }

    /** Admits a call: numbers it, or throws what it fails with before it reaches the service. */
    Admitted admit(Class<?> client, String service, String operation, String resource) {
        Invocation invocation = invocation();
        if (invocation.crashed()) {
            throw new SandboxCrash("before this");
        }
        final Call call;
        Optional<Moment> death;
        boolean admitted;
        Optional<Fault> fault;
        synchronized (this) {
            sequence++;
            call = new Call(sequence, clock.instant(), invocation.label(), service, operation, resource, Call.OK);
            death = drawn(deaths, call).map(Fault::moment);
            admitted = throttle.admits(call);
            fault = drawn(armed, call);
        }
        log.begins(call);
        Admitted result = new Admitted(this, client, call, invocation, death.isPresent(), fault);
        if (death.equals(Optional.of(Moment.BEFORE))) {
            throw result.crash("before");
        }
        if (!admitted) {
            throw result.failed(ServiceErrors.throttling(service), 400, "Rate exceeded");
        }
        result.fail(Moment.BEFORE);
        return result;
    }

    private static Optional<Fault> drawn(List<Armed> waiting, Call call) {
        for (Armed candidate : waiting) {
            if (candidate.takes(call)) {
                return Optional.of(candidate.fault);
            }
        }
        return Optional.empty();
    }

    private Invocation invocation() {
        Invocation invocation = current.get();
        return invocation == null ? none : invocation;
    }

    /** A fault that waits for its calls. */
    public static final class Armed {
        private final Predicate<Call> calls;
        private final Fault fault;
        private int left;

        private Armed(Predicate<Call> calls, int times, Fault fault) {
            this.calls = calls;
            this.left = times;
            this.fault = fault;
        }

        /** Disarms it. */
        public synchronized void cancel() {
            left = 0;
        }

        private synchronized boolean takes(Call call) {
            if (left > 0 && calls.test(call)) {
                left--;
                return true;
            }
            return false;
        }
    }

    /** A call that is on its way. */
    record Admitted(
            Faults faults, Class<?> client, Call call, Invocation invocation, boolean crashes, Optional<Fault> fault) {

        /** Ends a call that the service answered: with what it fails with after all, or well. */
        void answered() {
            if (crashes) {
                throw crash("after");
            }
            fail(Moment.AFTER);
            faults.log.add(call);
        }

        /** Ends a call that the service refused. */
        void refused(String code) {
            if (crashes) {
                throw crash("after");
            }
            faults.log.add(call.ended(code));
        }

        private void fail(Moment moment) {
            Optional<Fault> due = fault.filter(candidate -> candidate.moment() == moment);
            if (due.isPresent()) {
                Fault fails = due.get();
                throw fails.code().isPresent()
                        ? failed(fails.code().get(), fails.status(), fails.message())
                        : broken(fails.message());
            }
        }

        private RuntimeException failed(String code, int status, String message) {
            faults.log.add(call.ended(code));
            return ServiceErrors.of(client, code, status, message);
        }

        private RuntimeException broken(String message) {
            faults.log.add(call.ended("SdkClientException"));
            return SdkClientException.create(message);
        }

        private SandboxCrash crash(String moment) {
            invocation.crashes();
            faults.log.add(call.ended(Call.CRASHED));
            return new SandboxCrash(moment + " " + call.action());
        }
    }
}
