package dev.greenlight.infra.hook;

import dev.greenlight.infra.Names;
import dev.greenlight.infra.permit.ExactRole;
import dev.greenlight.infra.permit.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.CfnAlias;
import software.amazon.awscdk.services.lambda.CfnEventInvokeConfig;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.constructs.Construct;

/**
 * One function: its role, its log, and what happens when it dies. It has no reserved concurrency, because a person's
 * rollback would be answered 429; the store's fence is the single writer.
 */
final class Hook extends Construct {

    private static final Duration TIMEOUT = Duration.minutes(2);
    private static final int MEMORY = 1_024;
    private static final int LOG_DAYS = 90;
    private static final int RETRIES = 2;

    private final Function function;

    /**
     * What makes a function.
     *
     * @param network where it stands, if it must reach an internal load balancer
     */
    record Props(
            HookName name,
            Names names,
            Code code,
            Map<String, String> environment,
            List<Permit> permits,
            Optional<CfnFunction.VpcConfigProperty> network) {}

    Hook(Construct scope, Props props) {
        super(scope, props.name().action());
        HookName name = props.name();
        String functionName = name.in(props.names());
        String logName = "/aws/lambda/" + functionName;
        CfnLogGroup log = CfnLogGroup.Builder.create(this, "Log")
                .logGroupName(logName)
                .retentionInDays(LOG_DAYS)
                .build();
        log.applyRemovalPolicy(RemovalPolicy.DESTROY);
        ExactRole role = new ExactRole(
                this,
                "Role",
                new ServicePrincipal("lambda.amazonaws.com"),
                withLog(props.permits(), props.names().arn("logs", "log-group:" + logName + ":*")));
        this.function = Function.Builder.create(this, "Function")
                .functionName(functionName)
                .runtime(Runtime.JAVA_25)
                .architecture(Architecture.ARM_64)
                .handler(name.handler())
                .code(props.code())
                .timeout(TIMEOUT)
                .memorySize(MEMORY)
                .role(role.frozen())
                .environment(props.environment())
                .build();
        function.getNode().addDependency(log);
        props.network().ifPresent(net -> cfn().setVpcConfig(net));
        if (name.hasAlias()) {
            publish();
        }
        if (name.startsFromSnapshot()) {
            startFromSnapshot();
        }
        if (name.takesJobs()) {
            failsTo(HookName.ANSWER_LOST_JOB.arn(props.names()));
        }
    }

    private static List<Permit> withLog(List<Permit> permits, String streams) {
        List<Permit> all = new ArrayList<>(permits);
        all.add(Permit.on(
                streams,
                "WriteLog",
                "its own log, whose streams Lambda names",
                "logs:CreateLogStream",
                "logs:PutLogEvents"));
        return all;
    }

    private CfnFunction cfn() {
        return (CfnFunction) function.getNode().getDefaultChild();
    }

    private void startFromSnapshot() {
        cfn().setSnapStart(CfnFunction.SnapStartProperty.builder()
                .applyOn("PublishedVersions")
                .build());
    }

    /** The alias always names the latest version. */
    private void publish() {
        CfnAlias.Builder.create(this, "Alias")
                .functionName(function.getFunctionName())
                .functionVersion(function.getCurrentVersion().getVersion())
                .name(HookName.ALIAS)
                .build();
    }

    /** A job's event carries live credentials: only a function may get it, never a queue or a topic. */
    private void failsTo(String destination) {
        CfnEventInvokeConfig.Builder.create(this, "WhenItDies")
                .functionName(function.getFunctionName())
                .qualifier("$LATEST")
                .maximumRetryAttempts(RETRIES)
                .destinationConfig(CfnEventInvokeConfig.DestinationConfigProperty.builder()
                        .onFailure(CfnEventInvokeConfig.OnFailureProperty.builder()
                                .destination(destination)
                                .build())
                        .build())
                .build();
    }

    /** The function's ARN as a reference, for what must come after it. */
    String arn() {
        return function.getFunctionArn();
    }
}
