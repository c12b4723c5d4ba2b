package dev.greenlight.cli.installed;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.adapter.lambda.AfterAllowTrafficHandler;
import dev.greenlight.adapter.lambda.AllowTrafficHandler;
import dev.greenlight.adapter.lambda.AnswerLostJobHandler;
import dev.greenlight.adapter.lambda.BeforeAllowTrafficHandler;
import dev.greenlight.adapter.lambda.Hooks;
import dev.greenlight.adapter.lambda.InstallRevisionHandler;
import dev.greenlight.adapter.lambda.PrepareGreenHandler;
import dev.greenlight.adapter.lambda.PromoteHandler;
import dev.greenlight.adapter.lambda.ReleaseQuarantineHandler;
import dev.greenlight.adapter.lambda.RetireBlueHandler;
import dev.greenlight.adapter.lambda.RollBackHandler;
import dev.greenlight.adapter.lambda.SweepHandler;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** The functions of an installation: one per handler. */
public enum Functions {
    PREPARE_GREEN("prepare-green", PrepareGreenHandler::new, true),
    INSTALL_REVISION("install-revision", InstallRevisionHandler::new, true),
    BEFORE_ALLOW_TRAFFIC("before-allow-traffic", BeforeAllowTrafficHandler::new, true),
    ALLOW_TRAFFIC("allow-traffic", AllowTrafficHandler::new, true),
    AFTER_ALLOW_TRAFFIC("after-allow-traffic", AfterAllowTrafficHandler::new, true),
    ROLL_BACK("roll-back", RollBackHandler::new, false),
    PROMOTE("promote", PromoteHandler::new, false),
    RETIRE_BLUE("retire-blue", RetireBlueHandler::new, false),
    SWEEP("sweep", SweepHandler::new, false),
    ANSWER_LOST_JOB("answer-lost-job", AnswerLostJobHandler::new, false),
    RELEASE_QUARANTINE("release-quarantine", ReleaseQuarantineHandler::new, false);

    /** Every function's time limit. */
    public static final Duration TIMEOUT = Duration.ofMinutes(2);

    private final String suffix;
    private final Function<Supplier<Hooks>, RequestStreamHandler> handler;
    private final boolean jobs;

    Functions(String suffix, Function<Supplier<Hooks>, RequestStreamHandler> handler, boolean jobs) {
        this.suffix = suffix;
        this.handler = handler;
        this.jobs = jobs;
    }

    /** The function's name for that service. */
    public String nameFor(String service) {
        return "greenlight-" + service + "-" + suffix;
    }

    RequestStreamHandler handler(Supplier<Hooks> hooks) {
        return handler.apply(hooks);
    }

    /** Whether pipelines offer it jobs, so that somebody must answer when it dies. */
    boolean takesJobs() {
        return jobs;
    }
}
