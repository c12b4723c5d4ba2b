package dev.greenlight.service;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads {@code greenlight.yaml}. What is wrong with it is told all at once, each fault with its line and column. */
public final class ConfigReader {

    /** Every instance that Auto Scaling launches has a deployment of its own, and so many of them are looked into in one call. */
    private static final int LARGEST_FLEET = 100;

    private static final Duration LONGEST_LIFETIME = Duration.ofDays(30);

    /** A pipeline's action waits for its end, and for green's first instance after it. */
    private static final Duration LONGEST_COOLDOWN = Duration.ofHours(12);

    private static final Pattern GRAVITON = Pattern.compile("[a-z]+\\d+g[a-z]*\\..+");
    private static final String IMAGES = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

    /** What a target group takes: "Edit target group attributes for your Application Load Balancer". */
    private static final Form<Duration> SLOW_START = Form.duration(Duration.ofSeconds(30), Duration.ofMinutes(15));

    private static final Form<String> HOST =
            Form.matching("(\\*\\.)?[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+", "a host name such as www.example.com");
    private static final Form<String> PATH = Form.matching("/[!-~]*", "a path such as /health");
    private static final Form<String> NAME = Form.matching("[ -~]{1,255}", "a name");

    /** Fleets and volumes have a Name of their own, and {@code aws:} is reserved ("Tag your Amazon EC2 resources"). */
    private static final Form<String> TAG_KEY = Form.matching(
            "(?i)(?!aws:)(?-i)(?!Name$)[\\w .:/=+@-]{1,128}",
            "a tag's key, up to 128 characters, not Name and not aws:…");

    private static final Form<String> TAG_VALUE =
            Form.matching("[\\w .:/=+@-]{0,256}", "a tag's value, up to 256 characters");

    /** A resource takes 50, some of them the stack's own. */
    private static final int MOST_TAGS = 40;

    private ConfigReader() {}

