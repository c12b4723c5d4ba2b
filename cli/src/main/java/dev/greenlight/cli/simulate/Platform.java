package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Functions;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.app.Behaviour;
import dev.greenlight.sandbox.app.SampleBundle;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.fault.Fault;
import dev.greenlight.sandbox.fault.Faults;
import dev.greenlight.sandbox.lambda.Deliveries;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocation;
import software.amazon.awssdk.services.codedeploy.model.RevisionLocationType;

/** What AWS does wrong at one place, and how often it really came to that. */
final class Platform {

    private static final String SWEEP = "{\"greenlight\":\"sweep\"}";

    private final Place place;
    private final Faults faults;
    private final List<Call> made = new ArrayList<>();
    private final List<Between> waiting = new ArrayList<>();
    private final List<Between> atWrites = new ArrayList<>();
    private int writes;
    private final Set<String> late = new HashSet<>();
    private final Overtaken overtaken;
    private long struck;

    /** Somebody who comes before the functions' n-th call. */
    private record Between(int n, Mishap.Comer comer) {}

    /** Made before anybody else listens: who comes between has been and gone when the others hear of the call that follows. */
    Platform(Place place) {
        this.place = place;
        this.faults = place.sandbox().faults();
        this.overtaken = new Overtaken(place);
        place.sandbox().calls().announce(this::comesBetween);
        place.sandbox().calls().listen(call -> {
            if (byFunction(call)) {
                made.add(call);
                overtaken.made(call);
                if (late.remove(call.operation())) {
                    strikes();
                }
            }
        });
    }

    /** The functions' calls from the beginning of the life on, as mishaps count them. */
    List<Call> made() {
        return List.copyOf(made);
    }

    /** How many calls functions made so far. */
    int calls() {
        return made.size();
    }

    /** Those that they made after so many. */
    List<Call> callsFrom(int before) {
        return List.copyOf(made.subList(before, made.size()));
    }

    /** How many things went wrong so far. */
    long struck() {
        return struck;
    }

    private static boolean byFunction(Call call) {
        return !call.invocation().isEmpty();
    }

    /** From the functions' n-th call on, counted from the beginning. */
    private Predicate<Call> from(int n) {
        return call -> byFunction(call) && made.size() + 1 >= n && strikes();
    }

    private boolean strikes() {
        struck++;
        return true;
    }

    void crash(int call, Fault.Moment moment) {
        faults.dying(from(call), 1, moment);
    }

    void fail(int call, int times, Mishap.Trouble trouble) {
        faults.failing(from(call), times, trouble.fault());
    }

    void between(int call, Mishap.Comer comer) {
        waiting.add(new Between(call, comer));
    }

    void inTheWindow(int write, Mishap.Comer comer) {
        atWrites.add(new Between(write, comer));
    }

    private void comesBetween(Call next) {
        if (!byFunction(next)) {
            return;
        }
        // Between the last reading of the rule and its write lies the window that docs/adr/0013 leaves open.
        boolean window = next.operation().equals("ModifyRule");
        int n = window ? ++writes : made.size() + 1;
        List<Between> expected = window ? atWrites : waiting;
        List<Between> due =
                expected.stream().filter(between -> n >= between.n()).toList();
        expected.removeAll(due);
        due.forEach(between -> comes(between.comer(), next));
    }

    private void comes(Mishap.Comer comer, Call next) {
        strikes();
        place.tell("%s comes between, before %s of %s"
                .formatted(comer, next.action(), next.invocation().split(" ")[0]));
        switch (comer) {
            case A_ROLLBACK -> {
                place.people().rollBack(true);
                overtaken.by(next);
            }
            case SWEEP ->
                place.sandbox()
                        .lambda()
                        .invoke(place.service().name(Functions.SWEEP), SWEEP.getBytes(StandardCharsets.UTF_8));
        }
    }

    void away(String service, Duration from, Duration lasts) {
        place.clock().after(from, service + " goes down", () -> {
            place.tell(service + " is down");
            Faults.Armed away = faults.failing(
                    call -> byFunction(call) && call.service().equals(service) && strikes(), Fault.unavailable());
            place.clock().after(lasts, service + " comes back", () -> {
                away.cancel();
                place.tell(service + " is back");
            });
        });
    }

    void deliver(Mishap.Carrier carrier, Mishap.Disorder disorder, Duration by) {
        Deliveries.Plan plan = disorder.plan(by);
        Deliveries deliveries = switch (carrier) {
            case INVOCATIONS -> place.sandbox().lambda().deliveries();
            case EVENTS -> place.sandbox().bus().deliveries();
            case SCHEDULES -> place.sandbox().schedules().deliveries();
        };
        deliveries.plan(delivery -> {
            List<Duration> delays = plan.delays(delivery);
            if (!delays.equals(List.of(Duration.ZERO))) {
                strikes();
            }
            return delays;
        });
    }

    void again(int number, Duration later) {
        place.sandbox().lambda().deliveries().plan(delivery -> {
            boolean twice = delivery.number() == number && strikes();
            return twice ? List.of(Duration.ZERO, later) : List.of(Duration.ZERO);
        });
    }

    void stale(String operation, Duration age) {
        faults.staleReads(operation, age);
        late.add(operation);
    }

    void silence(Duration from, Duration lasts) {
        place.clock().after(from, "agents fall silent", () -> {
            place.sandbox().deployments().silenceAgents(instance -> true);
            place.tell("CodeDeploy's agents are silent");
            int before = made.size();
            place.clock().after(lasts, "agents speak again", () -> {
                place.sandbox().deployments().silenceAgents(instance -> false);
                if (callsFrom(before).stream().anyMatch(call -> call.service().equals("codedeploy"))) {
                    strikes();
                }
                place.tell("CodeDeploy's agents are back");
            });
        });
    }

    /** Only of a fleet that is empty: what runs on instances was installed on them. */
    void lastRevision(FleetName wished) {
        FleetName fleet = place.group(wished).instances().isEmpty() ? wished : wished.other();
        String key = "long-ago.zip";
        place.sandbox().revisions().put(place.service().bucket(), key, SampleBundle.zip("long-ago", Behaviour.good()));
        place.sandbox()
                .deployments()
                .alreadyDeployed(
                        place.service().settings().get("GREENLIGHT_APPLICATION"),
                        place.service().settings().get("GREENLIGHT_%s_DEPLOYMENT_GROUP".formatted(fleet)),
                        RevisionLocation.builder()
                                .revisionType(RevisionLocationType.S3)
                                .s3Location(s -> s.bucket(place.service().bucket())
                                        .key(key)
                                        .bundleType("zip"))
                                .build());
        place.sandbox().revisions().expire(place.service().bucket(), key);
        strikes();
    }

    void skewed(Duration ahead) {
        if (!ahead.isZero()) {
            strikes();
        }
    }
}
