package dev.greenlight.cli.demo;

import dev.greenlight.cli.installed.Journaled;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.Action;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes, on the wall clock, what the hooks decide, what they write to the production rule, and how often they call AWS. */
final class Watch {

    /** Noisy in a story: a release waits often, and waits of the same kind are told once. */
    private static final String HOLD = "hold";

    private final Theatre theatre;
    private final Stagehand stage;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final List<WeightsWritten> writes = new CopyOnWriteArrayList<>();
    private final List<Instant> calls = new CopyOnWriteArrayList<>();

    private record Heard(String rollout, Told told) {}

    Watch(Theatre theatre, Stagehand stage) {
        this.theatre = theatre;
        this.stage = stage;
        theatre.service().journal().listen(this::decided);
        theatre.sandbox().calls().listen(this::called);
    }

    List<Told> toldSince(Instant from) {
        return heard.stream()
                .map(Heard::told)
                .filter(t -> !t.at().isBefore(from))
                .toList();
    }

    /** What was decided of one rollout: the one before it is settled while it begins. */
    List<Told> toldOf(String rollout) {
        return heard.stream()
                .filter(h -> h.rollout().equals(rollout))
                .map(Heard::told)
                .toList();
    }

    List<WeightsWritten> writesSince(Instant from) {
        return writes.stream().filter(w -> !w.at().isBefore(from)).toList();
    }

    int callsSince(Instant from) {
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
            stage.told(now);
        }
    }

    private void called(Call call) {
        if (call.invocation().isEmpty()) {
            return;
        }
        Instant now = theatre.wall().instant();
        calls.add(now);
        if (call.ok() && call.action().equals("elasticloadbalancing:ModifyRule")) {
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
