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
        String told =
                "the stack is " + status + (stack.stackStatusReason() == null ? "" : ": " + stack.stackStatusReason());
        String closed = "no update of the installation is taken until this is mended";
        String events = "see its events for the first failure, mend it, ";
        // "Understand CloudFormation stack creation events", and "Continue rolling back an update", user guide.
        switch (status) {
            case "CREATE_COMPLETE", "UPDATE_COMPLETE", "IMPORT_COMPLETE" ->
                notebook.well(place, "the stack is " + status);
            case "UPDATE_ROLLBACK_COMPLETE", "IMPORT_ROLLBACK_COMPLETE" ->
                notebook.odd(
                        place,
                        told + ": the last deployment did not happen, and what stands is what stood before it",
                        Remedy.of(events + "and deploy again"));
            case "UPDATE_ROLLBACK_FAILED" ->
                notebook.missing(
                        place,
                        told + ": some of it is new and some of it old",
                        closed,
                        Remedy.of(events
                                + "then: aws cloudformation continue-update-rollback --stack-name %s; then deploy again"
                                        .formatted(place.id())));
            case "ROLLBACK_COMPLETE", "ROLLBACK_FAILED" ->
                notebook.missing(
                        place,
                        told + ": it was never whole, and can only be deleted",
                        "there is no installation",
                        Remedy.of(events
                                + "then: aws cloudformation delete-stack --stack-name %s; then deploy anew"
                                        .formatted(place.id())));
            case "CREATE_FAILED", "UPDATE_FAILED" ->
                notebook.missing(
                        place,
                        told + ": it was told to keep what it had made when it failed",
                        "what it had not yet made is not there",
                        Remedy.of(events + "and deploy again"));
            case "DELETE_FAILED" ->
                notebook.missing(
                        place,
                        told + ": some of it is deleted",
                        "there is no whole installation",
                        Remedy.of(events + "and delete it again: it takes no update any more"));
            default ->
                notebook.odd(
                        place,
                        told + ": what is said below may change while you read it",
                        Remedy.of("ask again when it is done"));
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
