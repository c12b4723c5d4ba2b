package dev.greenlight.adapter.lambda;

import dev.greenlight.config.ConfigurationFault;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.Appointments;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.HookExecutions;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Journal;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.PipelineJobs;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.TrafficRouter;
import dev.greenlight.usecase.Ports;
import dev.greenlight.usecase.Within;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A function whose settings are broken and to which AWS says nothing; it remembers what it was told and what it answered. */
final class FakeHooks implements Hooks, Ports {

    static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    Instant now = NOW;
    final Map<String, Answer> jobs = new LinkedHashMap<>();
    final Map<String, Boolean> completed = new LinkedHashMap<>();
    final Map<String, Instant> comingBack = new LinkedHashMap<>();
    final List<String> complaints = new ArrayList<>();

    @Override
    public InstantSource clock() {
        return InstantSource.fixed(now);
    }

    @Override
    public Terms terms() {
        throw new ConfigurationFault(List.of("GREENLIGHT_SERVICE is missing", "GREENLIGHT_STRATEGY is 'big-bang'"));
    }

    @Override
    public Ports ports() {
        return this;
    }

    @Override
    public PipelineJobs pipelineJobs() {
        return jobs::put;
    }

    @Override
    public HookExecutions hookExecutions() {
        return (execution, succeeded) -> completed.put(execution.executionId(), succeeded);
    }

    @Override
    public void complain(String message) {
        complaints.add(message);
    }

    @Override
    public Appointments appointments() {
        return new Appointments() {
            @Override
            public void retireBlue(RolloutId rollout, Instant at) {
                throw silent();
            }

            @Override
            public void cancel(RolloutId rollout) {
                throw silent();
            }

            @Override
            public void comeBack(Trigger.HookExecution execution, Instant at) {
                comingBack.put(execution.executionId(), at);
            }
        };
    }

    private static CallFailed silent() {
        return new CallFailed(CallFailed.Kind.UNAVAILABLE, "aws:Anything", "no answer", null);
    }

    @Override
    public RolloutStore store() {
        throw silent();
    }

    @Override
    public ShadowRule shadow() {
        throw silent();
    }

    @Override
    public TrafficRouter router() {
        throw silent();
    }

    @Override
    public Fleets fleets() {
        throw silent();
    }

    @Override
    public Installer installer() {
        throw silent();
    }

    @Override
    public Metrics metrics() {
        throw silent();
    }

    @Override
    public SmokeProbe probe() {
        throw silent();
    }

    @Override
    public Journal journal() {
        return entry -> complaints.add(entry.toString());
    }

    @Override
    public Within within() {
        return Within.ownThreads();
    }
}
