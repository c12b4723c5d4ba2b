package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.InstalledService;
import dev.greenlight.config.Environment;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.Site;
import dev.greenlight.sandbox.fault.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds every write that Greenlight makes against docs/rules.md, on what is true and not on what the API showed: it compares the
 * world right after each write with the world right before it. Writes that no function makes are the world's: they break no rule,
 * but what they did is remembered.
 */
public final class RulesWatch {

    /** More AWS calls than any hook needs: a call that makes more is in a loop. */
    public static final int CALLS = 150;

    private static final List<String> READS = List.of("Describe", "Get", "List", "Batch", "Scan", "Query");

    private final Sandbox sandbox;
    private final Rulings rulings = new Rulings();
    private final StepRulings steps;
    private final TrafficRulings traffic;
    private final Window window = new Window(rulings);
    private final FleetRulings fleets;
    private final RecreateRulings inTurn = new RecreateRulings(rulings);
    private final RecordRulings records;
    private final Map<String, Integer> calls = new HashMap<>();
    private int mostCalls;
    private final Map<Long, Sight> before = new HashMap<>();
    private final Records stored;
    private Sight last;
    private Sight ours;
    private Optional<RolloutId> handWroteIn = Optional.empty();
    private Optional<Instant> handWroteAt = Optional.empty();

    private RulesWatch(InstalledService service, RolloutStore store) {
        this.sandbox = service.sandbox();
        this.steps = new StepRulings(
                rulings, Environment.read(service.settings()).terms().strategy().steps());
        this.traffic = new TrafficRulings(rulings, steps);
        this.stored = Records.of(service, store);
        this.fleets = new FleetRulings(rulings, drain(sandbox), this::requests);
        this.last = look();
        this.ours = last;
        this.records = new RecordRulings(rulings, store, last, cooldown(service));
    }

    /**
     * Watches from now on.
     *
     * @param store the service's, past all faults
     */
    public static RulesWatch over(InstalledService service, RolloutStore store) {
        RulesWatch watch = new RulesWatch(service, store);
        service.sandbox().calls().announce(watch::begins);
        service.sandbox().calls().listen(watch::ended);
        service.sandbox().lambda().onInvocation(run -> watch.over(run.label()));
        return watch;
    }

    private double requests(FleetName fleet, Instant from, Instant to) {
        Site.Fleet side =
                fleet == FleetName.A ? sandbox.site().a() : sandbox.site().b();
        return sandbox.world().requests(side.targetGroupArn(), from, to);
    }

    private static Duration cooldown(InstalledService service) {
        return Duration.parse(service.settings().getOrDefault("GREENLIGHT_COOLDOWN", "PT0S"));
    }

    private static Duration drain(Sandbox sandbox) {
        String a = sandbox.site().a().targetGroupArn();
        return sandbox.world().targetGroups().stream()
                .filter(group -> group.arn().equals(a))
                .findFirst()
                .orElseThrow()
                .deregistrationDelay();
    }

    /** What was asked so far, and what did not hold. */
    public Rulings rulings() {
        return rulings;
    }

    private synchronized void begins(Call call) {
        if (writes(call)) {
            before.put(call.sequence(), look());
        }
    }

    private synchronized void ended(Call call) {
        boolean byFunction = !call.invocation().isEmpty();
        if (byFunction) {
            bounded(call);
            fleets.called(call, last);
            window.called(call);
        }
        Sight found = before.remove(call.sequence());
        if (found == null) {
            return;
        }
        Written write = new Written(call, found, look());
        if (byFunction) {
            if (!window.isOpenFor(write)) {
                traffic.judge(write, foreign(write), unseen(write));
            }
            window.wrote(write);
            fleets.judge(write, unseen(write));
            inTurn.judge(write);
            // Only Greenlight writes the store: what changed there since the last look is its doing.
            records.judge(new Written(call, last, write.now()), unseen(write));
        }
        fleets.moved(write.before(), write.now(), call.invocation());
        if (write.moved()) {
            handWroteAt =
                    byFunction ? Optional.empty() : Optional.of(write.now().at());
            handWroteIn = byFunction ? Optional.empty() : write.now().ledger().latest();
            ours = byFunction ? write.now() : ours;
        }
        last = write.now();
    }

    /** An event that comes twice is another invocation under the same name. */
    private synchronized void over(String invocation) {
        mostCalls = mostCalls();
        calls.remove(invocation);
        fleets.over(invocation);
        window.over(invocation);
    }

    /** A hand's edit in the middle of the same rollout; one that was given back, or that was found at its beginning, is none. */
    private boolean foreign(Written write) {
        return handWroteIn.isPresent()
                && handWroteIn.equals(write.now().ledger().latest())
                && Written.moved(ours, write.before())
                && !looksUnwritten(write.before());
    }

    /** A hand put back what the rule showed before a write that nobody has read back yet: that looks like one which came to nothing. */
    private static boolean looksUnwritten(Sight found) {
        return found.latest()
                .filter(rollout -> rollout.blue().isPresent())
                .filter(rollout -> rollout.upcoming().isPresent() && found.shows(rollout.expected()))
                .isPresent();
    }

    /** A hand wrote so lately that a rule which shows itself as it was some seconds ago did not show it. */
    private boolean unseen(Written write) {
        Instant shown = write.now().at().minus(sandbox.faults().age("DescribeRules"));
        return handWroteAt.filter(shown::isBefore).isPresent();
    }

    /** A person asks to let a rollout go on, or to promote it. */
    synchronized void goAhead(Instant now) {
        steps.goAhead(now);
    }

    /** @param delay for how long mishaps may hold up a call in all */
    synchronized void lookInTurn(Sight now, Duration delay) {
        inTurn.look(now, delay);
    }

    /** The most calls that one invocation made so far. */
    synchronized int mostCalls() {
        return calls.values().stream().reduce(mostCalls, Math::max);
    }

    private Sight look() {
        return Sight.of(sandbox, stored.now());
    }

    static boolean writes(Call call) {
        for (String read : READS) {
            if (call.operation().startsWith(read)) {
                return false;
            }
        }
        return true;
    }

    /** Rule 11. */
    private void bounded(Call call) {
        int made = calls.merge(call.invocation(), 1, Integer::sum);
        rulings.holds(11, made != CALLS, call, () -> "one call made %d calls to AWS".formatted(CALLS));
    }
}
