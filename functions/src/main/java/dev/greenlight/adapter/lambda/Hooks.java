package dev.greenlight.adapter.lambda;

import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.HookExecutions;
import dev.greenlight.port.PipelineJobs;
import dev.greenlight.usecase.Ports;
import java.time.InstantSource;

/**
 * What a handler is given: the use cases' world, and the places where its callers are answered. Settings are read when they
 * are first needed, so that a job can be answered although they are broken.
 */
public interface Hooks {

    InstantSource clock();

    /** @throws dev.greenlight.config.ConfigurationFault listing everything that is wrong with the settings */
    Terms terms();

    Ports ports();

    PipelineJobs pipelineJobs();

    HookExecutions hookExecutions();

    /** Tells the operators' log what no journal entry says: a call that failed, and why. Never an event. */
    void complain(String message);
}
