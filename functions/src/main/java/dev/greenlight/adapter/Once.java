package dev.greenlight.adapter;

import java.util.function.Supplier;

/** Makes a thing when it is first asked for, and never again. A failure is not remembered. */
public final class Once<T> implements Supplier<T> {

    private final Supplier<T> making;
    private T made;

    private Once(Supplier<T> making) {
        this.making = making;
    }

    public static <T> Once<T> of(Supplier<T> making) {
        return new Once<>(making);
    }

    @Override
    public synchronized T get() {
        if (made == null) {
            made = making.get();
        }
        return made;
    }
}
