package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.greenlight.sandbox.codepipeline.ActionRun;
import dev.greenlight.sandbox.codepipeline.FakeCredentials;
import dev.greenlight.sandbox.lambda.Invocation;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What must be true of every story, however it went: rules 6 and 9 of docs/rules.md. */
final class AfterCheck {

    private static final List<String> SECRETS =
            List.of(FakeCredentials.ACCESS_KEY_ID, FakeCredentials.SECRET_ACCESS_KEY, FakeCredentials.SESSION_TOKEN);

    private AfterCheck() {}

    static void of(Festival festival, DynamoDbClient dynamoDb) {
        everyJobWasAnswered(festival);
        noSecretLeft(festival, dynamoDb);
    }

    private static void everyJobWasAnswered(Festival festival) {
        assertThat(runs(festival).map(ActionRun::message))
                .as("jobs that ended by silence")
                .noneMatch(message -> message.contains("failed to return a result"))
                .noneMatch(message -> message.contains("did not complete within"));
    }

    private static void noSecretLeft(Festival festival, DynamoDbClient dynamoDb) {
        List<Invocation> invocations = festival.sandbox.lambda().invocations();
        Stream<String> logged = Stream.concat(
                festival.service.journal().lines().stream(),
                invocations.stream().flatMap(invocation -> invocation.log().stream()));
        Stream<String> answered = Stream.concat(
                invocations.stream().map(Invocation::text),
                runs(festival).flatMap(run -> Stream.of(run.message(), run.summary(), run.externalExecutionId())));
        Stream<String> stored =
                dynamoDb.scanPaginator(request -> request.tableName(festival.service.table())).items().stream()
                        .map(Object::toString);
        List<String> told =
                Stream.of(logged, answered, stored).flatMap(texts -> texts).toList();
        assertThat(told)
                .as("credentials of a job")
                .noneMatch(text -> SECRETS.stream().anyMatch(text::contains));
    }

    private static Stream<ActionRun> runs(Festival festival) {
        return festival.service.pipeline().executions().stream().flatMap(execution -> execution.actions().stream());
    }
}
