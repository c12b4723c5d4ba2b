package dev.greenlight.sandbox;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.codedeploy.DeployTimings;
import dev.greenlight.sandbox.codedeploy.InstanceDisks;
import dev.greenlight.sandbox.codedeploy.ModelledScripts;
import dev.greenlight.sandbox.codedeploy.ProcessScripts;
import dev.greenlight.sandbox.codedeploy.ScriptRunner;
import dev.greenlight.sandbox.codepipeline.JobTimings;
import dev.greenlight.sandbox.lambda.Threads;
import dev.greenlight.sandbox.world.Timings;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How a sandbox does what it does: how long things take, what runs scripts, which threads run functions.
 *
 * @param disks where the instances' disks lie; not touched by modelled scripts
 * @param seed equal seeds make equal stories on a ticked clock
 */
public record Setup(
        Timings timings,
        DeployTimings deployTimings,
        JobTimings jobTimings,
        ScriptRunner scripts,
        InstanceDisks disks,
        Threads threads,
        long seed) {

    public Setup {
        Objects.requireNonNull(timings, "timings");
        Objects.requireNonNull(deployTimings, "deployTimings");
        Objects.requireNonNull(jobTimings, "jobTimings");
        Objects.requireNonNull(scripts, "scripts");
        Objects.requireNonNull(disks, "disks");
        Objects.requireNonNull(threads, "threads");
    }

    /** For stories on a ticked clock: scripts are modelled, everything happens on the thread that ticks. */
    public static Setup modelled(SandboxClock clock) {
        return new Setup(
                Timings.ordinary(),
                DeployTimings.ordinary(),
                JobTimings.ordinary(),
                new ModelledScripts(),
                new InstanceDisks(Path.of("no-disk-is-needed")),
                Threads.callers(clock),
                1);
    }

    /** For a clock that follows the wall's: scripts are processes, functions and scripts run on threads of their own. */
    public static Setup real(Path disks) {
        return new Setup(
                Timings.ordinary(),
                DeployTimings.ordinary(),
                JobTimings.ordinary(),
                new ProcessScripts(),
                new InstanceDisks(disks),
                Threads.own(),
                1);
    }

    /** The same with other timings of the world. */
    public Setup withTimings(Timings other) {
        return new Setup(other, deployTimings, jobTimings, scripts, disks, threads, seed);
    }

    /** The same with other timings of CodeDeploy. */
    public Setup withDeployTimings(DeployTimings other) {
        return new Setup(timings, other, jobTimings, scripts, disks, threads, seed);
    }

    /** The same with other timings of CodePipeline's jobs. */
    public Setup withJobTimings(JobTimings other) {
        return new Setup(timings, deployTimings, other, scripts, disks, threads, seed);
    }

    /** The same with scripts that are run otherwise. */
    public Setup withScripts(ScriptRunner other) {
        return new Setup(timings, deployTimings, jobTimings, other, disks, threads, seed);
    }

    /** The same with another seed. */
    public Setup withSeed(long other) {
        return new Setup(timings, deployTimings, jobTimings, scripts, disks, threads, other);
    }
}
