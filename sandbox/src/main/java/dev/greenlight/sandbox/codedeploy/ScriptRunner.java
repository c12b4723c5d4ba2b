package dev.greenlight.sandbox.codedeploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.codedeploy.model.LifecycleErrorCode;

/** Runs the scripts of a revision: as real processes, or as a model of them where speed matters more. */
public sealed interface ScriptRunner permits ProcessScripts, ModelledScripts {

    /** Whether the bundle has to lie unpacked on a disk for it. */
    boolean needsDisk();

    /** Runs one script to its end or to its time limit and says how it went; blocks meanwhile. */
    Result run(Call call);

    /**
     * One script to run.
     *
     * @param instanceId the instance that it runs on
     * @param revision the label of the revision that it comes from
     * @param event the lifecycle event, for example {@code ValidateService}
     * @param location its place in the bundle
     * @param archive the folder that the bundle is unpacked to, which is also the working directory; null when no disk is needed
     * @param environment the variables that it sees, beside a PATH
     * @param timeout how long it may run
     */
    record Call(
            String instanceId,
            String revision,
            String event,
            String location,
            Path archive,
            Map<String, String> environment,
            Duration timeout) {
        public Call {
            Objects.requireNonNull(instanceId, "instanceId");
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(location, "location");
            Objects.requireNonNull(timeout, "timeout");
            environment = Map.copyOf(environment);
        }
    }

    /**
     * How a script, or an event, ended, in the words of CodeDeploy's diagnostics.
     *
     * @param code {@code Success}, or what went wrong
     * @param message the agent's message
     * @param script the script's location, or empty when none was at fault
     * @param logTail about the last 2 KB of output
     * @param took sandbox time that it took beyond the ordinary; a real process takes wall time instead
     * @param over whether it has ended
     */
    record Result(LifecycleErrorCode code, String message, String script, String logTail, Duration took, boolean over) {

        /** All went well. */
        public static Result succeeded() {
            return new Result(LifecycleErrorCode.SUCCESS, "Succeeded", "", "", Duration.ZERO, true);
        }

        /** The script ended with an exit status other than zero. */
        public static Result failed(String script, int exit, String logTail) {
            return new Result(
                    LifecycleErrorCode.SCRIPT_FAILED,
                    "Script at specified location: " + script + " failed with exit code " + exit,
                    script,
                    logTail,
                    Duration.ZERO,
                    true);
        }

        /** The script was still running when its time was up; a modelled one lets that time pass on the sandbox clock. */
        public static Result timedOut(String script, Duration timeout, String logTail, Duration took) {
            return new Result(
                    LifecycleErrorCode.SCRIPT_TIMED_OUT,
                    "Script at specified location: " + script + " failed to complete in " + timeout.toSeconds()
                            + " seconds",
                    script,
                    logTail,
                    took,
                    true);
        }

        /** The bundle has no such script. */
        public static Result missing(String script) {
            return new Result(
                    LifecycleErrorCode.SCRIPT_MISSING,
                    "Script does not exist at specified location: " + script,
                    script,
                    "",
                    Duration.ZERO,
                    true);
        }

        /** The agent itself could not do what it was told. */
        public static Result broken(String message) {
            return new Result(LifecycleErrorCode.UNKNOWN_ERROR, message, "", "", Duration.ZERO, true);
        }

        /** A modelled script waits for something: its event is performed once more when so much sandbox time has passed. */
        public static Result waiting(Duration pause) {
            return new Result(LifecycleErrorCode.UNKNOWN_ERROR, "the script still runs", "", "", pause, false);
        }

        /** Whether the deployment may go on. */
        public boolean ok() {
            return code == LifecycleErrorCode.SUCCESS;
        }
    }
}
