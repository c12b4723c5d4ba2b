package dev.greenlight.usecase;

import dev.greenlight.port.Appointments;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Journal;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.TrafficRouter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The world as a function sees it to which something happens at one of its calls: it dies, or somebody else acts. */
final class EventfulPorts implements Ports {

    /** Whether the call itself has had its effect. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /**
     * What happens, once.
     *
     * @param call at which of all calls, counted from 1
     */
    record Event(int call, Moment moment, Runnable what) {

        /** Nothing ever happens. */
        static final Event NONE = new Event(Integer.MAX_VALUE, Moment.BEFORE, () -> {});

        /** The function dies. */
        static Event death(int call, Moment moment) {
            return new Event(call, moment, () -> {
                throw new Died("at call " + call);
            });
        }

        @Override
        public String toString() {
            return "%s call %d".formatted(moment, call);
        }
    }

    /** The process is gone: no code of its own may catch this. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died(String at) {
            super(at);
        }
    }

    private final Ports world;
    private final Event event;
    private final List<String> log = new ArrayList<>();

    EventfulPorts(Ports world, Event event) {
        this.world = world;
        this.event = event;
    }

    int calls() {
        return log.size();
    }

    List<String> log() {
        return List.copyOf(log);
    }

    /** The call at which it happened; empty while it has not. */
    Optional<String> happened() {
        return log.size() < event.call() ? Optional.empty() : Optional.of(log.get(event.call() - 1));
    }

    private synchronized boolean counts(String call) {
        log.add(call);
        return log.size() == event.call();
    }

    private <T> T eventful(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    String call = port.getSimpleName() + "." + method.getName();
                    boolean now = counts(call);
                    if (now && event.moment() == Moment.BEFORE) {
                        event.what().run();
                    }
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (now && event.moment() == Moment.AFTER) {
                            event.what().run();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public RolloutStore store() {
        return eventful(RolloutStore.class, world.store());
    }

    @Override
    public TrafficRouter router() {
        return eventful(TrafficRouter.class, world.router());
    }

    @Override
    public ShadowRule shadow() {
        return eventful(ShadowRule.class, world.shadow());
    }

    @Override
    public Fleets fleets() {
        return eventful(Fleets.class, world.fleets());
    }

    @Override
    public Installer installer() {
        return eventful(Installer.class, world.installer());
    }

    @Override
    public Metrics metrics() {
        return eventful(Metrics.class, world.metrics());
    }

    @Override
    public SmokeProbe probe() {
        return eventful(SmokeProbe.class, world.probe());
    }

    @Override
    public Appointments appointments() {
        return eventful(Appointments.class, world.appointments());
    }

    @Override
    public Journal journal() {
        return eventful(Journal.class, world.journal());
    }

    @Override
    public Within within() {
        return world.within();
    }
}
