package dev.greenlight.cli.installed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.greenlight.config.ConfigurationFault;
import dev.greenlight.config.Environment;
import dev.greenlight.config.Settings;
import dev.greenlight.sandbox.cloudformation.Paper;
import dev.greenlight.sandbox.cloudformation.Physical;
import dev.greenlight.sandbox.cloudformation.Pseudo;
import dev.greenlight.sandbox.cloudformation.Resolver;
import dev.greenlight.sandbox.cloudformation.Resource;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.cloudformation.TemplateFault;
import dev.greenlight.sandbox.world.Account;
import dev.greenlight.sandbox.world.Mirror;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A template that Greenlight is installed from: what it says can be run, or it is refused with everything that cannot. */
public final class Blueprint {

    private static final String FUNCTION = "AWS::Lambda::Function";
    private static final String WARMUP = "DefaultInstanceWarmup";
    private static final String IMAGE = "ami-0123456789abcdef0";

    /** Read and checked once: stories install it thousands of times. */
    private static Blueprint festival;

    private final Template template;
    private final Account account;
    private final String stack;

    /** Read once: lives are drawn by the thousand. */
    private Settings settings;

    private JsonNode properties;

    private Blueprint(Template template, Account account, String stack) {
        this.template = template;
        this.account = account;
        this.stack = stack;
    }

    /** The festival example's, as it was synthesized. */
    public static synchronized Blueprint festival() {
        if (festival == null) {
            festival = of(Template.read(festivalText()), Account.example());
        }
        return festival;
    }

    /** The text of the festival example's template. */
    public static String festivalText() {
        try (InputStream text = Template.class.getResourceAsStream("festival.template.json")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the festival's template", e);
        }
    }

    /**
     * Takes a template.
     *
     * @throws TemplateFault listing everything in it that cannot be installed
     */
    public static Blueprint of(Template template, Account account) {
        Blueprint blueprint = new Blueprint(
                template,
                account,
                template.only("AWS::CodePipeline::Pipeline")
                        .properties()
                        .path("Name")
                        .asText());
        List<String> faults = blueprint.faults();
        if (!faults.isEmpty()) {
            throw new TemplateFault("the template cannot be installed:\n  " + String.join("\n  ", faults));
        }
        return blueprint;
    }

    /** The greatest size that it gives a fleet. */
    public int largestFleet() {
        return template.of("AWS::AutoScaling::AutoScalingGroup").stream()
                .mapToInt(group -> group.properties().path("MaxSize").asInt())
                .min()
                .orElseThrow();
    }

    /** How many percent of users' requests the proxy copies that its instances boot with; empty where none does. */
    public Optional<Integer> copies() {
        return template.of("AWS::EC2::LaunchTemplate").stream()
                .map(launches -> launches.properties()
                        .at("/LaunchTemplateData/UserData/Fn::Base64")
                        .asText(""))
                .flatMap(userData -> Mirror.installedBy(userData).stream())
                .map(Mirror::share)
                .findFirst();
    }

    /** What it tells the functions under a name, where that is a plain text; empty for the default. */
    public Optional<String> told(String variable) {
        return Optional.of(function(Functions.PREPARE_GREEN)
                        .properties()
                        .at("/Environment/Variables/" + variable)
                        .asText())
                .filter(text -> !text.isEmpty());
    }

    /** A template that differs in nothing that a rollout looks at: how long an instance is left to warm up. */
    public Template withWarmup(int seconds) {
        return template.edited("AWS::AutoScaling::AutoScalingGroup", group -> group.put(WARMUP, seconds))
                .edited("Custom::GreenlightLaunchVersion", version -> {
                    ((ObjectNode) version.path("Group")).put(WARMUP, seconds);
                    return version;
                });
    }

    Template template() {
        return template;
    }

    /** Where it is installed: its region is written into the template in places. */
    public Account account() {
        return account;
    }

    /** The name of its stack, which the pipeline has, too. */
    String stack() {
        return stack;
    }

    /** Names for what it leaves to CloudFormation; another salt gives other ones. */
    Physical paper(String salt) {
        return new Paper(account, stack, salt);
    }

    /** Values of the template's own parameters: the image is one that the sandbox does not look into. */
    Map<String, String> parameters() {
        Map<String, String> values = new HashMap<>();
        template.parameters().forEach((name, parameter) -> {
            if (parameter.path("Type").asText().contains("AWS::EC2::Image::Id")) {
                values.put(name, IMAGE);
            }
        });
        return values;
    }

