package dev.greenlight.adapter.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.Wiring;
import dev.greenlight.adapter.RecordingPause;
import dev.greenlight.adapter.SandboxClients;
import dev.greenlight.adapter.SandboxFleets;
import dev.greenlight.adapter.codepipeline.RecordingCodePipeline;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.usecase.Within;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** A handler as Lambda runs it, wired to a sandbox, with everything that it lets out. */
final class DeployedFunction {

    private final RecordingCodePipeline pipeline = new RecordingCodePipeline();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answered = new ByteArrayOutputStream();
    private final RequestStreamHandler handler;

    DeployedFunction(
            Function<Supplier<Hooks>, RequestStreamHandler> handler,
            Map<String, String> environment,
            SandboxFleets sandbox) {
        Wiring wiring = new Wiring(
                environment,
                new Wiring.World(
                        () -> new SandboxClients(sandbox.sandbox(), () -> pipeline),
                        sandbox.clock(),
                        new RecordingPause(),
                        new PrintStream(log, true, StandardCharsets.UTF_8),
                        preview -> (fleet, test) -> new Probe.NoAnswer("nobody is there"),
                        (to, answer) -> {
                            throw new AssertionError("no stack has asked anything");
                        },
                        Within.ownThreads()));
        this.handler = handler.apply(() -> wiring);
    }

    void call(byte[] event) throws IOException {
        handler.handleRequest(new ByteArrayInputStream(event), answered, new OneMinute());
    }

    RecordingCodePipeline pipeline() {
        return pipeline;
    }

    /** How often any pipeline job was answered. */
    int answers() {
        return pipeline.successes().size() + pipeline.failures().size();
    }

    /** Everything that left the function as text: its log, its answer, what it told the pipeline. */
    String everythingSaid() {
        return log.toString(StandardCharsets.UTF_8)
                + answered.toString(StandardCharsets.UTF_8)
                + pipeline.successes()
                + pipeline.failures();
    }

    /** An invocation with a minute left. */
    private static final class OneMinute implements Context {
        @Override
        public String getAwsRequestId() {
            return "request";
        }

        @Override
        public String getLogGroupName() {
            return "/aws/lambda/greenlight";
        }

        @Override
        public String getLogStreamName() {
            return "stream";
        }

        @Override
        public String getFunctionName() {
            return "greenlight";
        }

        @Override
        public String getFunctionVersion() {
            return "$LATEST";
        }

        @Override
        public String getInvokedFunctionArn() {
            return "arn:aws:lambda:ap-northeast-2:123456789012:function:greenlight";
        }

        @Override
        public CognitoIdentity getIdentity() {
            throw new UnsupportedOperationException("handlers do not ask who called");
        }

        @Override
        public ClientContext getClientContext() {
            throw new UnsupportedOperationException("handlers do not ask who called");
        }

        @Override
        public int getRemainingTimeInMillis() {
            return 60_000;
        }

        @Override
        public int getMemoryLimitInMB() {
            return 512;
        }

        @Override
        public LambdaLogger getLogger() {
            throw new UnsupportedOperationException("nothing is logged past the journal");
        }
    }
}
