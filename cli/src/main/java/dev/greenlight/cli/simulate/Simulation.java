package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Code;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.fault.Call;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

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

    /**
     * Plays what is planned, and returns when all of it was played or somebody {@linkplain #stop stopped} it.
     *
     * @throws IllegalArgumentException when the plan names a systematic life that there is none of
     */
    public Findings run(Plan plan, Progress progress) {
        long began = System.nanoTime();
        Tally tally = new Tally(progress);
        if (plan.only().isPresent()) {
            String name = plan.only().get();
            Life life = systematic
                    .named(name)
                    .orElseThrow(() -> new IllegalArgumentException("there is no life named " + name));
            tally.expects(1);
            tally.add(judged(life, 0, "--only " + name));
        } else {
            try (Crew crew = new Crew(plan.threads(), () -> stopped)) {
                random(plan, crew, tally);
                systematic(plan.systematic(), crew, tally);
            }
        }
        return tally.findings(Duration.ofNanos(System.nanoTime() - began), !stopped);
    }

    private void random(Plan plan, Crew crew, Tally tally) {
        tally.expects(plan.lives());
        for (long seed = plan.seed(); seed < plan.seed() + plan.lives(); seed++) {
            long s = seed;
            crew.does(() -> tally.add(judged(Draw.life(service, s), s, "--seed %d --rollouts 1".formatted(s))));
        }
    }

    private void systematic(Plan.Systematic how, Crew crew, Tally tally) {
        if (how == Plan.Systematic.NONE) {
            return;
        }
        for (Tale tale : Tale.values()) {
            play(systematic.singles(tale), crew, tally);
        }
        if (how == Plan.Systematic.PAIRS) {
            for (Life crashed : systematic.crashes(Tale.GOOD)) {
                crew.does(() -> play(systematic.pairs(crashed), crew, tally));
            }
        }
    }

    private void play(List<Life> lives, Crew crew, Tally tally) {
        tally.expects(lives.size());
        lives.forEach(life -> crew.does(() -> tally.add(judged(life, 0, "--only " + life.name()))));
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
        return Play.of(service.blueprint(), code, life, lasts(life));
    }

    List<Call> calls(Life life) {
        return Play.calls(service.blueprint(), code, life, lasts(life));
    }

    private Duration lasts(Life life) {
        return service.term(life.setting(), "GREENLIGHT_BAKE")
                .plus(service.term(life.setting(), "GREENLIGHT_BLUE_LIFETIME"));
    }
}