    /**
     * Reads a file.
     *
     * @throws ConfigFault with everything that is wrong with it
     * @throws IOException if it cannot be read at all
     */
    public static Config read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        return read(name, Yaml.text(name, file));
    }

    /**
     * Reads a text.
     *
     * @param file the name that faults begin with
     * @throws ConfigFault with everything that is wrong with it
     */
    public static Config read(String file, String text) {
        return read(new Faults(file), file, text);
    }

    /** Every key that the file may have, as far as this text shows its lists. */
    static Set<String> knownKeys(String text) {
        Faults faults = new Faults("text");
        read(faults, "text", text);
        return faults.asked();
    }

    private static Config read(Faults faults, String file, String text) {
        Section root = new Section(faults, Yaml.root(file, text));
        Config config = config(root);
        root.onlyKnown();
        faults.throwIfAny();
        return config;
    }

    private static Config config(Section root) {
        String service = root.required(
                "service",
                // Target groups' names end at 32 characters, and carry "gl-" before and "-a" or "-b" behind.
                Form.matching("(?=.{1,27}$)[a-z](-?[a-z0-9])*", "up to 27 small letters, digits and single hyphens"),
                "service");
        String region =
                root.required("region", Form.matching("[a-z]{2}(-[a-z]+)+-\\d", "a region such as ap-northeast-2"), "");
        Network network = network(root.section("network"), root);
        Config.Fleet fleet = fleet(root.section("fleet"));
        Config.Strategy strategy = StrategyReader.read(root.section("strategy"));
        Section approvals = root.section("approvals");
        Section asked = root.section("checks");
        Config.Checks checks = ChecksReader.read(asked, network.paths());
        StrategyReader.onlyWithTwoFleets(strategy, root, approvals, asked, checks);
        AudienceReader.check(root, network, strategy);
        MirrorReader.check(root, network, fleet, strategy, checks);
        return new Config(
                service,
                region,
                network,
                fleet,
                source(root.section("source"), root),
                strategy,
                checks,
                root.value("blueLifetime", Form.duration(Duration.ofMinutes(1), LONGEST_LIFETIME), Duration.ofHours(8)),
                root.value("whileBlueWarm", Form.word("replace", "refuse"), "replace")
                        .equals("replace"),
                root.value("cooldown", Form.duration(Duration.ZERO, LONGEST_COOLDOWN), Duration.ZERO),
                new Config.Approval(
                        approvals.value("beforeTraffic", Form.FLAG, false),
                        approvals.value(
                                "within",
                                Form.duration(Duration.ofMinutes(5), Duration.ofDays(7)),
                                Duration.ofHours(24))),
                root.section("notifications")
                        .list("emails", Form.matching("[^@\\s]+@[^@\\s]+\\.[^@\\s]+", "an e-mail address"), 10),
                root.texts("tags", TAG_KEY, TAG_VALUE, MOST_TAGS));
    }

    private static Network network(Section network, Section root) {
        if (!network.present()) {
            root.fault("network", "missing");
        }
        Section vpc = network.section("vpc");
        Section listener = network.section("listener");
        List<String> hosts = network.list("hosts", HOST, 3);
        List<String> paths = network.list("paths", PATH, 3);
        if (network.present() && hosts.isEmpty()) {
            network.fault("hosts", "at least one host name is needed");
        }
        // A preview rule has these conditions and its secret header, and a rule takes five values.
        if (hosts.size() + paths.size() > 4) {
            network.fault(
                    "paths", "hosts and paths together are more than 4, the most that a listener rule leaves room for");
        }
        if (listener.present() && !vpc.present()) {
            network.fault("listener", "an existing listener needs its vpc as well");
        }
        Optional<String> certificate =
                network.optional("certificate", arn("acm", "certificate/[a-z0-9-]+", "a certificate"));
        if (listener.present() && certificate.isPresent()) {
            network.fault("certificate", "the existing listener has its own");
        }
        Optional<Network.Vpc> place = vpc(vpc);
        boolean internal = network.value("internal", Form.FLAG, false);
        boolean open = !internal && !listener.present();
        if (open && place.filter(p -> p.publicSubnets().size() < 2).isPresent()) {
            vpc.fault("publicSubnets", "a new load balancer that is not internal needs at least two, in two zones");
        }
        Optional<Network.Listener> existing = listener(listener);
        return new Network(
                place,
                existing,
                internal,
                certificate,
                hosts,
                paths,
                network.value("priority", Form.number(1, 49_000), 100),
                network.value("previewSecrets", Form.number(1, 1_000_000), 1),
                network.value("removal", Form.word("refuse", "force"), "refuse").equals("force"));
    }

    private static Optional<Network.Vpc> vpc(Section vpc) {
        Form<String> subnet = Form.matching("subnet-[0-9a-f]{8,17}", "a subnet's id");
        String id = vpc.required("id", Form.matching("vpc-[0-9a-f]{8,17}", "a VPC's id"), "");
        List<String> publicSubnets = vpc.list("publicSubnets", subnet, 6);
        List<String> privateSubnets = vpc.list("privateSubnets", subnet, 6);
        if (vpc.present() && privateSubnets.size() < 2) {
            vpc.fault("privateSubnets", "at least two are needed, in two zones");
        }
        return vpc.present() ? Optional.of(new Network.Vpc(id, publicSubnets, privateSubnets)) : Optional.empty();
    }

    private static Optional<Network.Listener> listener(Section listener) {
        Network.Listener read = new Network.Listener(
                listener.required("arn", arn("elasticloadbalancing", "listener/app/.+", "an ALB's listener"), ""),
                listener.required("loadBalancer", arn("elasticloadbalancing", "loadbalancer/app/.+", "an ALB"), ""),
                listener.required("securityGroup", Form.matching("sg-[0-9a-f]{8,17}", "a security group's id"), ""),
                listener.required(
                        "address",
                        Form.matching(
                                "https?://[A-Za-z0-9.-]+(:\\d+)?", "an address such as https://name.elb.amazonaws.com"),
                        ""));
        return listener.present() ? Optional.of(read) : Optional.empty();
    }

    private static Form<String> arn(String service, String resource, String described) {
        return Form.matching("arn:[a-z-]+:" + service + ":[a-z0-9-]*:\\d{12}:" + resource, "the ARN of " + described);
    }

    private static Config.Fleet fleet(Section fleet) {
        String type = fleet.value(
                "instanceType",
                Form.matching("[a-z][a-z0-9-]*\\.[a-z0-9]+", "an instance type such as t4g.small"),
                "t4g.small");
        int maximum = fleet.value("maximum", Form.number(1, LARGEST_FLEET), 4);
        int first = fleet.value("firstSize", Form.number(1, LARGEST_FLEET), Math.min(2, maximum));
        if (first > maximum) {
            fleet.fault("firstSize", "larger than maximum, which is " + maximum);
        }
        return new Config.Fleet(
                type,
                fleet.value(
                        "image",
                        Form.matching("/[A-Za-z0-9_./-]+", "an SSM parameter's name that begins with /"),
                        IMAGES + (GRAVITON.matcher(type).matches() ? "arm64" : "x86_64")),
                fleet.value("diskGiB", Form.number(8, 1_000), 16),
                fleet.list("packages", Form.matching("[A-Za-z0-9][A-Za-z0-9+._-]*", "a package's name"), 50),
                maximum,
                first,
                fleet.value("targetCpu", Form.number(10, 90), 60),
                fleet.value("port", Form.number(1, 65_535), 8080),
                fleet.value("healthPath", PATH, "/health"),
                fleet.value("drain", Form.duration(Duration.ZERO, Duration.ofHours(1)), Duration.ofMinutes(5)),
                fleet.optional("slowStart", SLOW_START),
                MirrorReader.read(fleet),
                price(fleet));
    }

    private static Optional<Config.Price> price(Section fleet) {
        Optional<BigDecimal> perHour = fleet.optional("pricePerHour", Form.PRICE);
        Currency currency = fleet.value("currency", Form.CURRENCY, Currency.getInstance("USD"));
        if (fleet.has("currency") && !fleet.has("pricePerHour")) {
            fleet.fault("currency", "of which price? give pricePerHour as well");
        }
        return perHour.map(amount -> new Config.Price(amount, currency));
    }

    private static Source source(Section source, Section root) {
        Section gitHub = source.section("github");
        Section s3 = source.section("s3");
        if (!source.present()) {
            root.fault("source", "missing");
        } else if (gitHub.present() == s3.present()) {
            root.fault("source", "give one of github and s3");
        }
        Section control = gitHub.section("control");
        Optional<String> provider = control.optional(
                "provider", arn("iam", "oidc-provider/token.actions.githubusercontent.com", "GitHub's provider"));
        Source.GitHub fromGitHub = new Source.GitHub(
                gitHub.required(
                        "repository", Form.matching("[\\w.-]+/[\\w.-]+", "a repository such as owner/name"), ""),
                gitHub.value("branch", Form.matching("[\\w./-]{1,200}", "a branch's name"), "PROD"),
                gitHub.optional(
                        "connection",
                        arn("(codeconnections|codestar-connections)", "connection/[a-z0-9-]+", "a connection")),
                control.present() ? Optional.of(new Source.Control(provider)) : Optional.empty());
        Source.S3 fromS3 = new Source.S3(
                s3.required("bucket", Form.matching("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "a bucket's name"), ""),
                s3.required("key", NAME, ""));
        Section build = source.section("build");
        return new Source(
                s3.present() ? fromS3 : fromGitHub,
                new Source.Build(
                        build.value(
                                "image",
                                Form.matching("aws/codebuild/[\\w.:-]+", "an image of CodeBuild"),
                                "aws/codebuild/amazonlinux-aarch64-standard:3.0"),
                        build.value(
                                "buildspec",
                                Form.matching("[\\w./-]+\\.ya?ml", "the path of a YAML file"),
                                "buildspec.yml")),
                source.value("mode", Form.word("superseded", "queued"), "superseded")
                        .toUpperCase(java.util.Locale.ROOT));
    }
}
