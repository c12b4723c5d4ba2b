package dev.greenlight.config;

import dev.greenlight.domain.fleet.Fleet;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.rollout.Pace;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.traffic.ClosedAnswer;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads a function's environment variables into {@link Settings}; every fault is found in one go.
 *
 * <p>Durations are ISO-8601 ({@code PT15M}). Lambda takes 4 KB of variables in all ("Lambda quotas").
 */
public final class Environment {

    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9-]{1,40}");
    private static final Pattern RULE =
            Pattern.compile("arn:[a-z-]+:elasticloadbalancing:[^:]+:\\d{12}:listener-rule/app/.+");
    private static final Pattern LOAD_BALANCER =
            Pattern.compile("(arn:[a-z-]+:elasticloadbalancing:[^:]+:\\d{12}:loadbalancer/)?app/[^/]+/[^/]+");
    private static final Pattern TARGET_GROUP =
            Pattern.compile("arn:[a-z-]+:elasticloadbalancing:[^:]+:\\d{12}:targetgroup/[^/]+/[^/]+");
    private static final Pattern ROLE = Pattern.compile("arn:[a-z-]+:iam::\\d{12}:role/.+");
    private static final Pattern FUNCTION = Pattern.compile("arn:[a-z-]+:lambda:[^:]+:\\d{12}:function:.+");

    private static final String SELF = "GREENLIGHT_SELF";
    private static final List<String> GROUPS = List.of(
            "GREENLIGHT_A_ASG",
            "GREENLIGHT_A_DEPLOYMENT_GROUP",
            "GREENLIGHT_B_ASG",
            "GREENLIGHT_B_DEPLOYMENT_GROUP",
            "GREENLIGHT_APPLICATION");

    private static final String SHADOW_RULE = "GREENLIGHT_SHADOW_RULE";

    private static final String LAUNCH_TEMPLATE = "LAUNCH_TEMPLATE";
    private static final String LAUNCH_VERSION = "LAUNCH_VERSION";
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");

    private static final String PREVIEW = "GREENLIGHT_PREVIEW_";
    private static final Pattern SECRET = Pattern.compile("[!-~]+");
    private static final Map<String, Pattern> PREVIEW_PARTS = Map.of(
            "URL", Pattern.compile(".+"),
            "HOST", Pattern.compile("[A-Za-z0-9.-]+"),
            "HEADER", Pattern.compile("[A-Za-z0-9-]{1,40}"),
            "SECRET_A", SECRET,
            "SECRET_B", SECRET);

    /** CodePipeline ends a Lambda action after 24 hours ("Quotas in CodePipeline"); an hour is kept for its own calls. */
    private static final Duration LONGEST_ACTION = Duration.ofHours(23);

    /** PrepareGreen waits for its end, and for green's first instance after it, in one action of a pipeline. */
    private static final Duration LONGEST_COOLDOWN = Duration.ofHours(12);

    /** What a deregistration delay may be at most ("Edit target group attributes for your Application Load Balancer"). */
    private static final Duration LONGEST_DRAIN = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofDays(30);

    private final Variables variables;
    private final ConfiguredChecks checks;

    private Environment(Map<String, String> variables) {
        this.variables = new Variables(variables);
        this.checks = new ConfiguredChecks(this.variables);
    }

    /**
     * Reads the settings.
     *
     * @param variables {@code System.getenv()}
     * @throws ConfigurationFault listing each variable that is wrong, missing or unknown
     */
    public static Settings read(Map<String, String> variables) {
        return new Environment(variables).settings();
    }

    private Settings settings() {
        Terms terms = terms();
        String region = variables.required("AWS_REGION");
        String rule = variables.required("GREENLIGHT_RULE", RULE, "the ARN of a listener rule");
        Optional<String> audienceRule = audienceRule();
        Optional<String> shadowRule = shadowRule(terms);
        String loadBalancer =
                variables.required("GREENLIGHT_LOAD_BALANCER", LOAD_BALANCER, "an Application Load Balancer's ARN");
        boolean installs = installs();
        Fleet a = fleet(FleetName.A, installs);
        Fleet b = fleet(FleetName.B, installs);
        different(a, b);
        String application = group("GREENLIGHT_APPLICATION", installs);
        String table = variables.required("GREENLIGHT_TABLE");
        Settings.Schedules schedules = schedules();
        Optional<Settings.ByZone> byZone = byZone(terms);
        ClosedAnswer closed = closed();
        Optional<Settings.Preview> preview = preview();
        return variables.result(() -> new Settings(
                region,
                rule,
                audienceRule,
                shadowRule,
                loadBalancer,
                a,
                b,
                application,
                table,
                schedules,
                byZone,
                closed,
                preview,
                terms));
    }

    private Optional<Settings.ByZone> byZone(Terms terms) {
        if (!(terms.strategy() instanceof Strategy.Rolling)) {
            return Optional.empty();
        }
        return Optional.of(new Settings.ByZone(
                variables.required(ConfiguredRolling.FORWARD), variables.required(ConfiguredRolling.BACK)));
    }

    /** It is told as long as it stands: whatever moves traffic moves both rules. */
    private Optional<String> audienceRule() {
        Optional<String> rule = variables.text(ConfiguredTrial.AUDIENCE_RULE);
        if (rule.filter(arn -> !RULE.matcher(arn).matches()).isPresent()) {
            variables.fault(ConfiguredTrial.AUDIENCE_RULE, "not the ARN of a listener rule");
        }
        return rule;
    }

    /** It is told as long as instances copy: a rollout that began with another strategy still has to close it. */
    private Optional<String> shadowRule(Terms terms) {
        Optional<String> rule = variables.text(SHADOW_RULE);
        if (rule.filter(arn -> !RULE.matcher(arn).matches()).isPresent()) {
            variables.fault(SHADOW_RULE, "not the ARN of a listener rule");
        }
        if (rule.isEmpty() && terms.strategy().shadow().isPresent()) {
            variables.fault(SHADOW_RULE, "missing: the strategy shadow needs it");
        }
        return rule;
    }

    /** CodeDeploy's own hooks come from ECS and Lambda services, which have no groups: who answers them needs to name none. */
    private boolean installs() {
        return variables.text(SELF).isEmpty()
                || GROUPS.stream().anyMatch(name -> variables.text(name).isPresent());
    }

    private String group(String name, boolean needed) {
        return needed ? variables.required(name) : "";
    }

    private Fleet fleet(FleetName name, boolean installs) {
        String prefix = "GREENLIGHT_" + name + "_";
        return new Fleet(
                name,
                group(prefix + "ASG", installs),
                variables.required(prefix + "TARGET_GROUP", TARGET_GROUP, "the ARN of a target group"),
                group(prefix + "DEPLOYMENT_GROUP", installs),
                newest(prefix));
    }

    private Optional<LaunchSource.Template> newest(String prefix) {
        Optional<String> template = variables.text(prefix + LAUNCH_TEMPLATE);
        Optional<String> version = variables.text(prefix + LAUNCH_VERSION);
        if (template.isPresent() != version.isPresent()) {
            variables.fault(prefix + LAUNCH_VERSION, "a template and its version go together");
        }
        if (version.filter(number -> !VERSION.matcher(number).matches()).isPresent()) {
            variables.fault(prefix + LAUNCH_VERSION, "not a version's number");
        }
        return template.flatMap(id -> version.map(number -> new LaunchSource.Template(id, number)));
    }

    private void different(Fleet a, Fleet b) {
        differ("ASG", a.autoScalingGroup(), b.autoScalingGroup());
        differ("TARGET_GROUP", a.targetGroup(), b.targetGroup());
        differ("DEPLOYMENT_GROUP", a.deploymentGroup(), b.deploymentGroup());
    }

    private void differ(String what, String a, String b) {
        if (!a.isEmpty() && a.equals(b)) {
            variables.fault("GREENLIGHT_B_" + what, "the same as fleet A's");
        }
    }

    private Settings.Schedules schedules() {
        return new Settings.Schedules(
                variables.required("GREENLIGHT_SCHEDULE_GROUP"),
                variables.required("GREENLIGHT_SCHEDULE_ROLE", ROLE, "the ARN of a role"),
                variables.required("GREENLIGHT_RETIRE_FUNCTION", FUNCTION, "the ARN of a function"),
                variables.text(SELF));
    }

    private Optional<Settings.Preview> preview() {
        Map<String, Optional<String>> parts = new TreeMap<>();
        PREVIEW_PARTS.keySet().forEach(part -> parts.put(part, variables.text(PREVIEW + part)));
        boolean given = parts.values().stream().anyMatch(Optional::isPresent);
        if (!given && !checks.smokes()) {
            return Optional.empty();
        }
        parts.forEach((part, text) -> {
            if (text.isEmpty()) {
                variables.fault(PREVIEW + part, "missing: a preview needs all of " + PREVIEW + "*");
            } else if (!PREVIEW_PARTS.get(part).matcher(text.get()).matches()) {
                // It stands in a request's head: a line break there would begin another header.
                variables.fault(PREVIEW + part, "holds a character that it may not");
            }
        });
        Optional<String> secretA = parts.get("SECRET_A");
        if (secretA.isPresent() && secretA.equals(parts.get("SECRET_B"))) {
            variables.fault(PREVIEW + "SECRET_B", "the same as fleet A's");
        }
        return parts.get("URL")
                .flatMap(this::url)
                .map(url -> new Settings.Preview(
                        url,
                        text(parts, "HOST"),
                        text(parts, "HEADER"),
                        text(parts, "SECRET_A"),
                        text(parts, "SECRET_B")));
    }

    private ClosedAnswer closed() {
        String type = variables.text(ConfiguredStrategy.CLOSED_TYPE).orElse(ClosedAnswer.USUAL.contentType());
        String body = variables.text(ConfiguredStrategy.CLOSED).orElse(ClosedAnswer.USUAL.body());
        try {
            return new ClosedAnswer(type, body);
        } catch (IllegalArgumentException wrong) {
            variables.fault(ConfiguredStrategy.CLOSED, wrong.getMessage());
            return ClosedAnswer.USUAL;
        }
    }

    private static String text(Map<String, Optional<String>> parts, String part) {
        return parts.get(part).orElse("");
    }

    private Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getUserInfo() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // Told below, like any other text that is no web address.
        }
        variables.fault(PREVIEW + "URL", "not an address such as https://name.elb.amazonaws.com");
        return Optional.empty();
    }

    private Terms terms() {
        String service = variables.required("GREENLIGHT_SERVICE", SERVICE, "up to 40 letters, digits and hyphens");
        Pace pace = pace();
        String whileWarm = variables.choice("GREENLIGHT_WHILE_BLUE_WARM", "replace", "refuse");
        String hookFleet = variables.choice("GREENLIGHT_HOOK_FLEET", "B", "A");
        return new Terms(
                service,
                new ConfiguredStrategy(variables).read(pace, LONGEST_ACTION),
                pace,
                variables.number("GREENLIGHT_FIRST_SIZE", 2, 1, 1_000),
                whileWarm.equals("replace"),
                time("COOLDOWN", Duration.ZERO, LONGEST_COOLDOWN),
                time("DRAIN", Duration.ofMinutes(5), LONGEST_DRAIN),
                checks.before(),
                checks.under(),
                checks.alarms(),
                hookFleet.equals("A") ? FleetName.A : FleetName.B);
    }

    private Pace pace() {
        Duration verifying = time("VERIFYING", Duration.ofMinutes(15), LONGEST_ACTION);
        Duration bake = time("BAKE", Duration.ofMinutes(5), LONGEST_ACTION);
        if (bake.plus(verifying).compareTo(LONGEST_ACTION) > 0) {
            variables.fault(
                    "GREENLIGHT_BAKE",
                    "with GREENLIGHT_VERIFYING it is longer than the 23 hours that a pipeline's action can wait");
        }
        return new Pace(
                time("PREPARING", Duration.ofMinutes(15), LONGEST_ACTION),
                time("INSTALLING", Duration.ofMinutes(30), LONGEST_ACTION),
                time("VALIDATING", Duration.ofMinutes(15), LONGEST_ACTION),
                time("APPROVAL", Duration.ofHours(24), LONGEST),
                time("SHIFTING", Duration.ofMinutes(10), LONGEST_ACTION),
                verifying,
                bake,
                variables.number("GREENLIGHT_STEADY_READS", 3, 1, 100),
                time("READ_SPACING", Duration.ofSeconds(10), LONGEST_ACTION),
                time("BLUE_LIFETIME", Duration.ofHours(8), LONGEST),
                time("ORPHANED", Duration.ofMinutes(25), LONGEST));
    }

    private Duration time(String name, Duration otherwise, Duration longest) {
        Duration read = variables.duration("GREENLIGHT_" + name, otherwise);
        if (read.compareTo(longest) > 0) {
            variables.fault("GREENLIGHT_" + name, "longer than " + longest);
            return otherwise;
        }
        return read;
    }
}
