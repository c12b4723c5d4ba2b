package dev.greenlight.infra.proof;

import dev.greenlight.sandbox.iam.Ask;
import dev.greenlight.sandbox.iam.Role;
import dev.greenlight.sandbox.iam.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What is not an installation's own: things of another account, and other things of the same account. */
final class Foreign {

    private static final String OTHER_ACCOUNT = "999999999999";

    private Foreign() {}

    /** The services that a role is allowed anything of. */
    static Set<String> services(Stream<Role> roles) {
        Set<String> services = new TreeSet<>();
        roles.flatMap(role -> role.statements().stream())
                .flatMap(statement -> statement.actions().stream())
                .forEach(action -> services.add(action.substring(0, action.indexOf(':'))));
        return services;
    }

    /** The action on something of each of its resource types: in this account, and in another one. None for an action without one. */
    static List<Ask> asks(Judge.Action action, Installation installation) {
        List<Ask> asks = new ArrayList<>();
        for (String pattern : action.arns()) {
            for (String account : List.of(installation.account().id(), OTHER_ACCOUNT)) {
                String arn = pattern.replace("${Partition}", "aws")
                        .replace("${Region}", installation.account().region())
                        .replace("${Account}", account)
                        .replaceAll("\\$\\{\\w+}", "foreign0123456789");
                asks.add(Ask.of(action.name(), arn));
            }
        }
        return asks;
    }

    /** What a statement with a condition allows, asked for with another value of the condition's key, and without any. */
    static List<Ask> besides(Statement statement) {
        List<Ask> asks = new ArrayList<>();
        statement.parts().forEach(part -> {
            String resource = part.resources().getFirst().replace("*", "some0123456789");
            Ask ask = Ask.of(part.actions().getFirst(), resource);
            for (var condition : statement.conditions()) {
                asks.add(ask.with(condition.key(), "service#foreign.amazonaws.com"));
                if (!condition.operator().startsWith("ForAllValues")) {
                    asks.add(ask);
                }
            }
        });
        return asks;
    }
}
