package dev.greenlight.adapter.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.config.ConfigurationFault;
import dev.greenlight.domain.hook.Answer;
import dev.greenlight.domain.hook.Token;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.port.CallFailed;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * What every Lambda function of Greenlight has in common: it reads the event, does its work within its time, and answers
 * its caller in the caller's way, whatever happens. Only a dying process leaves a job unanswered, and then Lambda's retries
 * and the failure destination answer it.
 *
 * <p>The event is never logged: a pipeline's job carries live credentials. Source: CodePipeline user guide, "AWS Lambda
 * invoke action reference".
 */
abstract class HookHandler implements RequestStreamHandler {

    /** What is kept back of the function's time to send the answer: three tries of ten seconds and their pauses. */
    static final Duration MARGIN = Duration.ofSeconds(35);

    /** With less time than this at its start a function has less for its work than for its answer. */
    static final Duration LEAST_TIME = MARGIN.multipliedBy(2);

    /** CodeDeploy fails a hook after an hour. Source: CodeDeploy user guide, "AppSpec 'hooks' section". */
    private static final Duration HOOK_LIMIT = Duration.ofMinutes(55);

    /** How long a job may go on: CodePipeline ends a Lambda action after 24 hours. Source: CodePipeline user guide, "Quotas". */
    private static final Duration ACTION_LIMIT = Duration.ofHours(23);

    private static final Duration COME_BACK = Duration.ofMinutes(1);

    private final Supplier<Hooks> hooks;
    private final AtomicBoolean complainedOfTime = new AtomicBoolean();

    HookHandler(Supplier<Hooks> hooks) {
        this.hooks = hooks;
    }

    /** The hook's work for a call that was understood. */
    abstract Answer answer(Trigger trigger, Hooks hooks);

