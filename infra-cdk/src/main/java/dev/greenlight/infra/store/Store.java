package dev.greenlight.infra.store;

import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.dynamodb.CfnTable;
import software.constructs.Construct;

/**
 * The table of rollouts. DynamoDB encrypts it with a key of its own, so that no key of the account can stand between a
 * person and a rollback ("DynamoDB encryption at rest").
 */
public final class Store extends Construct {

    private final CfnTable table;

    public Store(Construct scope, String id) {
        super(scope, id);
        this.table = CfnTable.Builder.create(this, "Table")
                .attributeDefinitions(List.of(text("pk"), text("sk")))
                .keySchema(List.of(key("pk", "HASH"), key("sk", "RANGE")))
                .billingMode("PAY_PER_REQUEST")
                .timeToLiveSpecification(CfnTable.TimeToLiveSpecificationProperty.builder()
                        .attributeName("ttl")
                        .enabled(true)
                        .build())
                .pointInTimeRecoverySpecification(CfnTable.PointInTimeRecoverySpecificationProperty.builder()
                        .pointInTimeRecoveryEnabled(true)
                        .build())
                .build();
        table.applyRemovalPolicy(RemovalPolicy.RETAIN);
    }

    private static CfnTable.AttributeDefinitionProperty text(String name) {
        return CfnTable.AttributeDefinitionProperty.builder()
                .attributeName(name)
                .attributeType("S")
                .build();
    }

    private static CfnTable.KeySchemaProperty key(String name, String type) {
        return CfnTable.KeySchemaProperty.builder()
                .attributeName(name)
                .keyType(type)
                .build();
    }

    public String name() {
        return table.getRef();
    }

    public String arn() {
        return table.getAttrArn();
    }
}
