package dev.greenlight.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads an A/B test's audience. Its bounds are those of a listener rule: "Condition types for listener rules" and "Quotas for your
 * Application Load Balancers".
 */
final class AudienceReader {

    private static final int MOST_VALUES = 3;
    private static final int MOST_OF_A_RULE = 5;
    private static final int MOST_WILDCARDS = 5;
    private static final int LONGEST = 128;

    /** A load balancer that drops invalid headers, as Greenlight's does, would drop any other before the rule sees it. */
    private static final Form<String> HEADER =
            Form.matching("[A-Za-z0-9-]{1,40}", "a header's name, up to 40 letters, digits and hyphens");

    private static final Form<String> COOKIE =
            Form.matching("[A-Za-z0-9_.-]{1,60}", "a cookie's name, up to 60 letters, digits and _ . -");
    private static final Form<String> KEY = Form.matching("[!-~]{1,128}", "a key in plain characters, up to 128");
    private static final Form<String> VALUE = Form.matching("[ -~]{1,128}", "plain characters, up to 128");

    /** What stands in a cookie's value can be neither a space nor what ends it (RFC 6265). */
    private static final Form<String> COOKIES_VALUE =
            Form.matching("[!-:<-~]{1,60}", "a cookie's value, up to 60 characters, no space and no semicolon");

    private static final Form<String> BLOCK = new Form<>("a CIDR block such as 203.0.113.0/24", Cidr::read);

    private static final String OWN = "x-greenlight-";

    private AudienceReader() {}

    /** Empty where the file names none. */
    static Optional<Audience> read(Section strategy) {
        Section audience = strategy.section("audience");
        List<Audience.Condition> conditions = new ArrayList<>();
        audience.lists("headers", HEADER, VALUE, MOST_VALUES).forEach((name, values) -> {
            if (name.equalsIgnoreCase("host") || name.toLowerCase(Locale.ROOT).startsWith(OWN)) {
                audience.fault("headers", name + " leads to a service or to one of its fleets, and to no audience");
            }
            conditions.add(new Audience.Condition(Audience.Field.HEADER, name, values));
        });
        audience.lists("cookies", COOKIE, COOKIES_VALUE, MOST_VALUES).forEach((name, values) -> {
            // Cookies come in one header, in any order: what stands before and behind is not known.
            List<String> parts = values.stream()
                    .map(value -> "*%s=%s*".formatted(name, value))
                    .toList();
            conditions.add(new Audience.Condition(Audience.Field.HEADER, "Cookie", parts));
        });
        audience.lists("queries", KEY, VALUE, MOST_VALUES)
                .forEach((key, values) -> conditions.add(new Audience.Condition(Audience.Field.QUERY, key, values)));
        List<String> addresses = audience.list("addresses", BLOCK, MOST_VALUES);
        if (!addresses.isEmpty()) {
            conditions.add(new Audience.Condition(Audience.Field.SOURCE, "", addresses));
        }
        if (audience.present() && conditions.isEmpty()) {
            strategy.fault("audience", "it is nobody's: give one of headers, cookies, queries and addresses");
        }
        return audience.present() ? Optional.of(new Audience(conditions)) : Optional.empty();
    }

    /** Its conditions share a rule with the service's own. */
    static void check(Section root, Network network, Config.Strategy strategy) {
        if (!(strategy.traffic() instanceof Config.Traffic.AbTest tried
                && tried.test().who() instanceof Audience audience)) {
            return;
        }
        List<String> values = Stream.of(
                        network.hosts().stream(),
                        network.paths().stream(),
                        audience.conditions().stream().flatMap(condition -> condition.values().stream()))
                .flatMap(part -> part)
                .toList();
        if (values.size() > MOST_OF_A_RULE) {
            fault(
                    root,
                    "with network.hosts and paths it has %d values, and a listener rule takes %d"
                            .formatted(values.size(), MOST_OF_A_RULE));
        }
        long wildcards = values.stream()
                .flatMapToInt(String::chars)
                .filter(c -> c == '*' || c == '?')
                .count();
        if (wildcards > MOST_WILDCARDS) {
            fault(
                    root,
                    "with network.hosts and paths it has %d wildcards, and a listener rule takes %d; each value of a cookie takes two"
                            .formatted(wildcards, MOST_WILDCARDS));
        }
        audience.conditions().stream()
                .map(Audience.Condition::values)
                .flatMap(List::stream)
                .filter(value -> value.length() > LONGEST)
                .forEach(value -> fault(root, "a cookie's name and value are too long together: " + Excerpt.of(value)));
    }

    private static void fault(Section root, String text) {
        root.section("strategy").fault("audience", text);
    }
}
