package dev.greenlight.sandbox.codepipeline;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.eventbridge.Event;
import dev.greenlight.sandbox.world.Account;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What CodePipeline tells EventBridge (page "Monitoring CodePipeline events"). */
final class PipelineEvents {

    private final SandboxClock clock;
    private final Account account;
    private final String pipeline;
    private final Consumer<Event> bus;

    PipelineEvents(SandboxClock clock, Account account, String pipeline, Consumer<Event> bus) {
        this.clock = clock;
        this.account = account;
        this.pipeline = pipeline;
        this.bus = bus;
    }

    /** STARTED, SUCCEEDED, FAILED, STOPPED, RESUMED or CANCELED. */
    void stage(Execution execution, String stage, String state) {
        put("CodePipeline Stage Execution State Change", execution, Map.of("stage", stage, "state", state));
    }

    /** STARTED, SUCCEEDED, FAILED, STOPPED, SUPERSEDED or RESUMED. */
    void pipeline(Execution execution, String state) {
        put("CodePipeline Pipeline Execution State Change", execution, Map.of("state", state));
    }

    private void put(String detailType, Execution execution, Map<String, Object> what) {
        Map<String, Object> detail = new HashMap<>(what);
        detail.put("pipeline", pipeline);
        detail.put("version", 1);
        detail.put("execution-id", execution.id);
        detail.put("start-time", execution.started.toString());
        bus.accept(new Event(
                "aws.codepipeline",
                detailType,
                clock.instant(),
                List.of(account.arn("codepipeline", pipeline)),
                detail));
    }
}
