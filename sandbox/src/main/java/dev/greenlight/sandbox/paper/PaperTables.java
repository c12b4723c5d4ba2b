package dev.greenlight.sandbox.paper;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** DynamoDB as it tells of tables. */
public final class PaperTables implements DynamoDbClient {

    private final PaperAccount paper;

    public PaperTables(PaperAccount paper) {
        this.paper = paper;
    }

    @Override
    public DescribeTableResponse describeTable(DescribeTableRequest request) {
        PaperAccount.Item table = table(request.tableName());
        return DescribeTableResponse.builder()
                .table(t -> t.tableName(table.id())
                        .tableStatus(table.properties().path("TableStatus").asText("ACTIVE"))
                        .keySchema(table.properties()
                                .path("KeySchema")
                                .valueStream()
                                .map(key -> KeySchemaElement.builder()
                                        .attributeName(key.path("AttributeName").asText())
                                        .keyType(key.path("KeyType").asText())
                                        .build())
                                .toList()))
                .build();
    }

    @Override
    public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
        JsonNode expiry = table(request.tableName()).properties().path("TimeToLiveSpecification");
        boolean on = expiry.path("Enabled").asBoolean();
        return DescribeTimeToLiveResponse.builder()
                .timeToLiveDescription(t -> t.timeToLiveStatus(on ? "ENABLED" : "DISABLED")
                        .attributeName(on ? expiry.path("AttributeName").asText() : null))
                .build();
    }

    private PaperAccount.Item table(String name) {
        return paper.find("AWS::DynamoDB::Table", name)
                .orElseThrow(() -> Errors.gone(ResourceNotFoundException.builder(), "Table " + name));
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    /** Holds nothing. */
    @Override
    public void close() {}
}
