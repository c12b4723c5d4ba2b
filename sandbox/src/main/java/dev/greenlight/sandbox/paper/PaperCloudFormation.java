package dev.greenlight.sandbox.paper;

import dev.greenlight.sandbox.cloudformation.Template;
import dev.greenlight.sandbox.fault.ServiceErrors;
import java.util.List;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksRequest;
import software.amazon.awssdk.services.cloudformation.model.DescribeStacksResponse;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateRequest;
import software.amazon.awssdk.services.cloudformation.model.GetTemplateResponse;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesRequest;
import software.amazon.awssdk.services.cloudformation.model.ListStackResourcesResponse;
import software.amazon.awssdk.services.cloudformation.model.Parameter;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResourceSummary;

/**
 * CloudFormation as it tells of the one stack: a template's letters beyond ASCII come back as question marks
 * (aws-cloudformation/cloudformation-coverage-roadmap#814 and #1220, open in 2026); resources come in pages of a hundred ("ListStackResources", API
 * reference).
 */
public final class PaperCloudFormation implements CloudFormationClient {

    private static final int PAGE = 100;

    private final PaperAccount paper;

    public PaperCloudFormation(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public DescribeStacksResponse describeStacks(DescribeStacksRequest request) {
        known(request.stackName());
        return DescribeStacksResponse.builder()
                .stacks(Stack.builder()
                        .stackName(paper.stack())
                        .stackId(paper.account().arn("cloudformation", "stack/" + paper.stack() + "/1"))
                        .stackStatus(paper.status())
                        .parameters(Template.read(paper.template()).parameters().keySet().stream()
                                .map(name -> Parameter.builder()
                                        .parameterKey(name)
                                        .parameterValue("value-of-" + name)
                                        .build())
                                .toList())
                        .build())
                .build();
    }

    @Override
    public GetTemplateResponse getTemplate(GetTemplateRequest request) {
        known(request.stackName());
        return GetTemplateResponse.builder()
                .templateBody(paper.template().replaceAll("[^\\x00-\\x7F]", "?"))
                .build();
    }

    @Override
    public ListStackResourcesResponse listStackResources(ListStackResourcesRequest request) {
        known(request.stackName());
        List<StackResourceSummary> all = paper.ids().entrySet().stream()
                .map(entry -> StackResourceSummary.builder()
                        .logicalResourceId(entry.getKey())
                        .physicalResourceId(entry.getValue())
                        .resourceStatus("CREATE_COMPLETE")
                        .build())
                .toList();
        int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
        int to = Math.min(all.size(), from + PAGE);
        return ListStackResourcesResponse.builder()
                .stackResourceSummaries(all.subList(from, to))
                .nextToken(to < all.size() ? String.valueOf(to) : null)
                .build();
    }

    private void known(String name) {
        if (!paper.stack().equals(name)) {
            throw ServiceErrors.of(
                    CloudFormationClient.class,
                    "ValidationError",
                    400,
                    "Stack with id %s does not exist".formatted(name));
        }
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
