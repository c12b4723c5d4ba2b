package dev.greenlight.usecase;

import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Targets;
import dev.greenlight.domain.rollout.Route;
import dev.greenlight.domain.rollout.RuleTags;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.TrafficRouter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A rule that does what it is told; targets are as many as the fleet runs, and healthy, unless a story says otherwise. */
final class ScriptedRouter implements TrafficRouter {

    private final ScriptedFleets fleets;
    private final List<Routing> writes = new ArrayList<>();
    private final Map<FleetName, Targets> health = new EnumMap<>(FleetName.class);
    private Routing live = new Routing.Closed();
    private RuleTags tags = RuleTags.NONE;
    private boolean loses;
    private boolean refuses;
    private boolean forgetful;
    private int tagged;
    private Runnable beforeWrite = () -> {};
    private Runnable beforeTag = () -> {};

    ScriptedRouter(ScriptedFleets fleets) {
        this.fleets = fleets;
    }

    /** Somebody else's write. */
    void become(Routing routing) {
        live = routing;
    }

    void health(FleetName fleet, Targets targets) {
        health.put(fleet, targets);
    }

    void cure(FleetName fleet) {
        health.remove(fleet);
    }

    /** What happens just before the next write arrives. */
    void beforeNextWrite(Runnable event) {
        beforeWrite = event;
    }

    /** What happens just before the rule is next given tags. */
    void beforeNextTag(Runnable event) {
        beforeTag = event;
    }

    /** From now on tags are taken, and not kept. */
    void forgetTags() {
        forgetful = true;
    }

    /** How often the rule was given tags. */
    int tagged() {
        return tagged;
    }

    /** From now on no write is taken. */
    void refuseWrites() {
        refuses = true;
    }

    /** The next write is answered, and never shows. */
    void loseNextWrite() {
        loses = true;
    }

    List<Routing> writes() {
        return List.copyOf(writes);
    }

    void forgetWrites() {
        writes.clear();
    }

    Routing live() {
        return live;
    }

    RuleTags tags() {
        return tags;
    }

    @Override
    public Route route() {
        return new Route(live, tags);
    }

    @Override
    public Targets targets(FleetName fleet) {
        return health.getOrDefault(fleet, new Targets(fleets.running(fleet), 0, 0, 0, 0));
    }

    /** Of one instance, as of its fleet: all healthy, or what the story says of one target. */
    @Override
    public Targets targets(FleetName fleet, String instance) {
        boolean registered = fleets.groups().get(fleet).instances().stream().anyMatch(i -> i.id().equals(instance));
        return registered ? health.getOrDefault(fleet, new Targets(1, 0, 0, 0, 0)) : Targets.NONE;
    }

    @Override
    public void write(Routing to) {
        Runnable event = beforeWrite;
        beforeWrite = () -> {};
        event.run();
        if (refuses) {
            throw new CallFailed(CallFailed.Kind.THROTTLED, "elb:ModifyRule", "Throttling", null);
        }
        live = loses ? live : to;
        loses = false;
        writes.add(to);
    }

    @Override
    public void shift(Routing to) {
        write(to);
    }

    @Override
    public void tag(RuleTags next) {
        Runnable event = beforeTag;
        beforeTag = () -> {};
        event.run();
        tagged++;
        tags = forgetful ? tags : next;
    }
}
