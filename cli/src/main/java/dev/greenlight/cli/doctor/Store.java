package dev.greenlight.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveDescription;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;

/** The table of rollouts, its keys, and the expiry of what is over. */
final class Store implements Subject {

    private static final String BREAKS = "no release can start, and what runs can only be taken back";

    private final DynamoDbClient dynamoDb;

    Store(AccountClients clients) {
        this.dynamoDb = clients.dynamoDb();
    }

    @Override
    public String name() {
        return "the table";
    }

    @Override
    public void look(DeployedStack stack, Notebook notebook) {
        for (Part table : stack.parts("AWS::DynamoDB::Table")) {
            Place place = new Place("table", "", table.physicalId());
            int before = notebook.size();
            notebook.ask(
                            place,
                            "dynamodb:DescribeTable",
                            () -> dynamoDb.describeTable(request -> request.tableName(table.physicalId()))
                                    .table(),
                            () -> notebook.missing(
                                    place,
                                    "the table is gone",
                                    BREAKS,
                                    Remedy.of(
                                            "restore it from a backup, or change its definition in the template and deploy:"
                                                    + " CloudFormation makes it anew only if the template changes")))
                    .ifPresent(live -> keys(place, table, live, notebook));
            notebook.ask(
                            place,
                            "dynamodb:DescribeTimeToLive",
                            () -> dynamoDb.describeTimeToLive(request -> request.tableName(table.physicalId()))
                                    .timeToLiveDescription(),
                            () -> {})
                    .ifPresent(live -> expiry(place, table, live, notebook));
            if (notebook.size() == before) {
                notebook.well(place, "keeps rollouts, and forgets those that are long over");
            }
        }
    }

    private static void keys(Place place, Part wanted, TableDescription live, Notebook notebook) {
        List<String> own = wanted.wanted()
                .path("KeySchema")
                .valueStream()
                .map(key -> key(key.path("AttributeName"), key.path("KeyType")))
                .toList();
        List<String> there = live.keySchema().stream()
                .map(key -> key.attributeName() + " " + key.keyTypeAsString())
                .toList();
        if (!own.equals(there)) {
            notebook.missing(
                    place,
                    "its keys are %s, deployed as %s".formatted(String.join(", ", there), String.join(", ", own)),
                    BREAKS,
                    Remedy.of(
                            "a table's keys cannot be changed: delete it while no rollout is open, and let the stack make it"));
        }
        if (!"ACTIVE".equals(live.tableStatusAsString())) {
            notebook.missing(
                    place, "it is " + live.tableStatusAsString(), BREAKS, Remedy.of("wait until it is ACTIVE"));
        }
    }

    private static String key(JsonNode name, JsonNode type) {
        return name.asText() + " " + type.asText();
    }

    private static void expiry(Place place, Part wanted, TimeToLiveDescription live, Notebook notebook) {
        String attribute = wanted.wanted()
                .path("TimeToLiveSpecification")
                .path("AttributeName")
                .asText("");
        boolean on = live.timeToLiveStatus() == TimeToLiveStatus.ENABLED
                || live.timeToLiveStatus() == TimeToLiveStatus.ENABLING;
        if (!on || !attribute.equals(live.attributeName())) {
            notebook.odd(
                    place,
                    "items do not expire: time to live is %s"
                            .formatted(List.of(
                                            String.valueOf(live.timeToLiveStatusAsString()),
                                            live.attributeName() == null ? "" : "on " + live.attributeName())
                                    .stream()
                                    .filter(word -> !word.isEmpty())
                                    .collect(Collectors.joining(" "))),
                    Remedy.of(("aws dynamodb update-time-to-live --table-name %s --time-to-live-specification"
                                    + " Enabled=true,AttributeName=%s")
                            .formatted(place.id(), attribute)));
        }
    }
}
