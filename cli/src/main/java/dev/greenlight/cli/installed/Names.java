package dev.greenlight.cli.installed;

import dev.greenlight.sandbox.world.Account;

/** What an installation calls its things. */
final class Names {

    private Names() {}

    static String schedules(String service) {
        return "greenlight-" + service;
    }

    static String role(Account account, String name) {
        return "arn:aws:iam::%s:role/%s".formatted(account.id(), name);
    }

    static String bucket(String service) {
        return service + "-revisions";
    }
}
