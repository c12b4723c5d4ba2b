package dev.greenlight.cli.doctor;

import dev.greenlight.sandbox.cloudformation.Pseudo;
import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.cloudformation.TemplateFault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;
import software.amazon.awssdk.services.cloudformation.model.TemplateStage;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** Finds out who asks and reads the stack; without either there is nothing to look at. */
final class StackReader {

    private final StsClient sts;
    private final CloudFormationClient cloudFormation;
    private final String region;

    StackReader(AccountClients clients, String region) {
        this.sts = clients.sts();
        this.cloudFormation = clients.cloudFormation();
        this.region = region;
    }

    /** @throws CannotLook when there are no credentials */
    Caller caller() {
        // Needs no permission ("GetCallerIdentity", API reference): a refusal is one of the credentials.
        GetCallerIdentityResponse identity = asked("sts:GetCallerIdentity", sts::getCallerIdentity);
        return new Caller(identity.account(), identity.arn());
    }

    /**
     * Reads the stack's template and ids.
     *
     * @param notebook takes what the stack's state says
     * @throws CannotLook when there is no such stack, or it may not be read
     */
    DeployedStack read(String name, Caller caller, Notebook notebook) {
        Stack stack = described(name, caller);
        Place place = new Place("stack", "", name);
        notebook.asked(
                "cloudformation:DescribeStacks", "cloudformation:GetTemplate", "cloudformation:ListStackResources");
        state(stack, place, notebook);
        String body = asked(
                        "cloudformation:GetTemplate",
                        () -> cloudFormation.getTemplate(
                                request -> request.stackName(name).templateStage(TemplateStage.ORIGINAL)))
                .templateBody();
        DeployedStack deployed =
                new DeployedStack(name, region, caller, template(name, body), parameters(stack, caller), ids(name));
        List<String> lost = deployed.neverMade();
        if (!lost.isEmpty()) {
            notebook.missing(
                    place,
                    "in the template, and never made: " + String.join(", ", lost),
                    "whatever needs them",
                    Remedy.of("see the stack's events for why, mend it, and deploy again"));
        }
        return deployed;
    }

    private Stack described(String name, Caller caller) {
        try {
            return cloudFormation
                    .describeStacks(request -> request.stackName(name))
                    .stacks()
                    .getFirst();
        } catch (AwsServiceException e) {
            Refusal refusal = Refusal.of(e);
            // There is no error of its own for it: a ValidationError whose message says so ("DescribeStacks", API
            // reference).
            if (refusal.words().contains("does not exist")) {
                throw new CannotLook(
                        "account %s has no stack %s in %s: give --stack, --region or --profile if it is called otherwise or stands elsewhere"
                                .formatted(caller.account(), name, region),
                        e);
            }
            throw cannot("cloudformation:DescribeStacks", refusal, e);
        } catch (SdkClientException e) {
            throw cannot("cloudformation:DescribeStacks", Refusal.of(e), e);
        }
    }

    private static void state(Stack stack, Place place, Notebook notebook) {
        String status = stack.stackStatusAsString();
        if (status.endsWith("_IN_PROGRESS")) {
            notebook.odd(
                    place,
                    "the stack is " + status + ": what is said below may change while you read it",
                    Remedy.of("ask again when it is done"));
        } else if (status.endsWith("_FAILED") || status.equals("ROLLBACK_COMPLETE")) {
            notebook.missing(
                    place,
                    "the stack is " + status
                            + (stack.stackStatusReason() == null ? "" : ": " + stack.stackStatusReason()),
                    "the installation is not whole, and the stack may refuse updates",
                    Remedy.of("see the stack's events for the first failure, mend it, and deploy again"));
        } else {
            notebook.well(place, "the stack is " + status);
        }
    }

    private static Template template(String name, String body) {
        try {
            return Template.read(body);
        } catch (TemplateFault e) {
            throw new CannotLook("stack %s has no template that can be read: %s".formatted(name, e.getMessage()), e);
        }
    }

    private Map<String, String> parameters(Stack stack, Caller caller) {
        Map<String, String> parameters = new HashMap<>(
                Pseudo.parameters(caller.account(), region, stack.stackName(), String.valueOf(stack.stackId())));
        parameters.put("AWS::Partition", caller.partition());
        for (Parameter parameter : stack.parameters()) {
            String value = parameter.resolvedValue() == null ? parameter.parameterValue() : parameter.resolvedValue();
            parameters.put(parameter.parameterKey(), value == null ? LivePhysical.UNKNOWN : value);
        }
        return parameters;
    }

    private Map<String, String> ids(String name) {
        return asked("cloudformation:ListStackResources", () -> {
            Map<String, String> ids = new TreeMap<>();
            for (StackResourceSummary resource : cloudFormation
                    .listStackResourcesPaginator(request -> request.stackName(name))
                    .stackResourceSummaries()) {
                boolean exists = resource.physicalResourceId() != null
                        && !resource.physicalResourceId().isEmpty()
                        && !"DELETE_COMPLETE".equals(resource.resourceStatusAsString());
                if (exists) {
                    ids.put(resource.logicalResourceId(), resource.physicalResourceId());
                }
            }
            return ids;
        });
    }

    private static <T> T asked(String permission, Supplier<T> question) {
        try {
            return question.get();
        } catch (AwsServiceException e) {
            throw cannot(permission, Refusal.of(e), e);
        } catch (SdkClientException e) {
            throw cannot(permission, Refusal.of(e), e);
        }
    }

    private static CannotLook cannot(String permission, Refusal refusal, Exception cause) {
        return new CannotLook(
                switch (refusal.kind()) {
                    case DENIED ->
                        "you may not %s, without which there is nothing to go by; add %s"
                                .formatted(permission, Policies.allow(List.of(permission)));
                    case CREDENTIALS ->
                        "no AWS credentials that work: sign in, set AWS_PROFILE or give --profile (%s)"
                                .formatted(firstSentence(refusal.words()));
                    case THROTTLED ->
                        "AWS was asked too often for %s: wait a minute, then ask again".formatted(permission);
                    case GONE, OTHER -> "%s was not answered: %s".formatted(permission, refusal.words());
                },
                cause);
    }

    /** The SDK lists every place where it looked, by the names of its classes. */
    private static String firstSentence(String words) {
        int end = words.indexOf(" from any of the providers");
        return end < 0 ? words : words.substring(0, end);
    }
}
