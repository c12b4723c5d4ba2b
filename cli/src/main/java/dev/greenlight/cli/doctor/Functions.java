package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.config.ConfigurationFault;
import dev.greenlight.config.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/** The functions: there, as they were deployed, with settings that they can read, and with nothing that answers a person 429. */
final class Functions implements Subject {

    private static final String READ = "lambda:GetFunctionConfiguration";
    private static final String PREFIX = "GREENLIGHT_";

    private final LambdaClient lambda;
    private final Roles roles;
    private final Callability callability;

    Functions(AccountClients clients) {
        this.lambda = clients.lambda();
        this.roles = new Roles(clients.iam());
        this.callability = new Callability(clients.lambda(), clients.logs());
    }

    @Override
    public String name() {
        return "the functions and their roles";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        KnownArns known = KnownArns.of(stack);
        stack.parts("AWS::Lambda::Function").forEach(function -> look(function, stack, known, notebook));
    }

    private void look(Part function, DeployedStack stack, KnownArns known, Notebook notebook) {
        Hook hook = Hook.of(function);
        Place place = new Place("function", hook.action(), function.physicalId());
        Optional<GetFunctionConfigurationResponse> live = notebook.ask(
                place,
                READ,
                () -> lambda.getFunctionConfiguration(request -> request.functionName(function.physicalId())),
                () -> notebook.missing(
                        place,
                        "the function is gone",
                        hook.without(),
                        Remedy.of("change its description in the template and deploy: CloudFormation makes it anew only"
                                + " if the template changes")));
        if (live.isEmpty()) {
            return;
        }
        int before = notebook.size();
        code(place, hook, function, live.get(), notebook);
        settings(place, hook, function, live.get(), notebook);
        callability.look(place, hook, function, stack, notebook);
        if (notebook.size() == before) {
            notebook.well(
                    place,
                    "as deployed: %s, %d s, %s"
                            .formatted(
                                    live.get().runtimeAsString(),
                                    live.get().timeout(),
                                    DeployedStack.variables(function).isEmpty()
                                            ? "no settings of its own"
                                            : "its settings can be read, all of them"));
        }
        roles.look(
                place, hook.without(), stack, function.text("Role"), live.get().role(), known, notebook);
    }

    private static void code(
            Place place, Hook hook, Part function, GetFunctionConfigurationResponse live, Notebook notebook) {
        Map<String, String> differs = new HashMap<>();
        differ(differs, "runtime", function.text("Runtime"), live.runtimeAsString());
        differ(differs, "handler", function.text("Handler"), live.handler());
        differ(differs, "time limit", function.text("Timeout"), String.valueOf(live.timeout()));
        differ(differs, "memory", function.text("MemorySize"), String.valueOf(live.memorySize()));
        if (!differs.isEmpty()) {
            notebook.missing(
                    place,
                    "not as deployed: " + differs.values().stream().sorted().collect(Collectors.joining("; ")),
                    hook.without(),
                    Remedy.of("put it back by hand: a deployment of an unchanged template changes nothing"));
        }
        if ("Failed".equals(live.stateAsString()) || "Failed".equals(live.lastUpdateStatusAsString())) {
            notebook.missing(
                    place,
                    "Lambda cannot run it: "
                            + Optional.ofNullable(live.stateReason())
                                    .or(() -> Optional.ofNullable(live.lastUpdateStatusReason()))
                                    .orElse("no reason is given"),
                    hook.without(),
                    Remedy.of("mend what the reason names, then deploy"));
        }
    }

    private static void differ(Map<String, String> differs, String what, String wanted, String live) {
        if (!wanted.isEmpty() && !wanted.equals(live)) {
            differs.put(what, "%s %s, deployed as %s".formatted(what, live, wanted));
        }
    }

    private static void settings(
            Place place, Hook hook, Part function, GetFunctionConfigurationResponse live, Notebook notebook) {
        Map<String, JsonNode> wanted = DeployedStack.variables(function);
        if (wanted.isEmpty()) {
            return;
        }
        Map<String, String> variables =
                live.environment() == null ? Map.of() : live.environment().variables();
        fault(variables, region(place.id(), live))
                .ifPresent(fault -> notebook.missing(
                        place,
                        fault,
                        hook.without(),
                        Remedy.of(
                                "put back what is wrong: aws lambda update-function-configuration --function-name %s --environment …"
                                        .formatted(place.id()))));
        List<String> changed = new ArrayList<>();
        wanted.forEach((variable, value) ->
                changed(variable, value.asText(), variables).ifPresent(changed::add));
        if (!changed.isEmpty()) {
            notebook.odd(
                    place,
                    "settings were changed by hand: " + String.join("; ", changed),
                    Remedy.of(
                            "say it in greenlight.yaml, or put it back: a stack update that touches the function undoes it"));
        }
    }

    /** The function's own reader says what is wrong; it never says a secret. */
    private static Optional<String> fault(Map<String, String> variables, String region) {
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("AWS_REGION", region);
        try {
            Environment.read(environment);
            return Optional.empty();
        } catch (ConfigurationFault e) {
            return Optional.of(e.getMessage());
        }
    }

    private static String region(String function, GetFunctionConfigurationResponse live) {
        String[] arn = String.valueOf(live.functionArn()).split(":");
        return arn.length > 3 ? arn[3] : function;
    }

    private static Optional<String> changed(String variable, String wanted, Map<String, String> live) {
        String value = live.get(variable);
        if (wanted.contains(LivePhysical.UNKNOWN) || wanted.equals(value) || !variable.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return Optional.of(
                value == null
                        ? "%s is not set, deployed as %s".formatted(variable, wanted)
                        : "%s is %s, deployed as %s".formatted(variable, value, wanted));
    }
}
