package dev.greenlight.usecase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** One work after the other, each to its end. */
final class CallersThread implements Within {

    @Override
    public <T> T limit(Duration limit, Supplier<T> work, Supplier<T> late) {
        return work.get();
    }

    /** What fails keeps none of the others from being done: side by side they would be under way already. */
    @Override
    public <T> List<T> together(List<Supplier<T>> works, Supplier<T> interrupted) {
        List<T> answers = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (Supplier<T> work : works) {
            try {
                answers.add(work.get());
            } catch (RuntimeException | Error failure) {
                failures.add(failure);
            }
        }
        if (!failures.isEmpty()) {
            throw thrown(failures.getFirst());
        }
        return answers;
    }

    private static RuntimeException thrown(Throwable failure) {
        if (failure instanceof Error dying) {
            throw dying;
        }
        return (RuntimeException) failure;
    }
}
