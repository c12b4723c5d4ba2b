package dev.greenlight.cli.installed;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.Wiring;
import java.lang.reflect.Constructor;
import java.util.function.Supplier;

/** What runs in the functions of an installation. */
@FunctionalInterface
public interface Code {

    /** The handlers as they are deployed, in the world that they are wired to. */
    Code DEPLOYED = Handlers::make;

    /**
     * A fresh handler, as for a cold start.
     *
     * @param constructor the deployed handler's, which takes its world
     * @param world that world, wired when it is first asked for and never again, as in one process
     */
    RequestStreamHandler handler(Constructor<? extends RequestStreamHandler> constructor, Supplier<Wiring> world);
}
