package dev.greenlight.cli.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays every strategy's part, a few at a time: a release mostly waits. */
public final class Comparison {

    /** More at a time would take each other's processor, and it is answers that are timed. */
    private static final int AT_ONCE = 3;

    private final Stop stop = new Stop();

    /** Somebody wants it to end; there is no result. */
    public static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Stopped() {
            super("stopped before it was over");
        }
    }

    /** Ends {@link #run} soon, from another thread. */
    public void stop() {
        stop.now();
    }

    /**
     * Plays each contender's part and reports what was counted.
     *
     * @param runs how often each makes its good release
     * @param spectator told how far it is, from several threads
     * @throws Stopped if somebody stopped it
     * @throws Exception if a part could not be played
     */
    public ComparisonReport run(List<Contender> contenders, int runs, Spectator spectator) throws Exception {
        long began = System.nanoTime();
        List<Measured> measured = new ArrayList<>();
        List<String> astray = new ArrayList<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Measured>> parts = contenders.stream()
                    .map(contender -> workers.submit(() -> {
                        stop.check();
                        try (Shop shop = new Shop(contender, stop)) {
                            return new Part(contender, shop, spectator).play(runs);
                        }
                    }))
                    .toList();
            for (Future<Measured> part : parts) {
                try {
                    measured.add(result(part));
                } catch (Astray release) {
                    astray.add(release.getMessage());
                }
            }
        }
        return new ComparisonReport(measured, astray, Shop.PER_SECOND, Shop.FACTOR, (System.nanoTime() - began) / 1e9);
    }

    private Measured result(Future<Measured> part) throws Exception {
        try {
            return part.get();
        } catch (ExecutionException e) {
            // Whatever broke after somebody stopped it, broke because of that.
            stop.check();
            if (e.getCause() instanceof Astray release) {
                throw release;
            }
            // What broke the sandbox breaks the table: the others end early.
            stop.now();
            if (e.getCause() instanceof Exception broken) {
                throw broken;
            }
            throw e;
        }
    }
}
