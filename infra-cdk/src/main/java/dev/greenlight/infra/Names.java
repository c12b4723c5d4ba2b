package dev.greenlight.infra;

import software.amazon.awscdk.Stack;

/**
 * The names and ARNs of what has a name of its own. They follow from the service's name, so that things can name each other
 * before they exist.
 */
public final class Names {

    private final Stack stack;
    private final String service;

    public Names(Stack stack, String service) {
        this.stack = stack;
        this.service = service;
    }

    public String service() {
        return service;
    }

    /** {@code greenlight-checkout}: the pipeline, the CodeDeploy application, the schedule group. */
    public String root() {
        return "greenlight-" + service;
    }

    /** {@code greenlight-checkout-a}, with what comes after the service's name. */
    public String of(String what) {
        return root() + "-" + what;
    }

    /** The ARN of a thing of this account and region; {@code resource} is all that comes after the account. */
    public String arn(String awsService, String resource) {
        return "arn:%s:%s:%s:%s:%s"
                .formatted(stack.getPartition(), awsService, stack.getRegion(), stack.getAccount(), resource);
    }

    public String account() {
        return stack.getAccount();
    }

    public String region() {
        return stack.getRegion();
    }

    public String partition() {
        return stack.getPartition();
    }
}
