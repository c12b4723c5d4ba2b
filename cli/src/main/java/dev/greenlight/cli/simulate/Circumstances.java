package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.sandbox.world.AutoScalingGroup;
import dev.greenlight.sandbox.world.Instance;
import dev.greenlight.sandbox.world.Load;
import dev.greenlight.sandbox.world.TargetGroup;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** What the world around a service does: load, sizes, deaths, alarms, updates of its stack. */
final class Circumstances {

    /** Browsers among which the load is shared, where some are to stay on a side: each keeps the cookie that it is given. */
    private static final int CLIENTS = 200;

    private final Place place;
    private final Blueprint blueprint;
    private final Load load;
    private final Optional<Load> some;
    private final List<String> alarms;
    private final List<Load> astray = new ArrayList<>();
    private Consumer<Duration> fired = lasts -> {};
    private boolean firing;
    private Instant quietSince = Instant.MIN;
    private int percent = 100;

    Circumstances(Place place, Blueprint blueprint) {
        this.place = place;
        this.blueprint = blueprint;
        this.some = place.sandbox()
                .audience("/")
                .map(request -> place.plane().load(request, place.setting().perSecond() * Service.AUDIENCE / 100));
        this.load = place.plane()
                .load(
                        place.sandbox().site().request("/"),
                        everybodys(place.setting().perSecond()),
                        clients(place));
        String named = place.service().settings().getOrDefault("GREENLIGHT_ALARMS", "");
        this.alarms =
                Arrays.stream(named.split(",")).filter(name -> !name.isBlank()).toList();
        alarms.forEach(this::quiet);
        Optional.ofNullable(place.setting().overrides().get("GREENLIGHT_DRAIN"))
                .map(Duration::parse)
                .ifPresent(this::drains);
        if (place.setting().followsLoad()) {
            double perMinute = place.setting().perInstance() * 60.0;
            for (FleetName fleet : FleetName.values()) {
                place.sandbox().world().followLoad(place.group(fleet).name(), perMinute);
            }
        }
    }

    /** Of all requests those that no audience's rule takes. */
    private double everybodys(double perSecond) {
        return some.isPresent() ? perSecond * (100 - Service.AUDIENCE) / 100 : perSecond;
    }

    private static int clients(Place place) {
        return place.scrutiny().terms().strategy().steps().stream()
                        .anyMatch(step -> step.trial().isPresent())
                ? CLIENTS
                : 0;
    }

    private void drains(Duration delay) {
        for (FleetName fleet : FleetName.values()) {
            TargetGroup targets = place.side(fleet).targetGroup();
            place.sandbox().world().change(targets.arn(), targets.healthCheck(), delay, targets.slowStart());
        }
    }

    /** How many instances the load needs now. */
    long needed() {
        return Math.max(1, Math.ceilDiv((long) place.setting().instances() * percent, 100));
    }

    void crowd(int newPercent) {
        percent = newPercent;
        double perSecond = place.setting().perSecond() * newPercent / 100;
        load.rate(everybodys(perSecond));
        some.ifPresent(audience -> audience.rate(perSecond * Service.AUDIENCE / 100));
        place.tell("the load is %d%% of what it was".formatted(newPercent));
    }

    /** A size that somebody else gives the fleet under traffic, within the group's own bounds. */
    void resize(int by) {
        Optional<FleetName> busy = busy();
        if (busy.isPresent()) {
            AutoScalingGroup group = place.group(busy.get());
            int desired = group.capacity().desired();
            place.sandbox().world().capacity(group.name(), group.capacity().withDesired(Math.max(1, desired + by)));
            place.tell("fleet %s is resized from %d to %d instances"
                    .formatted(
                            busy.get(),
                            desired,
                            place.group(busy.get()).capacity().desired()));
        }
    }

    private Optional<FleetName> busy() {
        Sight now = place.sight();
        return Arrays.stream(FleetName.values())
                .filter(fleet -> now.side(fleet).weight() > 0)
                .findFirst();
    }

    void kill(FleetName fleet) {
        Optional<Instance> victim = place.group(fleet).instances().stream()
                .filter(instance -> instance.state().counts())
                .findFirst();
        victim.ifPresent(instance -> {
            place.sandbox().world().kill(instance.id());
            place.tell("instance %s of fleet %s dies".formatted(instance.id(), fleet));
        });
    }

    /** One request a second to a fleet that runs and has no users. */
    void stray(Duration lasts) {
        Sight now = place.sight();
        Arrays.stream(FleetName.values())
                .filter(fleet -> !now.side(fleet).hasUsers() && now.side(fleet).count(TargetState.HEALTHY) > 0)
                .findFirst()
                .ifPresent(fleet -> {
                    Load strays = place.plane().load(place.sandbox().site().preview(place.side(fleet), "/"), 1);
                    place.tell("somebody asks fleet %s past the production rule".formatted(fleet));
                    astray.add(strays);
                    place.clock().after(lasts, "the strays' end", strays::stop);
                });
    }

    /** How many of the requests past the production rule the version answered. */
    long strayed(String version) {
        return astray.stream()
                .mapToLong(strays -> strays.answered().getOrDefault(version, 0L))
                .sum();
    }

    /** Lets somebody hear of each alarm that begins to fire. */
    void onAlarm(Consumer<Duration> listener) {
        fired = listener;
    }

    void alarm(Duration lasts) {
        alarms.stream().findFirst().ifPresent(alarm -> {
            if (!firing) {
                fired.accept(lasts);
            }
            firing = true;
            set(alarm, StateValue.ALARM);
            place.tell("alarm %s fires".formatted(alarm));
            place.clock().after(lasts, "the alarm's end", () -> {
                set(alarm, StateValue.OK);
                firing = false;
                quietSince = place.clock().instant();
                place.tell("alarm %s is OK again".formatted(alarm));
            });
        });
    }

    /** Whether the alarm has fired ever since. */
    boolean firingSince(Instant moment) {
        return firing && quietSince.isBefore(moment);
    }

    private void quiet(String alarm) {
        place.sandbox()
                .cloudWatch()
                .putMetricAlarm(request -> request.alarmName(alarm)
                        .namespace("Service")
                        .metricName("Complaints")
                        .statistic("Sum")
                        .period(60)
                        .evaluationPeriods(1)
                        .threshold(1.0)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .treatMissingData("ignore"));
        set(alarm, StateValue.OK);
    }

    private void set(String alarm, StateValue state) {
        place.sandbox()
                .cloudWatch()
                .setAlarmState(
                        request -> request.alarmName(alarm).stateValue(state).stateReason("complaints were counted"));
    }

    void updateStack(int number) {
        if (place.service().stack().updatable()) {
            place.service().stack().pace(Duration.ofSeconds(10));
            place.service().stack().update(blueprint.withWarmup(200 + number));
            place.tell("the stack is updated");
        }
    }
}
