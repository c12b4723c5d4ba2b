package dev.greenlight.adapter.lambda;

import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Trigger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/** A function that does what the test says, and how any function is called. */
final class ScriptedHook extends HookHandler {

    private final Function<Trigger, Answer> work;

    ScriptedHook(FakeHooks hooks, Function<Trigger, Answer> work) {
        super(() -> hooks);
        this.work = work;
    }

    @Override
    Answer answer(Trigger trigger, Hooks world) {
        return work.apply(trigger);
    }

    static String call(HookHandler handler, byte[] event, Duration remaining) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(event), output, new FakeContext(remaining));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return output.toString(StandardCharsets.UTF_8);
    }

    static Function<Trigger, Answer> failing(Supplier<? extends RuntimeException> failure) {
        return trigger -> {
            throw failure.get();
        };
    }
}
