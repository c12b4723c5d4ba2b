package dev.greenlight.cli.simulate;

import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A fixed number of threads that do works and hand over what came of them in the works' order. A work is taken when a thread is free
 * for it, so there may be more of them than fit into memory.
 *
 * @param <W> a work
 * @param <R> what comes of one
 */
final class Crew<W, R> {

    private final Iterator<W> works;
    private final Function<W, R> does;
    private final Consumer<R> handed;
    private final Map<Long, R> early = new TreeMap<>();
    private long taken;
    private long next;

    private Crew(Iterator<W> works, Function<W, R> does, Consumer<R> handed) {
        this.works = works;
        this.does = does;
        this.handed = handed;
    }

    /**
     * Does all works, and returns when none is left.
     *
     * @param works asked by one thread at a time, whenever a thread is free
     * @param handed is given what came of them, by one thread at a time
     */
    static <W, R> void does(int threads, Iterator<W> works, Function<W, R> does, Consumer<R> handed) {
        Crew<W, R> crew = new Crew<>(works, does, handed);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<?> worker : Stream.generate(() -> pool.submit(crew::works))
                    .limit(threads)
                    .toList()) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a work broke off", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at work", e);
        }
    }

    private void works() {
        Optional<Taken<W>> mine = take();
        while (mine.isPresent()) {
            hand(mine.get().number(), does.apply(mine.get().work()));
            mine = take();
        }
    }

    /** A work and its place in the order. */
    private record Taken<W>(long number, W work) {}

    private synchronized Optional<Taken<W>> take() {
        return works.hasNext() ? Optional.of(new Taken<>(taken++, works.next())) : Optional.empty();
    }

    private synchronized void hand(long number, R result) {
        early.put(number, result);
        while (early.containsKey(next)) {
            handed.accept(early.remove(next++));
        }
    }
}
