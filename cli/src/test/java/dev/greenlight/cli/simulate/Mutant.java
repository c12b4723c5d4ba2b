package dev.greenlight.cli.simulate;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.Wiring;
import dev.greenlight.cli.installed.Code;
import dev.greenlight.sandbox.Sandbox;
import java.lang.reflect.Constructor;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A Greenlight that breaks a rule. Only it is broken: the world around it is the one in which the deployed one breaks none.
 *
 * @param rule the rule that it breaks, 1 to 11
 * @param what it does, or leaves
 * @param seen how the simulator says what it saw; other questions of the same rule do not count
 * @param lives in which it has to be seen
 * @param code made afresh for each life
 */
record Mutant(int rule, String what, String seen, Lives lives, Function<Sandbox, Code> code) {

    /** One whose functions stand on something else. */
    static Mutant of(int rule, String what, String seen, Function<Wiring, Altered> altered) {
        return living(rule, what, seen, sandbox -> altered);
    }

    /** The same, where the functions of one life share something. */
    static Mutant living(int rule, String what, String seen, Function<Sandbox, Function<Wiring, Altered>> altered) {
        return new Mutant(rule, what, seen, Lives.RANDOM, sandbox -> {
            Function<Wiring, Altered> life = altered.apply(sandbox);
            return (constructor, world) -> made(constructor, () -> life.apply(world.get()));
        });
    }

    /** One of whose functions one is something else. */
    static Mutant handling(
            int rule,
            String what,
            String seen,
            Class<? extends RequestStreamHandler> function,
            Function<Handling, RequestStreamHandler> other) {
        Code code = (constructor, world) -> {
            RequestStreamHandler deployed = Code.DEPLOYED.handler(constructor, world);
            return function.isInstance(deployed) ? other.apply(new Handling(deployed, world)) : deployed;
        };
        return new Mutant(rule, what, seen, Lives.RANDOM, sandbox -> code);
    }

    /** The same, to be seen in other lives. */
    Mutant in(Lives other) {
        return new Mutant(rule, what, seen, other, code);
    }

    /** What a function would be, and its world. */
    record Handling(RequestStreamHandler deployed, Supplier<Wiring> world) {}

    private static RequestStreamHandler made(
            Constructor<? extends RequestStreamHandler> constructor, Supplier<Altered> world) {
        try {
            return constructor.newInstance(world);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + constructor, e);
        }
    }

    /** Whether this life's violations name what it breaks. */
    boolean caught(Played played) {
        return played.broken().stream()
                .anyMatch(broken -> broken.rule() == rule && broken.what().matches("(?s).*(" + seen + ").*"));
    }

    @Override
    public String toString() {
        return "rule %d, %s".formatted(rule, what);
    }
}
