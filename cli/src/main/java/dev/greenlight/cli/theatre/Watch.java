package dev.greenlight.cli.theatre;

import dev.greenlight.cli.installed.Journaled;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.Action;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notes, on the wall clock, what the hooks decide, what they write to the production rule, and how often they call AWS. */
public final class Watch {

    /** Noisy in a story: a release waits often, and waits of the same kind are told once. */
    private static final String HOLD = "hold";

    private final Theatre theatre;
    private final Consumer<Told> listener;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<WeightsWritten> writes = new CopyOnWriteArrayList<>();
    private final List<Instant> calls = new CopyOnWriteArrayList<>();

    private record Heard(String rollout, Told told) {}

    /** @param listener told of each decision, but for a wait that was told before */
    public Watch(Theatre theatre, Consumer<Told> listener) {
        this.theatre = theatre;
        this.listener = listener;
        theatre.service().journal().listen(this::decided);
        theatre.sandbox().calls().listen(this::called);
    }

    public List<Told> toldSince(Instant from) {
        return heard.stream()
                .map(Heard::told)
                .filter(t -> !t.at().isBefore(from))
                .toList();
    }

    /** What was decided of one rollout: the one before it is settled while it begins. */
    public List<Told> toldOf(String rollout) {
        return heard.stream()
                .filter(h -> h.rollout().equals(rollout))
                .map(Heard::told)
                .toList();
    }

    public List<WeightsWritten> writesSince(Instant from) {
        return writes.stream().filter(w -> !w.at().isBefore(from)).toList();
    }

    public int callsSince(Instant from) {
        return Math.toIntExact(calls.stream().filter(at -> !at.isBefore(from)).count());
    }

    private void decided(Journaled entry) {
        Told now = new Told(theatre.wall().instant(), entry.at(), entry.decision(), entry.reason(), entry.routing());
        boolean repeated = entry.decision().equals(HOLD)
                && !heard.isEmpty()
                && heard.getLast().told().decision().equals(HOLD)
                && heard.getLast().told().reason().equals(entry.reason());
        if (!repeated) {
            heard.add(new Heard(entry.rollout(), now));
            listener.accept(now);
        }
    }

    private void called(Call call) {
        if (call.invocation().isEmpty()) {
            return;
        }
        Instant now = theatre.wall().instant();
        calls.add(now);
        if (call.ok()
                && call.action().equals("elasticloadbalancing:ModifyRule")
                && call.resource().equals(theatre.sandbox().site().productionRule())) {
            Action action = theatre.sandbox().world().rules().stream()
                    .filter(rule -> rule.arn().equals(theatre.sandbox().site().productionRule()))
                    .findFirst()
                    .orElseThrow()
                    .action();
            if (action instanceof Action.Forward forward) {
                writes.add(new WeightsWritten(
                        now,
                        weight(forward, theatre.sandbox().site().a().targetGroupArn()),
                        weight(forward, theatre.sandbox().site().b().targetGroupArn())));
            }
        }
    }

    private static int weight(Action.Forward forward, String group) {
        return forward.weights().getOrDefault(group, 0);
    }
}
