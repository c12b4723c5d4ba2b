package dev.greenlight.cli.simulate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Plays lives of a service and tells what broke a rule. */
public final class Simulation {

    private final Service service;
    private final AtomicBoolean stopped = new AtomicBoolean();

    public Simulation(Service service) {
        this.service = service;
    }

    /**
     * Plays what is planned, and returns when all of it was played or somebody {@linkplain #stop stopped} it.
     *
     * @throws IllegalArgumentException when the plan names a systematic life that there is none of
     */
    public Findings run(Plan plan, Progress progress) {
        long began = System.nanoTime();
        progress.at(0, plan.lives(), 0);
        return new Findings(
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                List.of(),
                Worst.NOTHING,
                Duration.ofNanos(System.nanoTime() - began),
                !stopped.get());
    }

    /** Lets a run end soon, with what it found so far; callable from any thread. */
    public void stop() {
        stopped.set(true);
    }
}
