package dev.greenlight.sandbox.iam;

/** A rule whose id nobody knows yet, or nobody remembers. */
final class NewRule {

    private static final String SOME_ID = "0000000000000000";

    private NewRule() {}

    /** A rule's ARN is its listener's, with another kind and an id of its own behind. */
    static String on(String listenerArn) {
        return listenerArn.replace(":listener/", ":listener-rule/") + "/" + SOME_ID;
    }
}
