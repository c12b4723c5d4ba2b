package dev.greenlight.cli.stories;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.greenlight.cli.installed.Functions;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.codedeploy.Revisions;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.Behaviour;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A release that a person drives call by call, without pipeline and without Sweep: between two calls a story may do what it likes,
 * and knows which function finds it.
 */
final class Walk implements AutoCloseable {

    /** Which fleet becomes green: permissions are given fleet by fleet, so each story is told in both directions. */
    enum Way {
        A_TO_B("A", "B"),
        B_TO_A("B", "A");

        final String blue;
        final String green;

        Way(String blue, String green) {
            this.blue = blue;
            this.green = green;
        }
    }

    static final String ROLLOUT = "by-hand";

    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final Duration BREATH = Duration.ofSeconds(5);
    private static final int CALLS = 150;
    private static final List<Functions> IN_ORDER = List.of(
            Functions.PREPARE_GREEN,
            Functions.INSTALL_REVISION,
            Functions.BEFORE_ALLOW_TRAFFIC,
            Functions.ALLOW_TRAFFIC,
            Functions.AFTER_ALLOW_TRAFFIC);

    final Festival festival;
    final Way way;
    private final Revisions.Stored revision;

    Walk(Way way, Map<String, String> settings) {
        this(way, Festival.serving(2, all(settings)));
    }

    /** From A to B, in the service of an example. */
    Walk(Festival example) {
        this(Way.A_TO_B, example);
    }

    private static Map<String, String> all(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("GREENLIGHT_APPROVAL", "PT20M"));
        all.putAll(settings);
        return all;
    }

    private Walk(Way way, Festival festival) {
        this.festival = festival;
        this.way = way;
        festival.visitors(20);
        if (way == Way.B_TO_A) {
            String first = festival.release("v2");
            festival.service.call(Functions.RETIRE_BLUE, "{\"reason\":\"A is to be green from nothing\"}");
            festival.passUntil("A's sleep", () -> festival.rollout(first).settled());
        }
        festival.plane.behaviour("v3", Behaviour.good());
        this.revision = festival.sandbox
                .revisions()
                .put("by-hand", "v3.zip", SampleBundle.zip("v3", dev.greenlight.sandbox.app.Behaviour.good()));
        withoutSweep();
    }

    /** Sweep is never called from now on. */
    private void withoutSweep() {
        festival.sandbox
                .schedules()
                .deliveries()
                .plan(delivery -> List.of(delivery.payload().contains("sweep") ? Duration.ofDays(30) : Duration.ZERO));
    }

    /** All functions before this one have done their part. */
    Walk to(Functions function) {
        IN_ORDER.subList(0, IN_ORDER.indexOf(function)).forEach(this::done);
        return this;
    }

    JsonNode call(Functions function) {
        // Nobody calls so fast that the load balancer would throttle it.
        festival.pass(BREATH);
        String payload = switch (function) {
            case PREPARE_GREEN -> "{\"rollout\":\"%s\",\"revision\":\"v3\",\"digest\":\"d3\"}".formatted(ROLLOUT);
            case INSTALL_REVISION ->
                "{\"rollout\":\"%s\",\"bucket\":\"%s\",\"key\":\"%s\"}"
                        .formatted(ROLLOUT, revision.bucket(), revision.key());
            case SWEEP -> "{\"greenlight\":\"sweep\"}";
            default -> "{\"rollout\":\"%s\"}".formatted(ROLLOUT);
        };
        return festival.service.call(function, payload);
    }

    /** Calls the function until it has an end to tell. */
    JsonNode ended(Functions function) {
        for (int i = 0; i < CALLS; i++) {
            JsonNode answer = call(function);
            if (!answer.path("outcome").asText().equals("in-progress")) {
                return answer;
            }
            festival.pass(BETWEEN);
        }
        throw new AssertionError("%s does not come to an end%n%s".formatted(function, festival.story()));
    }

    void done(Functions function) {
        JsonNode answer = ended(function);
        assertThat(answer.path("outcome").asText())
                .as("%s: %s%n%s", function, answer, festival.story())
                .isEqualTo("done");
    }

    /** What the function called since then, as operation and the thing it named. */
    List<String> calls(Functions function, int since) {
        List<Call> all = festival.sandbox.calls().all();
        return all.subList(since, all.size()).stream()
                .filter(call -> call.invocation().startsWith(festival.service.name(function) + " "))
                .map(call -> call.operation() + " " + side(call.resource()))
                .distinct()
                .toList();
    }

    private static String side(String resource) {
        return resource.endsWith("-a") ? "A" : resource.endsWith("-b") ? "B" : "rule";
    }

    int callsSoFar() {
        return festival.sandbox.calls().size();
    }

    @Override
    public void close() {
        festival.close();
    }
}
