package dev.greenlight.adapter.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.StackAnswers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A function behind a custom resource: CloudFormation calls it when the resource is made, changed or deleted, and gets its
 * answer whatever happens, or it would wait for its own time-out. Follows "Custom resources" (CloudFormation).
 *
 * @param <P> the resource's properties
 */
abstract class StackHandler<P> implements RequestStreamHandler {

    /** What is kept back of the function's time to send the answer: three tries. */
    private static final Duration MARGIN = Duration.ofSeconds(35);

    private final Supplier<? extends StackHooks> hooks;
    private final Supplier<? extends StackAnswers> answers;
    private final Set<String> wanted;

    /**
     * @param answers where answers go; not one of the hooks, so that there is an answer where those cannot be made
     * @param wanted the properties that are read, lists with an index: {@code Hosts/0}
     */
    StackHandler(Supplier<? extends StackHooks> hooks, Supplier<? extends StackAnswers> answers, Set<String> wanted) {
        this.hooks = hooks;
        this.answers = answers;
        this.wanted = Set.copyOf(wanted);
    }

    /** Reads the properties; what is wrong with them is told to {@code reading}. */
    abstract Optional<P> properties(Reading reading);

    /** Does what is asked for. */
    abstract StackReply settled(StackRequest.Type type, StackRequest.Caller caller, P properties, StackHooks world);

    /**
     * The id of a resource that was never made: CloudFormation wants one for a failure, too, and sends it back to be deleted.
     */
    abstract String notMade();

    /** Whether there is nothing to delete behind that id, whatever the properties are. */
    boolean nothingBehind(String physicalId) {
        return physicalId.equals(notMade());
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        StackRequest<P> request = StackRequest.read(input.readNBytes(Events.LARGEST + 1), wanted, this::properties);
        if (request.caller().isEmpty()) {
            complain(request, hooks.get());
            return;
        }
        StackRequest.Caller caller = request.caller().get();
        StackReply reply = reply(request, caller, context);
        answers.get().send(caller.address(), reply.to(caller));
    }

    /** Never throws: even a dying process, or one that was never put together, tries to answer. Nobody else would. */
    private StackReply reply(StackRequest<P> request, StackRequest.Caller caller, Context context) {
        try {
            StackHooks world = hooks.get();
            complain(request, world);
            StackReply reply = inTime(request, caller, world, context);
            if (!reply.reason().isEmpty()) {
                world.complain("%s failed: %s".formatted(caller.logicalId(), reply.reason()));
            }
            return reply;
        } catch (RuntimeException | Error broken) {
            return unexpected(caller, broken);
        }
    }

    private static void complain(StackRequest<?> request, StackHooks world) {
        request.faults().forEach(fault -> world.complain("CloudFormation's request cannot be read: " + fault));
    }

    private StackReply inTime(StackRequest<P> request, StackRequest.Caller caller, StackHooks world, Context context) {
        long millis = Math.max(1, context.getRemainingTimeInMillis() - MARGIN.toMillis());
        try {
            return world.within()
                    .limit(
                            Duration.ofMillis(millis),
                            () -> settled(request, caller, world),
                            () -> failed(caller, late()));
        } catch (RuntimeException | Error broken) {
            return unexpected(caller, broken);
        }
    }

    private static String late() {
        return Thread.currentThread().isInterrupted()
                ? "interrupted"
                : "the function's time was over before its work was";
    }

    private StackReply settled(StackRequest<P> request, StackRequest.Caller caller, StackHooks world) {
        if (request.type().isEmpty() || request.properties().isEmpty()) {
            boolean neverMade = request.type().equals(Optional.of(StackRequest.Type.DELETE))
                    && caller.physicalId().filter(this::nothingBehind).isPresent();
            // What was refused for its properties comes back with the same properties to be deleted.
            return neverMade
                    ? new StackReply(id(caller), "", Map.of())
                    : failed(caller, "the request cannot be read: " + String.join("; ", request.faults()));
        }
        try {
            return settled(request.type().get(), caller, request.properties().get(), world);
        } catch (CallFailed failure) {
            return failed(caller, String.valueOf(failure.getMessage()));
        }
    }

    private StackReply unexpected(StackRequest.Caller caller, Throwable broken) {
        return failed(caller, "unexpected " + broken.getClass().getSimpleName());
    }

    /** A failure that leaves the resource what it was. */
    final StackReply failed(StackRequest.Caller caller, String reason) {
        return new StackReply(id(caller), reason, Map.of());
    }

    /** The resource's id as of now. */
    final String id(StackRequest.Caller caller) {
        return caller.physicalId().orElseGet(this::notMade);
    }
}
