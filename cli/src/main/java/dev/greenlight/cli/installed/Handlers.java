package dev.greenlight.cli.installed;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.Wiring;
import dev.greenlight.adapter.lambda.Hooks;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes handlers of what a function's {@code Handler} says, as Lambda does, but for the constructor: here they are given their
 * world.
 */
final class Handlers {

    private Handlers() {}

    /** The constructor that takes a world; empty when there is no such handler. */
    static Optional<Constructor<? extends RequestStreamHandler>> find(String handler) {
        try {
            return Optional.of(Class.forName(handler)
                    .asSubclass(RequestStreamHandler.class)
                    .getConstructor(Supplier.class));
        } catch (ReflectiveOperationException | ClassCastException e) {
            return Optional.empty();
        }
    }

    /** Whether the handler's world is one that is told its settings by the environment. */
    static boolean needsSettings(Constructor<?> constructor) {
        return constructor.getGenericParameterTypes()[0] instanceof ParameterizedType type
                && type.getActualTypeArguments()[0].equals(Hooks.class);
    }

    static RequestStreamHandler make(Constructor<? extends RequestStreamHandler> constructor, Supplier<Wiring> world) {
        try {
            return constructor.newInstance(world);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + constructor, e);
        }
    }
}
