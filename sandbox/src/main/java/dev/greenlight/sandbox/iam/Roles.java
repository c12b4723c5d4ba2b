package dev.greenlight.sandbox.iam;

import dev.greenlight.sandbox.fault.Gate;
import dev.greenlight.sandbox.fault.ServiceErrors;
import dev.greenlight.sandbox.world.Account;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final Map<Asked, Seen> seen = new ConcurrentHashMap<>();
    private volatile References references = References.none();

    private record Asked(String function, Ask ask) {}

    private record Seen(boolean allowed, LongAdder calls) {}

    public Roles(Asks asks, Account account) {
        this.asks = asks;
        this.account = account;
    }

    /** From now on the function of that name may do what the role allows, and nothing else. */
    public void assume(String function, Role role) {
        roles.put(function, role);
        seen.clear();
    }

    /** From now on what is asked for is recorded under these names. */
    public void recordAs(References names) {
        references = names;
        seen.clear();
    }

    @Override
    public Optional<AwsServiceException> refusal(String caller, Class<?> client, SdkRequest request) {
        AwsServiceException refusal = null;
        for (Ask ask : asks.of(request)) {
            Seen asked = seen.computeIfAbsent(new Asked(caller, ask), this::look);
            asked.calls().increment();
            if (!asked.allowed() && refusal == null) {
                refusal = refused(caller, client, ask);
            }
        }
        return Optional.ofNullable(refusal);
    }

    private Seen look(Asked asked) {
        Role role = roles.get(asked.function());
        boolean allowed = role == null || role.allows(asked.ask());
        return new Seen(
                allowed,
                Recording.ofThisProcess()
                        .calls(asked.function(), references.installation(), references.named(asked.ask())));
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

    /** The functions that run under a role. */
    public List<String> functions() {
        return roles.keySet().stream().sorted().toList();
    }
}
