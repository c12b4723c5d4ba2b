package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Instance;
import dev.greenlight.domain.fleet.LaunchSource;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.fleet.ScalingPlan;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.Fleets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two groups that launch and terminate at once, unless a story says that launches fail. */
final class ScriptedFleets implements Fleets {

    private final Map<FleetName, Scaling> scaling = new EnumMap<>(FleetName.class);
    private final Map<FleetName, List<Instance>> instances = new EnumMap<>(FleetName.class);
    private final Map<FleetName, LaunchSource.Template> templates = new EnumMap<>(FleetName.class);
    private final Map<String, LaunchSource.Template> newest = new HashMap<>();
    private final Map<FleetName, List<LaunchSource.Template>> history = new EnumMap<>(FleetName.class);
    private final Set<FleetName> failing = EnumSet.noneOf(FleetName.class);
    private int launched;
    private Optional<String> trouble = Optional.empty();
    private int largestLoss;
    private boolean gone;
    private boolean forgetful;
    private boolean both;

    ScriptedFleets() {
        for (FleetName fleet : FleetName.values()) {
            instances.put(fleet, new ArrayList<>());
            history.put(fleet, new ArrayList<>());
        }
    }

    void set(FleetName fleet, Scaling to) {
        scaling.put(fleet, to);
        List<Instance> running = instances.get(fleet);
        largestLoss = Math.max(largestLoss, running.size() - to.desired());
        while (running.size() > to.desired()) {
            running.removeFirst();
        }
        while (running.size() < to.desired() && !failing.contains(fleet) && trouble.isEmpty()) {
            Optional<LaunchSource.Template> from = Optional.ofNullable(templates.get(fleet));
            from.ifPresent(version -> history.get(fleet).add(version));
            running.add(new Instance("i-" + ++launched, true, false, from));
        }
        both |= instances.values().stream().noneMatch(List::isEmpty);
    }

    /** From now on settings are taken, and not kept. */
    void forgetSettings() {
        forgetful = true;
    }

    /** No launch of this group succeeds until it is to be {@link #mended}. */
    void launchesFailOn(FleetName fleet) {
        failing.add(fleet);
    }

    void mended(FleetName fleet) {
        failing.remove(fleet);
        set(fleet, scaling(fleet));
    }

    /** Whether there was a moment at which both groups had an instance. */
    boolean bothRan() {
        return both;
    }

    void launchesFail(String why) {
        trouble = Optional.of(why);
    }

    /** The group has a launch template of its own, and launches from that version of it. */
    void launchesFrom(FleetName fleet, LaunchSource.Template version) {
        templates.put(fleet, version);
        newest.put(version.id(), version);
    }

    /** The template has one more version. */
    void revise(LaunchSource.Template version) {
        newest.put(version.id(), version);
    }

    /** The group launches from something else than a template by now; what runs came from the template. */
    void launchesFromNoTemplate(FleetName fleet) {
        templates.remove(fleet);
    }

    /** What every instance that the group ever launched was launched from. */
    List<LaunchSource.Template> launched(FleetName fleet) {
        return history.get(fleet);
    }

    /** What the group's instances were launched from. */
    List<LaunchSource.Template> origins(FleetName fleet) {
        return instances.get(fleet).stream()
                .map(Instance::origin)
                .flatMap(Optional::stream)
                .toList();
    }

    private LaunchSource source(FleetName fleet) {
        return templates.containsKey(fleet) ? templates.get(fleet) : new LaunchSource.Other("a launch configuration");
    }

    @Override
    public Optional<LaunchSource.Template> newest(FleetName fleet) {
        return Optional.ofNullable(templates.get(fleet)).map(template -> newest.get(template.id()));
    }

    @Override
    public void launchFrom(FleetName fleet, LaunchSource.Template version) {
        templates.put(fleet, version);
    }

    /** There are no such groups: the service runs on another platform. */
    void doNotExist() {
        gone = true;
    }

    void lose(FleetName fleet) {
        instances.get(fleet).removeFirst();
    }

    /** The instance goes out of service, and is still listed. */
    void leaves(FleetName fleet, String instance) {
        instances
                .get(fleet)
                .replaceAll(i -> i.id().equals(instance) ? new Instance(i.id(), false, false, i.origin()) : i);
    }

    /** Its instances stand in these zones, evenly. */
    void zones(FleetName fleet, String... zones) {
        List<Instance> running = instances.get(fleet);
        for (int i = 0; i < running.size(); i++) {
            Instance old = running.get(i);
            running.set(
                    i, new Instance(old.id(), old.inService(), old.launching(), zones[i % zones.length], old.origin()));
        }
    }

    List<String> idsIn(FleetName fleet, Set<String> zones) {
        return instances.get(fleet).stream()
                .filter(instance -> zones.contains(instance.zone()))
                .map(Instance::id)
                .toList();
    }

    Scaling scaling(FleetName fleet) {
        return scaling.get(fleet);
    }

    int running(FleetName fleet) {
        return instances.get(fleet).size();
    }

    /** The most instances that one write has removed. */
    int largestLoss() {
        return largestLoss;
    }

    @Override
    public Map<FleetName, Group> groups() {
        if (gone) {
            throw new CallFailed(
                    CallFailed.Kind.INVALID, "autoscaling:DescribeAutoScalingGroups", "there is no such group", null);
        }
        Map<FleetName, Group> groups = new EnumMap<>(FleetName.class);
        scaling.forEach(
                (name, set) -> groups.put(name, new Group(set, source(name), List.copyOf(instances.get(name)))));
        return groups;
    }

    @Override
    public void apply(FleetName fleet, ScalingPlan plan, Scaling now) {
        if (forgetful) {
            return;
        }
        int desired = Math.clamp(plan.desired().orElse(scaling.get(fleet).desired()), plan.minimum(), plan.maximum());
        set(fleet, new Scaling(plan.minimum(), desired, plan.maximum(), plan.suspended()));
    }

    @Override
    public Optional<String> launchTrouble(FleetName fleet, Instant since) {
        return trouble;
    }

    @Override
    public Map<String, Optional<Boolean>> statusChecks(List<String> instanceIds) {
        Map<String, Optional<Boolean>> passing = new HashMap<>();
        instanceIds.forEach(id -> passing.put(id, Optional.of(true)));
        return passing;
    }
}
