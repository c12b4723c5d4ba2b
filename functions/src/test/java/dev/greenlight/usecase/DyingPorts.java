package dev.greenlight.usecase;

import dev.greenlight.port.Appointments;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Journal;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.TrafficRouter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The world as a function sees it that dies at one of its calls, before it arrives or before its answer does. */
final class DyingPorts implements Ports {

    /** Whether the call that kills has an effect. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** @param call which of all calls is the last, counted from 1 */
    record Death(int call, Moment moment) {}

    /** The process is gone: no code of its own may catch this. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died(String at) {
            super(at);
        }
    }

    private final Ports world;
    private final Death death;
    private final List<String> log = new ArrayList<>();

    DyingPorts(Ports world, Death death) {
        this.world = world;
        this.death = death;
    }

    int calls() {
        return log.size();
    }

    List<String> log() {
        return List.copyOf(log);
    }

    /** The call at which it died. */
    Optional<String> died() {
        return log.size() < death.call() ? Optional.empty() : Optional.of(log.get(death.call() - 1));
    }

    private synchronized boolean counts(String call) {
        log.add(call);
        return log.size() == death.call();
    }

    private <T> T mortal(Class<T> port, T real) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    String call = port.getSimpleName() + "." + method.getName();
                    boolean last = counts(call);
                    if (last && death.moment() == Moment.BEFORE) {
                        throw new Died(call);
                    }
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (last) {
                            throw new Died(call);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    @Override
    public RolloutStore store() {
        return mortal(RolloutStore.class, world.store());
    }

    @Override
    public TrafficRouter router() {
        return mortal(TrafficRouter.class, world.router());
    }

    @Override
    public Fleets fleets() {
        return mortal(Fleets.class, world.fleets());
    }

    @Override
    public Installer installer() {
        return mortal(Installer.class, world.installer());
    }

    @Override
    public Metrics metrics() {
        return mortal(Metrics.class, world.metrics());
    }

    @Override
    public SmokeProbe probe() {
        return mortal(SmokeProbe.class, world.probe());
    }

    @Override
    public Appointments appointments() {
        return mortal(Appointments.class, world.appointments());
    }

    @Override
    public Journal journal() {
        return mortal(Journal.class, world.journal());
    }
}
