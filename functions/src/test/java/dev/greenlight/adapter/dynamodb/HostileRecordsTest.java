package dev.greenlight.adapter.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.greenlight.adapter.Aws;
import dev.greenlight.adapter.RecordingPause;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingProcess;
import dev.greenlight.domain.rollout.Cause;
import dev.greenlight.domain.rollout.Launches;
import dev.greenlight.domain.rollout.Ledger;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.Roles;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Sizing;
import dev.greenlight.domain.strategy.Step;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.RolloutStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/**
 * Rows that another version, or another hand, wrote: whatever stands there is read, or refused as a failed call, which a
 * person's rollback takes for silence of the store. Anything else would end the rollback. The seed is the record's name.
 */
class HostileRecordsTest {

    private static final RolloutId ROLLOUT = new RolloutId("r-1");
    private static final int DAMAGES = 3_000;

    private static final List<AttributeValue> ODD = List.of(
            AttributeValue.fromS(""),
            AttributeValue.fromS("no such thing"),
            AttributeValue.fromS("A"),
            AttributeValue.fromS("+1000000000-12-31T23:59:59Z"),
            AttributeValue.fromN("-1"),
            AttributeValue.fromN("1.5"),
            AttributeValue.fromN("9999999999"),
            AttributeValue.fromN("1E+30"),
            AttributeValue.fromN("99999999999999999999999999999999999999"),
            AttributeValue.fromBool(true),
            AttributeValue.fromNul(true),
            AttributeValue.fromSs(List.of("A", "B")),
            AttributeValue.fromL(List.of()),
            AttributeValue.fromL(List.of(AttributeValue.fromS("LAUNCH"), AttributeValue.fromN("1"))),
            AttributeValue.fromM(Map.of()),
            AttributeValue.builder().build());

    /** A table with one row in it, which answers to every key. */
    private record OneRow(Map<String, AttributeValue> row) implements DynamoDbClient {
        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return GetItemResponse.builder().item(row).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }

    /** Keeps the rows that a store writes, by the first word of their sort keys. */
    private record Kept(Map<String, Map<String, AttributeValue>> rows) implements DynamoDbClient {
        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            request.transactItems().forEach(write -> keep(write.put().item()));
            return TransactWriteItemsResponse.builder().build();
        }

