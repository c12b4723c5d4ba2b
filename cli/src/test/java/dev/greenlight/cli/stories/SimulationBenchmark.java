package dev.greenlight.cli.stories;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Measures what a modelled rollout costs: a whole good release of two instances, installation, watch and end check included. It asserts
 * nothing; run it as CONTRIBUTING says, before and after a change, one right after the other.
 *
 * <p>What counts is the processor time of the whole process, compiler and collector included, because other work on the machine does not change
 * that much; it is told beside the cost of a fixed loop in the same seconds, so that figures of different machines compare.
 */
final class SimulationBenchmark {

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private SimulationBenchmark() {}

    public static void main(String[] arguments) {
        measured(WARM_UP, SimulationBenchmark::rollout);
        measured(Duration.ofSeconds(1), SimulationBenchmark::reference);
        double reference = measured(Duration.ofSeconds(2), SimulationBenchmark::reference);
        double rollout = measured(MEASURED, SimulationBenchmark::rollout);
        System.out.printf(
                "%.0f rollouts a second of processor time, %.2f ms each, %.2f times the fixed loop of %.2f ms%n",
                1e3 / rollout, rollout, rollout / reference, reference);
    }

    private static void rollout() {
        Trial.GOOD.play(Trial.Mishap.NONE);
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

    /** Repeats the work for so much processor time. @return milliseconds of processor time that each took */
    private static double measured(Duration time, Runnable work) {
        long times = 0;
        long before = PROCESS.getProcessCpuTime();
        long spent = 0;
        while (spent < time.toNanos()) {
            work.run();
            times++;
            spent = PROCESS.getProcessCpuTime() - before;
        }
        return spent / 1e6 / times;
    }
}
