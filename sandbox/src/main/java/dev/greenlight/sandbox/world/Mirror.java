package dev.greenlight.sandbox.world;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An nginx before the application on every instance, which sends a share of the requests to the load balancer a second time.
 *
 * @param share percentage of the requests that are copied
 * @param methods those whose requests are copied
 * @param header that marks a copy with a secret; a request that has it is never copied
 */
public record Mirror(int share, Set<String> methods, String header) {

    private static final Pattern SHARE = Pattern.compile("split_clients [^{]*\\{ (?:(\\d+)% 1; )?\\*");
    private static final Pattern METHODS = Pattern.compile("map \\$request_method [^{]*\\{ default 0; ([A-Z1; ]+)\\}");
    private static final Pattern HEADER = Pattern.compile("proxy_set_header (\\S+) \\$greenlight_secret;");
    private static final String ANY = "*";

    public Mirror {
        methods = Set.copyOf(methods);
    }

    /** What a first boot installs; empty where that is no such nginx. */
    public static Optional<Mirror> installedBy(String userData) {
        Matcher share = SHARE.matcher(userData);
        Matcher methods = METHODS.matcher(userData);
        Matcher header = HEADER.matcher(userData);
        if (!share.find() || !methods.find() || !header.find()) {
            return Optional.empty();
        }
        int percent = share.group(1) == null ? 100 : Integer.parseInt(share.group(1));
        return Optional.of(new Mirror(
                percent,
                Set.of(methods.group(1)
                        .strip()
                        .replace(";", "")
                        .replace(" 1", "")
                        .split(" ")),
                header.group(1)));
    }

    /** The copy of a request; empty where it is not to be copied. The secret is the one that the rule for copies asks for. */
    Optional<Request> copyOf(Request request, List<Rule> rules) {
        if (!methods.contains(request.method())
                || !request.header(header).isEmpty()
                || !request.header("X-Greenlight-Preview").isEmpty()) {
            return Optional.empty();
        }
        return rules.stream()
                .flatMap(rule -> rule.conditions().stream())
                .filter(condition -> condition instanceof Condition.Header asked
                        && asked.name().equals(header)
                        && !asked.values().contains(ANY))
                .map(condition -> request.with(header, condition.values().getFirst()))
                .findFirst();
    }
}
