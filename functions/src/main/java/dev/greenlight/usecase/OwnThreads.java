package dev.greenlight.usecase;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A virtual thread for each work. */
final class OwnThreads implements Within {

    @Override
    public <T> T limit(Duration limit, Supplier<T> work, Supplier<T> late) {
        ExecutorService aside = Executors.newVirtualThreadPerTaskExecutor();
        Future<T> answer = aside.submit(work::get);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            return late.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return late.get();
        } catch (ExecutionException e) {
            throw thrown(e);
        } finally {
            aside.shutdown();
        }
    }

    @Override
    public <T> List<T> together(List<Supplier<T>> works, Supplier<T> interrupted) {
        try (ExecutorService side = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> answers =
                    works.stream().map(work -> side.submit(work::get)).toList();
            return answers.stream().map(answer -> awaited(answer, interrupted)).toList();
        }
    }

    private static <T> T awaited(Future<T> answer, Supplier<T> interrupted) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return interrupted.get();
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    /** What the work threw; a supplier throws nothing that is checked. */
    private static RuntimeException thrown(ExecutionException e) {
        if (e.getCause() instanceof Error dying) {
            throw dying;
        }
        return e.getCause() instanceof RuntimeException broken ? broken : new IllegalStateException(e.getCause());
    }
}
