package dev.greenlight.cli.simulate;

import dev.greenlight.Wiring;
import dev.greenlight.adapter.lambda.Hooks;
import dev.greenlight.adapter.lambda.StackHooks;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.port.Appointments;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.HookExecutions;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Journal;
import dev.greenlight.port.LaunchSources;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.PipelineJobs;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.StackAnswers;
import dev.greenlight.port.TrafficRouter;
import dev.greenlight.port.TrafficRules;
import dev.greenlight.usecase.Ports;
import dev.greenlight.usecase.Within;
import java.time.InstantSource;

/** What a deployed function stands on; a mutant overrides what it breaks. */
class Altered implements Hooks, StackHooks, Ports {

    private final Wiring deployed;

    Altered(Wiring deployed) {
        this.deployed = deployed;
    }

    @Override
    public Ports ports() {
        return this;
    }

    @Override
    public InstantSource clock() {
        return deployed.clock();
    }

    @Override
    public Terms terms() {
        return deployed.terms();
    }

    @Override
    public Within within() {
        return deployed.within();
    }

    @Override
    public void complain(String message) {
        deployed.complain(message);
    }

    @Override
    public PipelineJobs pipelineJobs() {
        return deployed.pipelineJobs();
    }

    @Override
    public HookExecutions hookExecutions() {
        return deployed.hookExecutions();
    }

    @Override
    public RolloutStore store() {
        return deployed.store();
    }

    @Override
    public TrafficRouter router() {
        return deployed.router();
    }

    @Override
    public ShadowRule shadow() {
        return deployed.shadow();
    }

    @Override
    public Fleets fleets() {
        return deployed.fleets();
    }

    @Override
    public Installer installer() {
        return deployed.installer();
    }

    @Override
    public Metrics metrics() {
        return deployed.metrics();
    }

    @Override
    public SmokeProbe probe() {
        return deployed.probe();
    }

    @Override
    public Appointments appointments() {
        return deployed.appointments();
    }

    @Override
    public Journal journal() {
        return deployed.journal();
    }

    @Override
    public TrafficRules trafficRules() {
        return deployed.trafficRules();
    }

    @Override
    public LaunchSources launchSources() {
        return deployed.launchSources();
    }

    @Override
    public StackAnswers stackAnswers() {
        return deployed.stackAnswers();
    }
}