    /**
     * What the function takes an event for. What is not its own is answered all the same, in its caller's way: a job must not
     * wait for nobody.
     */
    Parsed heard(Parsed event) {
        return event;
    }

    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Hooks world = hooks.get();
        Instant now = world.clock().instant();
        switch (heard(Events.read(input.readNBytes(Events.LARGEST + 1), now))) {
            case Parsed.Faulty faulty -> {
                Answer refused = new Answer.Failed(
                        Answer.Failure.CONFIGURATION,
                        "this call cannot be read: " + String.join("; ", faulty.faults()));
                world.complain(refused.message());
                if (faulty.jobId().isPresent()) {
                    world.pipelineJobs().answer(faulty.jobId().get(), refused);
                }
                Replies.write(output, refused);
            }
            case Parsed.Understood understood -> {
                Trigger trigger = understood.trigger();
                Answer answer = bounded(trigger, inTime(trigger, world, context), now);
                reply(trigger, answer, world, output, now);
            }
        }
    }

    private Answer inTime(Trigger trigger, Hooks world, Context context) {
        Duration left = Duration.ofMillis(Math.max(2, context.getRemainingTimeInMillis()));
        if (left.compareTo(LEAST_TIME) < 0 && complainedOfTime.compareAndSet(false, true)) {
            world.complain("this function has %d s left at its start and needs %d s: raise its timeout"
                    .formatted(left.toSeconds(), LEAST_TIME.toSeconds()));
        }
        return world.ports()
                .within()
                .limit(
                        forWork(left),
                        () -> settled(trigger, world),
                        () -> passing(trigger, world, "the function's time was over before its work was"));
    }

    /** All but the margin, and never less than half: a function with little time still gets to its work. */
    private static Duration forWork(Duration left) {
        Duration half = left.dividedBy(2);
        Duration rest = left.minus(MARGIN);
        return rest.compareTo(half) > 0 ? rest : half;
    }

    /** The work's answer, or what its failure comes to. */
    private Answer settled(Trigger trigger, Hooks world) {
        Optional<String> elsewhere = trigger instanceof Trigger.DirectCall call ? elsewhere(call) : Optional.empty();
        if (elsewhere.isPresent()) {
            return new Answer.Failed(Answer.Failure.CONFIGURATION, elsewhere.get());
        }
        try {
            return answer(trigger, world);
        } catch (ConfigurationFault fault) {
            world.complain(fault.getMessage());
            return new Answer.Failed(Answer.Failure.CONFIGURATION, fault.getMessage());
        } catch (CallFailed failed) {
            world.complain(failed.getMessage());
            return switch (failed.kind()) {
                case THROTTLED, UNAVAILABLE -> passing(trigger, world, failed.getMessage());
                case DENIED -> new Answer.Failed(Answer.Failure.PERMISSION, failed.getMessage());
                case INVALID -> new Answer.Failed(Answer.Failure.CONFIGURATION, failed.getMessage());
            };
        } catch (RuntimeException broken) {
            // Our own mistake: its message may hold anything, so only its place is told.
            world.complain("unexpected %s at %s".formatted(broken.getClass().getName(), place(broken)));
            return passing(trigger, world, "unexpected " + broken.getClass().getSimpleName());
        }
    }

    private static String place(RuntimeException broken) {
        return Arrays.stream(broken.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("dev.greenlight."))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }

    /**
     * What may be over by the next call goes on, as long as somebody waits for it: a throttled call in the second hour of a
     * bake is no reason to fail it. The phases' deadlines and Sweep bound the rollout.
     */
    private static Answer passing(Trigger trigger, Hooks world, String message) {
        Instant now = world.clock().instant();
        Token token = token(trigger, now);
        boolean goesOn = switch (trigger) {
            case Trigger.PipelineJob job -> true;
            // Failing its job would have the pipeline take back what may be a good rollout.
            case Trigger.LostInvocation lost -> true;
            // The script counts its tries.
            case Trigger.InstanceAsks asks -> true;
            case Trigger.HookExecution hook -> now.isBefore(hook.firstCall().plus(HOOK_LIMIT));
            case Trigger.DirectCall call -> false;
            case Trigger.StageEnded stage -> false;
            case Trigger.AlarmFired alarm -> false;
            case Trigger.BlueTimeUp up -> false;
            case Trigger.Tick tick -> false;
        };
        return goesOn ? new Answer.InProgress(message, token) : new Answer.Failed(Answer.Failure.UNAVAILABLE, message);
    }

    static Token token(Trigger trigger, Instant now) {
        return switch (trigger) {
            case Trigger.PipelineJob job -> job.token().orElse(new Token(job.rollout(), now));
            case Trigger.HookExecution hook -> new Token(new RolloutId(hook.deploymentId()), hook.firstCall());
            case Trigger.LostInvocation lost -> token(lost.inner(), now);
            case Trigger.DirectCall call -> new Token(call.rollout().orElse(new RolloutId("unnamed")), now);
            case Trigger.InstanceAsks asks -> new Token(asks.rollout(), now);
            case Trigger.StageEnded stage -> new Token(stage.rollout(), now);
            case Trigger.BlueTimeUp up -> new Token(up.rollout(), now);
            case Trigger.AlarmFired alarm -> new Token(new RolloutId("unnamed"), now);
            case Trigger.Tick tick -> new Token(new RolloutId("unnamed"), now);
        };
    }

    private static Answer bounded(Trigger trigger, Answer answer, Instant now) {
        boolean over = answer instanceof Answer.InProgress progress
                && !now.isBefore(progress.token().firstCall().plus(ACTION_LIMIT));
        return over
                ? new Answer.Failed(Answer.Failure.UNAVAILABLE, "the action's day is over: " + answer.message())
                : answer;
    }

    private static void reply(Trigger trigger, Answer answer, Hooks world, OutputStream output, Instant now)
            throws IOException {
        switch (trigger) {
            case Trigger.PipelineJob job -> world.pipelineJobs().answer(job.jobId(), answer);
            case Trigger.LostInvocation lost ->
                world.pipelineJobs().answer(lost.inner().jobId(), answer);
            case Trigger.HookExecution execution -> complete(execution, answer, world, now);
            case Trigger.DirectCall call -> {}
            case Trigger.InstanceAsks asks -> {}
            case Trigger.StageEnded stage -> retryByLambda(answer);
            case Trigger.AlarmFired alarm -> retryByLambda(answer);
            case Trigger.BlueTimeUp up -> retryByLambda(answer);
            case Trigger.Tick tick -> retryByLambda(answer);
        }
        Replies.write(output, answer);
    }

    private static void complete(Trigger.HookExecution execution, Answer answer, Hooks world, Instant now) {
        switch (answer) {
            case Answer.Done done -> world.hookExecutions().complete(execution, true);
            case Answer.Failed failed -> world.hookExecutions().complete(execution, false);
            case Answer.Ignored ignored -> world.hookExecutions().complete(execution, false);
            case Answer.InProgress wait -> world.ports().appointments().comeBack(execution, now.plus(COME_BACK));
        }
    }

    /** Nobody waits for these calls. What may be over by then is tried again by Lambda, and after that by Sweep. */
    private static void retryByLambda(Answer answer) {
        if (answer instanceof Answer.Failed failed && failed.failure() == Answer.Failure.UNAVAILABLE) {
            throw new IllegalStateException(failed.message());
        }
    }

    /** Whether a direct call may ask this function to end a cooldown. */
    boolean endsCooldowns() {
        return false;
    }

    /** Whether a direct call may ask this function to end a pause. */
    boolean endsPauses() {
        return false;
    }

    /** What a call asks that this function would silently leave undone. */
    private Optional<String> elsewhere(Trigger.DirectCall call) {
        if (call.cooldown() && !endsCooldowns()) {
            return Optional.of("\"cooldown\" is understood by ReleaseQuarantine only");
        }
        return call.resume() && !endsPauses()
                ? Optional.of("\"resume\" is understood by Promote only")
                : Optional.empty();
    }

    static Answer notForThisHook(Trigger trigger) {
        return new Answer.Failed(
                Answer.Failure.CONFIGURATION,
                "this function is not called by a " + trigger.getClass().getSimpleName());
    }

    static Optional<String> reason(Trigger.DirectCall call) {
        return call.reason().filter(text -> !text.isBlank());
    }
}
