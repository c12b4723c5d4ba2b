package dev.greenlight.cli.stories;

import dev.greenlight.sandbox.codepipeline.JobTimings;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.lambda.Deliveries.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two or three mishaps of different kinds in one rollout, drawn from seeds: what nobody thought of putting together. */
class ChaosStories {

    private static final int STORIES = 250;

    private static final List<Fault> FAULTS = List.of(
            Fault.unavailable(),
            Fault.failedAfterwards(),
            Fault.lostAnswer(),
            Fault.refused("ThrottlingException", 400, "Rate exceeded"));
    private static final List<String> SERVICES = List.of(
            "dynamodb",
            "elasticloadbalancing",
            "autoscaling",
            "codepipeline",
            "scheduler",
            "cloudwatch",
            "codedeploy",
            "ec2");

    /** One mishap, and what it is in words. */
    private record Drawn(String what, Trial.Mishap mishap) {}

    /** A rollout and what goes wrong in it; the same for the same seed. */
    private record Chaos(int seed, Trial trial, boolean freshIds, List<Drawn> drawn) {

        static Chaos of(int seed, Map<Trial, Integer> calls) {
            Random random = new Random(seed * 7919L);
            Trial trial = Trial.values()[random.nextInt(Trial.values().length)];
            List<Drawn> drawn = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(2); i++) {
                drawn.add(draw(random, calls.get(trial)));
            }
            return new Chaos(seed, trial, random.nextBoolean(), drawn);
        }

        void play() {
            trial.playOn(
                    setup -> freshIds
                            ? setup.withJobTimings(setup.jobTimings().withIds(JobTimings.ContinuationIds.FRESH))
                            : setup,
                    festival -> drawn.forEach(d -> d.mishap().accept(festival)));
        }

        @Override
        public String toString() {
            return "seed %d: %s%s, %s"
                    .formatted(
                            seed,
                            trial,
                            freshIds ? " with fresh job ids" : "",
                            drawn.stream().map(Drawn::what).toList());
        }
    }

    @Test
    void no_mixture_of_mishaps_changes_how_a_rollout_ends() {
        Map<Trial, Integer> calls = new EnumMap<>(Trial.class);
        for (Trial trial : Trial.values()) {
            calls.put(trial, trial.calls().size());
        }
        Matrix.play(
                IntStream.range(0, STORIES)
                        .mapToObj(seed -> Chaos.of(seed, calls))
                        .toList(),
                Chaos::play);
    }

    private static Drawn draw(Random random, int calls) {
        int call = 1 + random.nextInt(calls);
        return switch (random.nextInt(8)) {
            case 0 ->
                new Drawn("dies before call " + call, f -> f.sandbox.faults().crashAtCall(call));
            case 1 ->
                new Drawn("dies after call " + call, f -> f.sandbox.faults().crashAfterCall(call));
            case 2, 3 -> fault(FAULTS.get(random.nextInt(FAULTS.size())), call, 1 + random.nextInt(6));
            case 4 -> {
                Plan plan = plan(random, 400);
                yield new Drawn(
                        "invocations", f -> f.sandbox.lambda().deliveries().plan(plan));
            }
            case 5 -> {
                Plan plan = random.nextInt(4) == 0 ? Plan.lost() : plan(random, 1000);
                yield new Drawn("events", f -> f.sandbox.bus().deliveries().plan(plan));
            }
            case 6 -> stale(random);
            default ->
                away(
                        SERVICES.get(random.nextInt(SERVICES.size())),
                        Duration.ofSeconds(1 + random.nextInt(900)),
                        Duration.ofSeconds(30 + random.nextInt(240)));
        };
    }

    private static Plan plan(Random random, int seconds) {
        Duration by = Duration.ofSeconds(random.nextInt(seconds));
        return List.of(Plan.twice(by), Plan.late(by), Plan.swapped(by)).get(random.nextInt(3));
    }

    private static Drawn fault(Fault fault, int call, int times) {
        return new Drawn("%s at call %d, %d times".formatted(fault.code(), call, times), festival -> {
            long from = festival.sandbox.calls().size() + call;
            festival.sandbox
                    .faults()
                    .failing(c -> c.sequence() >= from && !c.invocation().isEmpty(), times, fault);
        });
    }

    private static Drawn stale(Random random) {
        String operation = random.nextBoolean() ? "DescribeRules" : "DescribeTargetHealth";
        Duration age = Duration.ofSeconds(random.nextInt(12));
        return new Drawn(
                "%s is %s old".formatted(operation, age),
                f -> f.sandbox.faults().staleReads(operation, age));
    }

    private static Drawn away(String service, Duration from, Duration length) {
        return new Drawn("%s away after %s for %s".formatted(service, from, length), festival -> {
            Faults faults = festival.sandbox.faults();
            festival.clock.after(from, service + " goes away", () -> {
                Faults.Armed away = faults.failing(call -> call.service().equals(service), Fault.unavailable());
                festival.clock.after(length, service + " comes back", away::cancel);
            });
        });
    }
}