    /** The resource of the function that the handler handles. */
    Resource function(Functions function) {
        return template.of(FUNCTION).stream()
                .filter(f -> f.properties().path("Handler").asText().equals(function.handler()))
                .findFirst()
                .orElseThrow(
                        () -> new TemplateFault("no function of the template has the handler " + function.handler()));
    }

    /** What its functions read of it, with names that CloudFormation might make up. */
    public synchronized Settings settings() {
        if (settings == null) {
            settings = settings(function(Functions.PREPARE_GREEN), resolver());
        }
        return settings;
    }

    /** The same with other variables. */
    public synchronized Settings settings(Map<String, String> overrides) {
        if (overrides.isEmpty()) {
            return settings();
        }
        if (properties == null) {
            properties = resolver().properties(function(Functions.PREPARE_GREEN));
        }
        return Environment.read(environment(properties, account.region(), overrides));
    }

    private Settings settings(Resource function, Resolver resolver) {
        return Environment.read(environment(resolver.properties(function), account.region(), Map.of()));
    }

    private Resolver resolver() {
        Map<String, String> values = Pseudo.parameters(account.id(), account.region(), stack, stack);
        values.putAll(parameters());
        return new Resolver(template, onPaper(), values);
    }

    private List<String> faults() {
        Resolver resolver = resolver();
        List<String> faults = new ArrayList<>();
        Set<String> callable = callable();
        for (Resource function : template.of(FUNCTION)) {
            faults.addAll(faults(function, resolver));
        }
        faults.addAll(new Callers(template, resolver, callable).faults());
        faults.addAll(pipelineFaults(resolver, callable));
        return faults;
    }

    private List<String> pipelineFaults(Resolver resolver, Set<String> callable) {
        JsonNode pipeline = resolver.properties(template.only("AWS::CodePipeline::Pipeline"));
        return new PipelineReader(pipeline, source -> null, callable).faults();
    }

    /** What a rule of a listener looks like: an environment is read by the form of its values. */
    private Physical onPaper() {
        Paper paper = new Paper(account, stack, "checked");
        String rule = account.arn("elasticloadbalancing", "listener-rule/app/checked/1/2/3");
        return new Physical() {
            @Override
            public Optional<String> ref(Resource resource) {
                return resource.custom() ? Optional.of(rule) : paper.ref(resource);
            }

            @Override
            public Optional<String> attribute(Resource resource, String attribute) {
                return resource.custom() ? Optional.of("1") : paper.attribute(resource, attribute);
            }

            @Override
            public Optional<String> secret(String id) {
                return paper.secret(id);
            }
        };
    }

    private Set<String> callable() {
        Set<String> names = new TreeSet<>();
        for (Resource function : template.of(FUNCTION)) {
            names.add(function.properties().path("FunctionName").asText());
        }
        for (Resource alias : template.of("AWS::Lambda::Alias")) {
            String function =
                    alias.properties().path("FunctionName").path("Ref").asText();
            template.find(function)
                    .map(f -> f.properties().path("FunctionName").asText() + ":"
                            + alias.properties().path("Name").asText())
                    .ifPresent(names::add);
        }
        return names;
    }

    private List<String> faults(Resource function, Resolver resolver) {
        String name = function.properties().path("FunctionName").asText();
        String handler = function.properties().path("Handler").asText();
        Optional<? extends Constructor<?>> constructor = Handlers.find(handler);
        if (constructor.isEmpty()) {
            return List.of("function %s: there is no handler %s".formatted(name, handler));
        }
        if (!Handlers.needsSettings(constructor.get())) {
            return List.of();
        }
        try {
            settings(function, resolver);
            return List.of();
        } catch (ConfigurationFault fault) {
            return List.of("function %s: %s".formatted(name, fault.getMessage()));
        }
    }

    /** A function's variables, with what Lambda adds by itself and what is told otherwise; a null takes one away. */
    static Map<String, String> environment(JsonNode properties, String region, Map<String, String> overrides) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_REGION", region);
        properties
                .path("Environment")
                .path("Variables")
                .properties()
                .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
        overrides.forEach((name, value) -> {
            if (value == null) {
                environment.remove(name);
            } else {
                environment.put(name, value);
            }
        });
        return environment;
    }
}
