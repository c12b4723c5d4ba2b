package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.config.ConfigurationFault;
import dev.greenlight.config.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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
        Optional<GetFunctionConfigurationResponse> live = running(place, hook, function, stack, notebook);
        if (live.isEmpty()) {
            return;
        }
        int before = notebook.size();
        Shape.look(place, hook, function, live.get(), notebook);
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

    /** What runs: the version that its alias leads to where it is called by one, which changes of the function do not reach. */
    private Optional<GetFunctionConfigurationResponse> running(
            Place place, Hook hook, Part function, DeployedStack stack, Notebook notebook) {
        Optional<String> alias = stack.alias(function).map(part -> part.text("Name"));
        AtomicBoolean gone = new AtomicBoolean();
        Optional<GetFunctionConfigurationResponse> live = alias.flatMap(name -> notebook.ask(
                place,
                READ,
                () -> lambda.getFunctionConfiguration(
                        request -> request.functionName(place.id()).qualifier(name)),
                () -> gone.set(true)));
        // Without the alias, which is a finding of its own, there is still a function to look at.
        return alias.isPresent() && !gone.get()
                ? live
                : notebook.ask(
                        place,
                        READ,
                        () -> lambda.getFunctionConfiguration(request -> request.functionName(place.id())),
                        () -> notebook.missing(
                                place,
                                "the function is gone",
                                hook.without(),
                                Remedy.of(
                                        "change its description in the template and deploy: CloudFormation makes it anew only"
                                                + " if the template changes")));
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
        if (wanted.contains(LivePhysical.UNKNOWN) || Mangled.same(wanted, value) || !variable.startsWith(PREFIX)) {
            return Optional.empty();
        }
        return Optional.of(
                value == null
                        ? "%s is not set, deployed as %s".formatted(variable, wanted)
                        : "%s is %s, deployed as %s".formatted(variable, value, wanted));
    }
}
