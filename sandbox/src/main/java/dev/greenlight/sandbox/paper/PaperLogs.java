package dev.greenlight.sandbox.paper;

import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsRequest;
import software.amazon.awssdk.services.cloudwatchlogs.model.DescribeLogGroupsResponse;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogGroup;

/** CloudWatch Logs as it tells of groups. */
public final class PaperLogs implements CloudWatchLogsClient {

    private final PaperAccount paper;

    public PaperLogs(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public DescribeLogGroupsResponse describeLogGroups(DescribeLogGroupsRequest request) {
        return DescribeLogGroupsResponse.builder()
                .logGroups(paper.all("AWS::Logs::LogGroup").stream()
                        .filter(group -> group.id().startsWith(request.logGroupNamePrefix()))
                        .map(group ->
                                LogGroup.builder().logGroupName(group.id()).build())
                        .toList())
                .build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