        private void keep(Map<String, AttributeValue> row) {
            rows.put(row.get("sk").s().split("#")[0], row);
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // It holds nothing that has to be given back.
        }
    }

    /** One row of each kind, with everything in it that such a row can have. */
    private static Map<String, Map<String, AttributeValue>> written() {
        Kept kept = new Kept(new HashMap<>());
        RolloutStore store = new DynamoDbRolloutStore(kept, new Aws(new RecordingPause()), "greenlight", "checkout");
        Instant now = Instant.parse("2026-01-05T09:00:00Z");
        Scaling found = new Scaling(2, 4, 10, Set.of(ScalingProcess.AZ_REBALANCE));
        LaunchSource.Template version = new LaunchSource.Template("lt-1", "7");
        Rollout rollout = Rollout.begin(
                        ROLLOUT,
                        1,
                        new Revision("v2", "sha256:1"),
                        new Roles(Optional.of(FleetName.A), FleetName.B),
                        new Sizing(4, 4, found, found),
                        List.of(
                                new Step(
                                        20,
                                        Duration.ofMinutes(5),
                                        Optional.of(new Step.Pause(Duration.ofHours(1), Step.Otherwise.GO_ON)),
                                        Optional.of(new Trial(
                                                Optional.of(Duration.ofMinutes(5)),
                                                Trial.End.WAIT,
                                                new Trial.Bar(0.01, 1.5, 1_000),
                                                Optional.of(new Trial.Metric(
                                                        "Shop",
                                                        "Orders",
                                                        "AutoScalingGroupName",
                                                        Map.of("Stage", "prod"),
                                                        Trial.Counted.PER_REQUEST,
                                                        true,
                                                        0.05,
                                                        100))))),
                                Step.LAST),
                        now)
                .launchedFrom(new Launches(Optional.of(version), Optional.of(version)))
                .installingBy("d-1", now)
                .shiftingAskedAt(now)
                .stepSeen(1, now, "A 0% B 100%")
                .promote(Optional.of(now.plusSeconds(9)), now, "good")
                .takeBack(Cause.BY_HAND, now, "5xx")
                .settle(now);
        RolloutStore.Quarantine quarantine = new RolloutStore.Quarantine("sha256:1", "v2", ROLLOUT, "5xx", now);
        store.commit(Ledger.EMPTY.acquire(ROLLOUT), List.of(rollout), Optional.of(quarantine));
        return kept.rows();
    }

    /** A kind of row, whole, and how it is read. */
    private record Kind(Map<String, AttributeValue> whole, Consumer<RolloutStore> reading) {}

    static Stream<Named<Kind>> kinds() {
        Map<String, Map<String, AttributeValue>> rows = written();
        return Stream.of(
                Named.of("ledger", new Kind(rows.get("ledger"), RolloutStore::ledger)),
                Named.of("rollout", new Kind(rows.get("rollout"), store -> store.rollout(ROLLOUT))),
                Named.of("quarantine", new Kind(rows.get("quarantine"), store -> store.quarantine("sha256:1"))));
    }

    private static RolloutStore over(Map<String, AttributeValue> row) {
        return new DynamoDbRolloutStore(new OneRow(row), new Aws(new RecordingPause()), "greenlight", "checkout");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void every_attribute_may_be_missing_or_of_any_kind(Kind kind) {
        assertThatCode(() -> kind.reading().accept(over(kind.whole()))).doesNotThrowAnyException();
        for (List<String> path : paths(kind.whole())) {
            assertThat(outcome(kind, replaced(kind.whole(), path, Optional.empty())))
                    .as("without " + path)
                    .isEmpty();
            for (AttributeValue odd : ODD) {
                assertThat(outcome(kind, replaced(kind.whole(), path, Optional.of(odd))))
                        .as(path + " as " + odd)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void several_may_be(Kind kind) {
        Random random = new Random(kind.whole().hashCode());
        List<List<String>> paths = paths(kind.whole());
        for (int i = 0; i < DAMAGES; i++) {
            Map<String, AttributeValue> row = kind.whole();
            for (int times = random.nextInt(4); times >= 0; times--) {
                row = replaced(
                        row, paths.get(random.nextInt(paths.size())), Optional.of(ODD.get(random.nextInt(ODD.size()))));
            }
            assertThat(outcome(kind, row)).as(row.toString()).isEmpty();
        }
    }

    /** What came of it that may not; empty where it was read or refused. */
    private static Optional<String> outcome(Kind kind, Map<String, AttributeValue> row) {
        try {
            kind.reading().accept(over(row));
            return Optional.empty();
        } catch (CallFailed refused) {
            return refused.kind() == CallFailed.Kind.INVALID ? Optional.empty() : Optional.of(refused.toString());
        } catch (RuntimeException uncaught) {
            return Optional.of(uncaught.toString());
        }
    }

    /** The ways to all attributes, those of maps and lists within too. */
    private static List<List<String>> paths(Map<String, AttributeValue> row) {
        List<List<String>> paths = new ArrayList<>();
        row.forEach((name, value) -> {
            paths.add(List.of(name));
            if (value.hasM()) {
                paths(value.m())
                        .forEach(inner -> paths.add(
                                Stream.concat(Stream.of(name), inner.stream()).toList()));
            }
            if (value.hasL()) {
                paths.add(List.of(name, "0"));
            }
        });
        return paths;
    }

    private static Map<String, AttributeValue> replaced(
            Map<String, AttributeValue> row, List<String> path, Optional<AttributeValue> by) {
        Map<String, AttributeValue> next = new HashMap<>(row);
        String name = path.getFirst();
        List<String> rest = path.subList(1, path.size());
        if (!rest.isEmpty() && row.containsKey(name) && row.get(name).hasM()) {
            next.put(name, AttributeValue.fromM(replaced(row.get(name).m(), rest, by)));
        } else if (!rest.isEmpty() && row.containsKey(name) && row.get(name).hasL()) {
            next.put(name, AttributeValue.fromL(by.stream().toList()));
        } else if (by.isPresent()) {
            next.put(name, by.get());
        } else {
            next.remove(name);
        }
        return next;
    }
}
