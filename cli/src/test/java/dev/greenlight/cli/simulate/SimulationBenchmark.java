package dev.greenlight.cli.simulate;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Measures what a modelled rollout costs: a whole good release of two instances, installation, watch and end check included. It asserts
 * nothing; run it as CONTRIBUTING says, before and after a change, one right after the other.
 *
 * <p>What counts is processor time of the thread that all of it happens on, because other work on the machine changes that little; it is told
 * beside the cost of a fixed loop, so that figures of different machines compare.
 */
final class SimulationBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration MEASURED = Duration.ofSeconds(5);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Simulation SIMULATION = new Simulation(Service.ofAllKinds());
    private static final Life GOOD = Tale.GOOD.undisturbed(Service.ofAllKinds());

    private SimulationBenchmark() {}

    public static void main(String[] arguments) {
        measured(Duration.ofSeconds(1), SimulationBenchmark::reference);
        measured(WARM_UP, SimulationBenchmark::rollout);
        Cost reference = measured(Duration.ofSeconds(1), SimulationBenchmark::reference);
        Cost rollout = measured(MEASURED, SimulationBenchmark::rollout);
        System.out.printf(
                "%.0f rollouts a second and processor: %.2f ms and %.2f MB each, %.2f times the fixed loop of %.2f ms%n",
                1e3 / rollout.millis(),
                rollout.millis(),
                rollout.megabytes(),
                rollout.millis() / reference.millis(),
                reference.millis());
    }

    private static void rollout() {
        if (!SIMULATION.play(GOOD).broken().isEmpty()) {
            throw new IllegalStateException("a good release broke a rule");
        }
    }

    /** Makes, sorts and joins the same words each time. */
    private static void reference() {
        SplittableRandom random = new SplittableRandom(7);
        String[] words = new String[10_000];
        Arrays.setAll(words, i -> Long.toString(random.nextLong(), 36));
        Arrays.sort(words);
        if (String.join(" ", words).isEmpty()) {
            throw new IllegalStateException("words without letters");
        }
    }

    /** What one turn costs: processor time, and memory that is allocated for it. */
    private record Cost(double millis, double megabytes) {}

    /** Repeats the work for so much processor time. */
    private static Cost measured(Duration time, Runnable work) {
        long times = 0;
        long before = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long spent = 0;
        while (spent < time.toNanos()) {
            work.run();
            times++;
            spent = THREADS.getCurrentThreadCpuTime() - before;
        }
        return new Cost(spent / 1e6 / times, (THREADS.getCurrentThreadAllocatedBytes() - allocated) / 1e6 / times);
    }
}
