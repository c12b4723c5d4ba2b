package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Code;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.fault.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** Plays lives of a service and tells what broke a rule. Safe for use by several threads; one run at a time. */
public final class Simulation {

    private final Service service;
    private final Function<Sandbox, Code> code;
    private final Systematic systematic;
    private volatile boolean stopped;

    public Simulation(Service service) {
        this(service, sandbox -> Code.DEPLOYED);
    }

    /** The same of a Greenlight that is not the deployed one; {@code code} is asked once for each life. */
    Simulation(Service service, Function<Sandbox, Code> code) {
        this.service = service;
        this.code = code;
        this.systematic = new Systematic(service, this::calls);
    }

    /** Whether there is a systematic life of that name. */
    public static boolean knows(Service service, String name) {
        return Systematic.named(service, name).isPresent();
    }

    /**
     * Plays what is planned, and returns when all of it was played, when somebody {@linkplain #stop stopped} it, or when the simulator itself
     * breaks off in a life.
     *
     * @throws IllegalArgumentException when the plan names a systematic life that there is none of
     */
    public Findings run(Plan plan, Progress progress) {
        long began = System.nanoTime();
        Tally tally = new Tally(progress);
        if (plan.only().isPresent()) {
            String name = plan.only().get();
            Life life = Systematic.named(service, name)
                    .orElseThrow(() -> new IllegalArgumentException("there is no life named " + name));
            play(Progress.Part.SINGLES, List.of(life), 1, tally);
        } else {
            random(plan, tally);
            try {
                systematic(plan, tally);
            } catch (RuntimeException | Error broken) {
                tally.breaks(new Breakdown("the systematic stories", "--rollouts 0 --systematic singles", broken));
            }
        }
        return tally.findings(Duration.ofNanos(System.nanoTime() - began), !over(tally));
    }

    private boolean over(Tally tally) {
        return stopped || tally.broke();
    }

    /** In the order of their seeds, and no life more than it takes: what a run plays is the same on any number of threads. */
    private void random(Plan plan, Tally tally) {
        tally.begins(Progress.Part.ROLLOUTS, plan.rollouts());
        AtomicLong begun = new AtomicLong();
        Iterator<Long> seeds = new Iterator<>() {
            private long next = plan.seed();

            @Override
            public boolean hasNext() {
                return begun.get() < plan.rollouts() && !over(tally);
            }

            @Override
            public Long next() {
                return next++;
            }
        };
        Function<Long, Optional<Judged>> play = seed -> {
            String replay = "--seed %d --rollouts 1".formatted(seed);
            Optional<Judged> judged = judged(() -> Draw.life(service, seed), "seed " + seed, seed, replay, tally);
            judged.ifPresent(life -> begun.addAndGet(life.played().rollouts()));
            return judged;
        };
        // A life that was begun before it was known that nobody needs it is left out.
        Crew.does(
                plan.threads(),
                seeds,
                play,
                judged -> judged.filter(life -> !tally.partIsDone()).ifPresent(tally::add));
    }

    private void systematic(Plan plan, Tally tally) {
        if (plan.systematic() == Plan.Systematic.NONE || over(tally)) {
            return;
        }
        play(Progress.Part.SINGLES, all(plan, List.of(Tale.values()), systematic::singles), plan.threads(), tally);
        if (plan.systematic() == Plan.Systematic.PAIRS && !over(tally)) {
            List<Life> crashes = systematic.crashes(Tale.GOOD);
            play(Progress.Part.PAIRS, all(plan, crashes, systematic::pairs), plan.threads(), tally);
        }
    }

    private static <T> List<Life> all(Plan plan, List<T> of, Function<T, List<Life>> lives) {
        List<Life> all = new ArrayList<>();
        Crew.does(plan.threads(), of.iterator(), lives, all::addAll);
        return all;
    }

    private void play(Progress.Part part, List<Life> lives, int threads, Tally tally) {
        tally.begins(part, lives.size());
        Iterator<Life> all = lives.iterator();
        Iterator<Life> wanted = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return all.hasNext() && !over(tally);
            }

            @Override
            public Life next() {
                return all.next();
            }
        };
        Crew.does(
                threads,
                wanted,
                life -> judged(() -> life, life.name(), 0, "--only " + life.name(), tally),
                judged -> judged.ifPresent(tally::add));
    }

    /** Lets a run end soon, with what it found so far; callable from any thread. */
    public void stop() {
        stopped = true;
    }

    /** @return what came of a life, as short as it can be told; empty where the simulator broke off in it */
    private Optional<Judged> judged(Supplier<Life> life, String name, long seed, String replay, Tally tally) {
        try {
            Played played = play(life.get());
            return Optional.of(
                    played.broken().isEmpty()
                            ? Judged.good(played, replay)
                            : Judged.bad(
                                    played, new Shrinking(this::play, () -> stopped, played).shrunk(), seed, replay));
        } catch (RuntimeException | Error broken) {
            tally.breaks(new Breakdown(name, replay, broken));
            return Optional.empty();
        }
    }

    Played play(Life life) {
        return Play.of(service.blueprint(), code, life, lasts(life));
    }

    List<Call> calls(Life life) {
        return Play.calls(service.blueprint(), code, life, lasts(life));
    }

    private Duration lasts(Life life) {
        Terms terms = service.terms(life.setting());
        return Service.watched(terms).plus(terms.pace().blueLifetime());
    }
}
