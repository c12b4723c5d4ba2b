package dev.greenlight.sandbox.paper;

import dev.greenlight.sandbox.cloudformation.Paper;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.world.Account;
import java.util.Optional;

/** The ids of {@link Paper}, and what the functions that answer for custom resources would say. */
final class PaperIds implements Physical {

    private static final String FIRST = "1";

    private final Account account;
    private final Paper paper;

    PaperIds(Account account, String stack) {
        this.account = account;
        this.paper = new Paper(account, stack, "on paper");
    }

    @Override
    public Optional<String> ref(Resource resource) {
        return resource.type().equals("Custom::GreenlightTrafficRule")
                ? Optional.of(account.arn(
                        "elasticloadbalancing",
                        "listener-rule/app/front/0123456789abcdef/fedcba9876543210/0a1b2c3d4e5f6071"))
                : paper.ref(resource);
    }

    /** Versions are first ones. */
    @Override
    public Optional<String> attribute(Resource resource, String attribute) {
        return paper.attribute(resource, attribute).or(() -> Optional.of(FIRST));
    }

    @Override
    public Optional<String> secret(String id) {
        return paper.secret(id);
    }
}
