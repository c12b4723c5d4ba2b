package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.cli.installed.InstalledService;
import dev.greenlight.sandbox.codepipeline.ActionRun;
import dev.greenlight.sandbox.codepipeline.FakeCredentials;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.lambda.Invocation;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What must be true of everything that a service's functions ever did, however it went: rules 6 and 9 of docs/rules.md. */
public final class LastLook {

    private static final List<String> SILENCE = List.of("failed to return a result", "did not complete within");
    private static final List<String> SECRETS =
            List.of(FakeCredentials.ACCESS_KEY_ID, FakeCredentials.SECRET_ACCESS_KEY, FakeCredentials.SESSION_TOKEN);

    private static final String LAST_TRY = " #3";

    private final InstalledService service;
    private final DynamoDbClient dynamoDb;
    private final Rulings rulings;

    private LastLook(InstalledService service, DynamoDbClient dynamoDb, Rulings rulings) {
        this.service = service;
        this.dynamoDb = dynamoDb;
        this.rulings = rulings;
    }

    /**
     * Looks at all that was answered, logged and stored.
     *
     * @param dynamoDb a client of the service's table, past all faults
     */
    public static Rulings at(InstalledService service, DynamoDbClient dynamoDb) {
        Rulings rulings = new Rulings();
        at(service, dynamoDb, rulings);
        return rulings;
    }

    static void at(InstalledService service, DynamoDbClient dynamoDb, Rulings rulings) {
        LastLook look = new LastLook(service, dynamoDb, rulings);
        look.everyJobWasAnswered();
        look.noSecretLeft();
    }

    private void holds(int rule, boolean kept, String what) {
        Instant now = service.sandbox().clock().instant();
        rulings.holds(rule, kept, now, () -> what, "everything was over");
    }

    private void everyJobWasAnswered() {
        runs().forEach(run -> holds(
                6,
                SILENCE.stream().noneMatch(run.message()::contains) || deaf(run),
                "a job ended by silence: " + run.message()));
    }

    /**
     * Whether CodePipeline itself refused the last function that answers a job, until its last try was over, which may have died instead: then
     * nobody can.
     */
    private boolean deaf(ActionRun run) {
        String function = service.name(Functions.ANSWER_LOST_JOB);
        List<Call> calls = service.sandbox().calls().all().stream()
                .filter(call -> call.invocation().startsWith(function + " "))
                .filter(call -> !call.at().isBefore(run.started()))
                .toList();
        boolean refused = calls.stream().anyMatch(LastLook::isRefused);
        return refused
                && calls.stream()
                        .filter(call -> call.invocation().endsWith(LAST_TRY))
                        .anyMatch(call -> isRefused(call) || call.outcome().equals(Call.CRASHED));
    }

    private static boolean isRefused(Call call) {
        return call.service().equals("codepipeline") && call.outcome().equals("ServiceUnavailable");
    }

    private void noSecretLeft() {
        List<Invocation> invocations = service.sandbox().lambda().invocations();
        Stream<String> logged = Stream.concat(
                service.journal().lines().stream(), invocations.stream().flatMap(run -> run.log().stream()));
        Stream<String> answered = Stream.concat(
                invocations.stream().map(Invocation::text),
                runs().flatMap(run -> Stream.of(run.message(), run.summary(), run.externalExecutionId())));
        Stream<String> stored = dynamoDb.scanPaginator(request -> request.tableName(service.table())).items().stream()
                .map(Object::toString);
        Stream.of(logged, answered, stored)
                .flatMap(texts -> texts)
                .forEach(text ->
                        holds(9, SECRETS.stream().noneMatch(text::contains), "a job's credentials were told: " + text));
    }

    private Stream<ActionRun> runs() {
        return service.pipeline().executions().stream().flatMap(execution -> execution.actions().stream());
    }
}
