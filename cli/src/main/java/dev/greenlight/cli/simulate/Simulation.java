package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Code;
import dev.greenlight.sandbox.Sandbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** Plays lives of a service and tells what broke a rule. Safe for use by several threads; one run at a time. */
public final class Simulation {

    private final Service service;
    private final Function<Sandbox, Code> code;
    private volatile boolean stopped;

    public Simulation(Service service) {
        this(service, sandbox -> Code.DEPLOYED);
    }

    /** The same of a Greenlight that is not the deployed one; {@code code} is asked once for each life. */
    Simulation(Service service, Function<Sandbox, Code> code) {
        this.service = service;
        this.code = code;
    }

    /**
     * Plays what is planned, and returns when all of it was played or somebody {@linkplain #stop stopped} it.
     *
     * @throws IllegalArgumentException when the plan names a systematic life that there is none of
     */
    public Findings run(Plan plan, Progress progress) {
        long began = System.nanoTime();
        Tally tally = new Tally(plan.lives(), progress);
        AtomicLong next = new AtomicLong();
        inParallel(plan.threads(), () -> {
            for (long k = next.getAndIncrement(); k < plan.lives() && !stopped; k = next.getAndIncrement()) {
                long seed = plan.seed() + k;
                tally.add(judged(Draw.life(service, seed), seed, "--seed %d --rollouts 1".formatted(seed)));
            }
        });
        return tally.findings(Duration.ofNanos(System.nanoTime() - began), !stopped);
    }

    /** Lets a run end soon, with what it found so far; callable from any thread. */
    public void stop() {
        stopped = true;
    }

    private Judged judged(Life life, long seed, String replay) {
        Played played = play(life);
        return played.broken().isEmpty()
                ? Judged.good(played, replay)
                : Judged.bad(played, new Shrinking(this::play, () -> stopped, played).shrunk(), seed, replay);
    }

    Played play(Life life) {
        Duration lasts = service.term(life.setting(), "GREENLIGHT_BAKE")
                .plus(service.term(life.setting(), "GREENLIGHT_BLUE_LIFETIME"));
        return Play.of(service.blueprint(), code, life, lasts);
    }

    private static void inParallel(int threads, Runnable work) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(work));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the simulator broke off", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
