package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.service.Config;
import java.util.List;
import java.util.stream.Stream;

/** The functions of an installation, one per handler. One that nobody may call is not there. */
public enum HookName {
    PREPARE_GREEN("prepare-green", "PrepareGreenHandler", Caller.PIPELINE),
    INSTALL_REVISION("install-revision", "InstallRevisionHandler", Caller.PIPELINE),
    BEFORE_ALLOW_TRAFFIC("before-allow-traffic", "BeforeAllowTrafficHandler", Caller.PIPELINE),
    ALLOW_TRAFFIC("allow-traffic", "AllowTrafficHandler", Caller.PIPELINE),
    AFTER_ALLOW_TRAFFIC("after-allow-traffic", "AfterAllowTrafficHandler", Caller.PIPELINE),
    ROLL_BACK("roll-back", "RollBackHandler", Caller.ANYONE),
    PROMOTE("promote", "PromoteHandler", Caller.ANYONE),
    RETIRE_BLUE("retire-blue", "RetireBlueHandler", Caller.ANYONE),
    VALIDATE_INSTANCE("validate-instance", "ValidateInstanceHandler", Caller.ANYONE),
    SWEEP("sweep", "SweepHandler", Caller.ANYONE),
    RELEASE_QUARANTINE("release-quarantine", "ReleaseQuarantineHandler", Caller.ANYONE),
    ANSWER_LOST_JOB("answer-lost-job", "AnswerLostJobHandler", Caller.LAMBDA),
    TRAFFIC_RULE("traffic-rule", "TrafficRuleHandler", Caller.CLOUDFORMATION),
    LAUNCH_VERSION("launch-version", "LaunchVersionHandler", Caller.CLOUDFORMATION);

    /** The alias under which callers that can name a version find what the stack published last. */
    public static final String ALIAS = "live";

    /** Who calls: whether a version can be named, and who waits for a job, follows from it. */
    private enum Caller {
        PIPELINE,
        ANYONE,
        LAMBDA,
        CLOUDFORMATION
    }

    private final String suffix;
    private final String handler;
    private final Caller caller;

    HookName(String suffix, String handler, Caller caller) {
        this.suffix = suffix;
        this.handler = handler;
        this.caller = caller;
    }

    /** Those that an installation has: instances get a function to ask where the file lets them ask. */
    public static List<HookName> of(Config config) {
        return Stream.of(values())
                .filter(name -> name != VALIDATE_INSTANCE || config.checks().onInstance())
                .toList();
    }

    /** The handler's class. */
    public String handler() {
        return "dev.greenlight.adapter.lambda." + handler;
    }

    /** The name of the pipeline's action that calls it, and of its construct: {@code AllowTraffic}. */
    public String action() {
        return handler.substring(0, handler.length() - "Handler".length());
    }

    /** The function's name in the account. */
    public String in(Names names) {
        return names.of(suffix);
    }

    /** The function's ARN, which callers use that cannot name a version. */
    public String arn(Names names) {
        return names.arn("lambda", "function:" + in(names));
    }

    /** The ARN that callers use: with the alias, where there is one. */
    public String calledArn(Names names) {
        return hasAlias() ? arn(names) + ":" + ALIAS : arn(names);
    }

    /** Whether a pipeline's action can name a version is not documented. */
    boolean hasAlias() {
        return caller == Caller.ANYONE;
    }

    /**
     * Whether it starts from a snapshot: only what is called every minute. A version with a snapshot that nobody called for 14 days
     * goes to sleep, and its next call is refused ("Troubleshooting SnapStart errors"): a rollback must never be.
     */
    boolean startsFromSnapshot() {
        return this == SWEEP;
    }

    /** Whether pipelines offer it jobs, so that somebody must answer when it dies. */
    boolean takesJobs() {
        return caller == Caller.PIPELINE;
    }

    /** Whether it reads the service's settings. */
    boolean isConfigured() {
        return caller != Caller.CLOUDFORMATION;
    }
}
