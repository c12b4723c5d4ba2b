package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.fault.Gate;
import dev.greenlight.sandbox.fault.ServiceErrors;
import dev.greenlight.sandbox.world.Account;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;

/**
 * The roles that the functions of a sandbox run under. What a function's role does not allow is refused as the service refuses it; a
 * function without a role may do everything. Whatever functions ask for is {@linkplain Recording recorded}.
 */
public final class Roles implements Gate {

    private final Asks asks;
    private final Account account;
    private final Map<String, Role> roles = new ConcurrentHashMap<>();
    private final Map<Asked, Judged> judged = new ConcurrentHashMap<>();
    private References references = References.none();

    private record Asked(String function, Ask ask) {}

    /** What was said to an ask, and how often it was asked. */
    private record Judged(boolean allowed, LongAdder calls) {}

    public Roles(Asks asks, Account account) {
        this.asks = asks;
        this.account = account;
    }

    /** From now on the function of that name may do what the role allows, and nothing else. */
    public void assume(String function, Role role) {
        roles.put(function, role);
        judged.replaceAll((asked, before) -> new Judged(allows(asked), before.calls()));
    }

    /** What functions asked for and ask for is recorded under these names, beside those that were given before. */
    public synchronized void recordAs(References names) {
        references = references.and(names);
    }

    /** Records what was asked for so far; without a template that the functions come from there is nothing to record. */
    public synchronized void record() {
        if (!references.installation().isEmpty()) {
            judged.forEach((asked, said) -> Recording.ofThisProcess()
                    .add(
                            asked.function(),
                            references.installation(),
                            named(asked),
                            said.calls().sumThenReset()));
        }
    }

    /** What no condition looks at, such as a rule's tags of one rollout, would make each ask another one. */
    private Ask named(Asked asked) {
        Role role = roles.get(asked.function());
        return references.named(asked.ask()).withOnly(role == null ? Set.of() : role.keys());
    }

    @Override
    public Optional<AwsServiceException> refusal(String caller, Class<?> client, SdkRequest request) {
        AwsServiceException refusal = null;
        for (Ask ask : asks.of(request)) {
            Judged said =
                    judged.computeIfAbsent(new Asked(caller, ask), asked -> new Judged(allows(asked), new LongAdder()));
            said.calls().increment();
            if (!said.allowed() && refusal == null) {
                refusal = refused(caller, client, ask);
            }
        }
        return Optional.ofNullable(refusal);
    }

    private boolean allows(Asked asked) {
        Role role = roles.get(asked.function());
        return role == null || role.allows(asked.ask());
    }

    private AwsServiceException refused(String caller, Class<?> client, Ask ask) {
        String message = "User: arn:aws:sts::%s:assumed-role/%s/%s is not authorized to perform: %s on resource: %s"
                        .formatted(account.id(), caller, caller, ask.action(), ask.resource())
                + " because no identity-based policy allows the " + ask.action() + " action";
        String service = client.getPackageName().replaceFirst(".*\\.", "");
        return switch (service) {
            case "ec2" ->
                ServiceErrors.of(
                        client,
                        "UnauthorizedOperation",
                        403,
                        "You are not authorized to perform this operation. " + message);
            case "autoscaling", "cloudwatch", "elasticloadbalancingv2" ->
                ServiceErrors.of(client, "AccessDenied", 403, message);
            case "scheduler" -> ServiceErrors.of(client, "AccessDeniedException", 403, message);
            default -> ServiceErrors.of(client, "AccessDeniedException", 400, message);
        };
    }
}
