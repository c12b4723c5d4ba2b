package dev.greenlight.sandbox.codedeploy;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;

/** Scripts without processes: each succeeds at once, except those that a rule gives another end. */
public final class ModelledScripts implements ScriptRunner {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();

    private record Rule(Predicate<Call> when, Function<Call, Result> then) {}

    /** Gives the scripts that match another end; the newest rule that matches decides. */
    public ModelledScripts when(Predicate<Call> when, Function<Call, Result> then) {
        rules.addFirst(new Rule(when, then));
        return this;
    }

    /** Makes the scripts of one event of one revision exit with 1, on every instance. */
    public ModelledScripts failing(String revision, String event) {
        return when(
                call -> call.revision().equals(revision) && call.event().equals(event),
                call -> Result.failed(
                        call.location(), 1, "LifecycleEvent - " + event + "\n[stderr]modelled failure\n"));
    }

    /** Makes the scripts of one event of one revision run until their time is up, on every instance. */
    public ModelledScripts hanging(String revision, String event) {
        return when(
                call -> call.revision().equals(revision) && call.event().equals(event),
                call -> Result.timedOut(call.location(), call.timeout(), "", call.timeout()));
    }

    @Override
    public boolean needsDisk() {
        return false;
    }

    @Override
    public Result run(Call call) {
        return rules.stream()
                .filter(rule -> rule.when().test(call))
                .findFirst()
                .map(rule -> rule.then().apply(call))
                .orElseGet(Result::succeeded);
    }
}
