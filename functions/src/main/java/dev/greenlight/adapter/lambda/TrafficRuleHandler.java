package dev.greenlight.adapter.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.Wiring;
import dev.greenlight.domain.traffic.OwnedRule;
import dev.greenlight.domain.traffic.RuleWish;
import dev.greenlight.port.CallFailed;
import dev.greenlight.usecase.OwnTrafficRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The function that owns the production rule: CloudFormation calls it when the stack is made, changed or deleted, and gets
 * its answer whatever happens, or it would wait for its own time-out. Follows "Custom resources" (CloudFormation).
 */
public final class TrafficRuleHandler implements RequestStreamHandler {

    /** The id of a rule that was never made: CloudFormation wants one for a failure, too, and sends it back to be deleted. */
    static final String NOT_MADE = "greenlight-rule-not-made";

    /** What is kept back of the function's time to send the answer: three tries. */
    private static final Duration MARGIN = Duration.ofSeconds(35);

    private final Supplier<? extends StackHooks> hooks;

    public TrafficRuleHandler() {
        this(Wiring.stackHooksOfThisFunction());
    }

    public TrafficRuleHandler(Supplier<? extends StackHooks> hooks) {
        this.hooks = hooks;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        StackHooks world = hooks.get();
        StackRequest request = StackRequest.read(input.readNBytes(Events.LARGEST + 1));
        request.faults().forEach(fault -> world.complain("CloudFormation's request cannot be read: " + fault));
        if (request.caller().isEmpty()) {
            return;
        }
        StackRequest.Caller caller = request.caller().get();
        StackReply reply = inTime(request, caller, world, context);
        if (!reply.reason().isEmpty()) {
            world.complain("%s failed: %s".formatted(caller.logicalId(), reply.reason()));
        }
        world.stackAnswers().send(caller.address(), reply.to(caller));
    }

    private static StackReply inTime(
            StackRequest request, StackRequest.Caller caller, StackHooks world, Context context) {
        long millis = Math.max(1, context.getRemainingTimeInMillis() - MARGIN.toMillis());
        ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor();
        Future<StackReply> work = worker.submit(() -> settled(request, caller, world));
        try {
            return work.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            work.cancel(true);
            return failed(caller, "the function's time was over before its work was");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(caller, "interrupted");
        } catch (ExecutionException e) {
            // Even a dying process tries to answer: nobody else would.
            return failed(caller, "unexpected " + e.getCause().getClass().getSimpleName());
        } finally {
            worker.shutdown();
        }
    }

    private static StackReply settled(StackRequest request, StackRequest.Caller caller, StackHooks world) {
        if (request.type().isEmpty() || request.wish().isEmpty()) {
            boolean neverMade = request.type().equals(java.util.Optional.of(StackRequest.Type.DELETE))
                    && caller.physicalId().filter(NOT_MADE::equals).isPresent();
            // What was refused for its properties comes back with the same properties to be deleted.
            return neverMade
                    ? new StackReply(NOT_MADE, "", Map.of())
                    : failed(caller, "the request cannot be read: " + String.join("; ", request.faults()));
        }
        try {
            return reply(caller, result(request, caller, new OwnTrafficRule(world.trafficRules())));
        } catch (CallFailed failure) {
            return failed(caller, String.valueOf(failure.getMessage()));
        } catch (RuntimeException broken) {
            return failed(caller, "unexpected " + broken.getClass().getSimpleName());
        }
    }

    private static OwnTrafficRule.Result result(
            StackRequest request, StackRequest.Caller caller, OwnTrafficRule owner) {
        RuleWish wish = request.wish().orElseThrow();
        String id = caller.physicalId().orElse(NOT_MADE);
        return switch (request.type().orElseThrow()) {
            case CREATE -> owner.create(wish);
            case UPDATE -> owner.update(id, wish);
            case DELETE -> owner.delete(id, wish, request.force());
        };
    }

    private static StackReply reply(StackRequest.Caller caller, OwnTrafficRule.Result result) {
        return switch (result) {
            case OwnTrafficRule.Result.Stands stands -> stands(stands.rule());
            case OwnTrafficRule.Result.Gone gone -> new StackReply(id(caller), "", Map.of());
            case OwnTrafficRule.Result.Refused refused -> failed(caller, refused.reason());
        };
    }

    private static StackReply stands(OwnedRule rule) {
        return new StackReply(rule.arn(), "", Map.of("Priority", String.valueOf(rule.priority())));
    }

    private static StackReply failed(StackRequest.Caller caller, String reason) {
        return new StackReply(id(caller), reason, Map.of());
    }

    private static String id(StackRequest.Caller caller) {
        return caller.physicalId().orElse(NOT_MADE);
    }
}
