package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Plays many variants of a story side by side, and tells of all that ended wrong. */
final class Matrix {

    private static final int TOLD = 4;

    private Matrix() {}

    /** 1 to {@code n}. */
    static List<Integer> each(int n) {
        return IntStream.rangeClosed(1, n).boxed().toList();
    }

    /** So many of 1 to {@code n}, the same ones in every run. */
    static List<Integer> some(int count, int n, long seed) {
        List<Integer> all = new ArrayList<>(each(n));
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, Math.min(count, n)).stream().sorted().toList();
    }

    /** Plays every case and fails with what the first few that ended wrong have to say. */
    static <T> void play(List<T> cases, Consumer<T> play) {
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());
        cases.parallelStream().forEach(variant -> {
            try {
                play.accept(variant);
            } catch (Throwable failure) {
                wrong.add("%s: %s".formatted(variant, failure));
            }
        });
        String told = String.join("\n\n", wrong.stream().sorted().limit(TOLD).toList());
        assertThat(wrong.size())
                .as("of %d variants these ended wrong:%n%s%n", cases.size(), told)
                .isZero();
    }
}
