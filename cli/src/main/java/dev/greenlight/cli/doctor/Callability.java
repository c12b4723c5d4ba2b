package dev.greenlight.cli.doctor;

import java.util.Optional;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.DestinationConfig;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;

/** What stands around a function so that it can be called, is answered for when it dies, and can be read about. */
final class Callability {

    private final LambdaClient lambda;
    private final CloudWatchLogsClient logs;

    Callability(LambdaClient lambda, CloudWatchLogsClient logs) {
        this.lambda = lambda;
        this.logs = logs;
    }

    void look(Place place, Hook hook, Part function, DeployedStack stack, Notebook notebook) {
        stack.alias(function).ifPresent(alias -> alias(place, hook, alias, notebook));
        stack.parts("AWS::Lambda::EventInvokeConfig").stream()
                .filter(config -> config.text("FunctionName").equals(function.physicalId()))
                .forEach(config -> destination(place, config, stack, notebook));
        concurrency(place, hook, notebook);
        log(place, stack, notebook);
    }

    private void alias(Place place, Hook hook, Part alias, Notebook notebook) {
        String name = alias.text("Name");
        Optional<GetAliasResponse> live = notebook.ask(
                place,
                "lambda:GetAlias",
                () -> lambda.getAlias(
                        request -> request.functionName(place.id()).name(name)),
                () -> notebook.missing(
                        place,
                        "the alias %s is gone, by which people, events and the Scheduler call it".formatted(name),
                        hook.without(),
                        Remedy.of("aws lambda create-alias --function-name %s --name %s --function-version %s"
                                .formatted(place.id(), name, alias.text("FunctionVersion")))));
        String wanted = alias.text("FunctionVersion");
        live.filter(a -> !wanted.contains(LivePhysical.UNKNOWN) && !wanted.equals(a.functionVersion()))
                .ifPresent(a -> notebook.odd(
                        place,
                        "the alias %s, by which it is called, names %s, deployed with version %s"
                                .formatted(
                                        name,
                                        a.functionVersion().matches("[0-9]+")
                                                ? "version " + a.functionVersion()
                                                : a.functionVersion() + ", which anybody's edit changes",
                                        wanted),
                        Remedy.of("aws lambda update-alias --function-name %s --name %s --function-version %s"
                                .formatted(place.id(), name, wanted))));
        live.filter(a -> a.routingConfig() != null
                        && !a.routingConfig().additionalVersionWeights().isEmpty())
                .ifPresent(a -> notebook.odd(
                        place,
                        "the alias %s splits calls between versions".formatted(name),
                        Remedy.of("aws lambda update-alias --function-name %s --name %s --routing-config {}"
                                .formatted(place.id(), name))));
    }

    private void destination(Place place, Part config, DeployedStack stack, Notebook notebook) {
        String wanted = config.wanted()
                .path("DestinationConfig")
                .path("OnFailure")
                .path("Destination")
                .asText();
        String whom = stack.hook(wanted).orElse(wanted);
        Runnable lost = () -> notebook.missing(
                place,
                "it has no failure destination; deployed with " + whom,
                "a job whose function died on every try waits until CodePipeline gives up",
                Remedy.of(("aws lambda put-function-event-invoke-config --function-name %s --maximum-retry-attempts 2"
                                + " --destination-config OnFailure={Destination=%s}")
                        .formatted(place.id(), wanted)));
        notebook.ask(
                        place,
                        "lambda:GetFunctionEventInvokeConfig",
                        () -> lambda.getFunctionEventInvokeConfig(
                                request -> request.functionName(place.id()).qualifier(config.text("Qualifier"))),
                        lost)
                .map(live -> Optional.ofNullable(live.destinationConfig())
                        .map(DestinationConfig::onFailure)
                        .map(onFailure -> String.valueOf(onFailure.destination()))
                        .orElse(""))
                .filter(destination -> !destination.equals(wanted))
                .ifPresent(destination -> {
                    if (destination.isEmpty()) {
                        lost.run();
                    } else {
                        // The record holds the job's credentials: whatever else gets it, gets them.
                        notebook.missing(
                                place,
                                "failed jobs, with their live credentials, go to %s instead of %s"
                                        .formatted(destination, whom),
                                "credentials leave the pipeline, and nobody answers the job",
                                Remedy.of(("aws lambda put-function-event-invoke-config --function-name %s"
                                                + " --maximum-retry-attempts 2 --destination-config"
                                                + " OnFailure={Destination=%s}")
                                        .formatted(place.id(), wanted)));
                    }
                });
    }

    private void concurrency(Place place, Hook hook, Notebook notebook) {
        notebook.ask(
                        place,
                        "lambda:GetFunctionConcurrency",
                        () -> lambda.getFunctionConcurrency(request -> request.functionName(place.id())),
                        () -> {})
                .filter(live -> live.reservedConcurrentExecutions() != null)
                .ifPresent(live -> notebook.missing(
                        place,
                        "its concurrency is reserved: %d at a time".formatted(live.reservedConcurrentExecutions()),
                        live.reservedConcurrentExecutions() == 0
                                ? hook.without()
                                : "a call beyond that is answered 429, a person's too",
                        Remedy.of("aws lambda delete-function-concurrency --function-name " + place.id())));
    }

    private void log(Place place, DeployedStack stack, Notebook notebook) {
        String name = "/aws/lambda/" + place.id();
        if (stack.parts("AWS::Logs::LogGroup").stream()
                .noneMatch(group -> group.text("LogGroupName").equals(name))) {
            return;
        }
        notebook.ask(
                        place,
                        "logs:DescribeLogGroups",
                        () -> logs.describeLogGroups(request -> request.logGroupNamePrefix(name)),
                        () -> {})
                .filter(live -> live.logGroups().stream()
                        .noneMatch(group -> group.logGroupName().equals(name)))
                .ifPresent(live -> notebook.odd(
                        place,
                        "its log group is gone, and its role may not make one: its decisions are told to nobody",
                        Remedy.of("aws logs create-log-group --log-group-name " + name)));
    }
}
