package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Code;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.Sandbox;
import dev.greenlight.sandbox.fault.Call;
import dev.greenlight.sandbox.world.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Plays one life from its first scene until nothing is left to do. */
final class Play {

    private static final Duration TICK = Duration.ofSeconds(5);

    /** What Auto Scaling has begun by then, it may finish. */
    private static final Duration CALM = Duration.ofMinutes(30);

    /** What comes to rest may still be looked at by sweeps, and by a scaling policy that saw the last of the story. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(6);

    private final Place place;
    private final Life life;
    private final RulesWatch watch;
    private final Looks looks;
    private final InPlaceRulings inPlace;
    private final Duration delay;
    private final ZoneRulings zones;

    private Play(Place place, Life life) {
        this.place = place;
        this.life = life;
        this.watch = RulesWatch.over(place.service(), place.store());
        this.looks = new Looks(place);
        Entitlements entitled = new Entitlements(life, place.scrutiny());
        this.inPlace = new InPlaceRulings(place, watch.rulings(), entitled.requestsMayBeLost());
        this.zones = new ZoneRulings(place, watch.rulings());
        RollBackRulings rollBack = new RollBackRulings(watch.rulings());
        place.people().onRollBack(asked -> {
            rollBack.judge(asked);
            inPlace.asked(asked);
        });
        place.people().onGoAhead(watch::goAhead);
        this.delay = entitled.delay();
        place.circumstances().onAlarm(new AlarmRulings(place, watch.rulings(), life, delay)::fires);
    }

    static Played of(Blueprint blueprint, Function<Sandbox, Code> code, Life life, Duration lasts) {
        try (Place place = new Place(blueprint, life, code)) {
            return new Play(place, life).played(lasts);
        }
    }

    /** Plays a life and tells which calls functions made in it, in their order. */
    static List<Call> calls(Blueprint blueprint, Function<Sandbox, Code> code, Life life, Duration lasts) {
        try (Place place = new Place(blueprint, life, code)) {
            new Play(place, life).toTheEnd(lasts);
            return place.platform().made();
        }
    }

    private Played played(Duration lasts) {
        Duration toRest = toTheEnd(lasts);
        LastLook.at(place.service(), place.dynamoDb().client(), watch.rulings());
        new EndState(place, life, watch.rulings()).check();
        return result(toRest);
    }

    /** @return how long it took from the end of the story until nothing was left to do */
    private Duration toTheEnd(Duration lasts) {
        life.mishaps().forEach(mishap -> mishap.begin(place));
        for (Scene scene : life.scenes()) {
            place.clock().at(Place.OPENING.plus(scene.at()), scene.kind(), () -> scene.happen(place));
        }
        passUntil(Place.OPENING.plus(life.told()).plusSeconds(1));
        Instant told = place.clock().instant();
        Instant patience = told.plus(lasts).plus(new Entitlements(life, place.scrutiny()).rest());
        Instant rest = calmsDown(restsFrom(patience));
        while (!over() && place.clock().instant().isBefore(patience)) {
            // Somebody who waits for a certain call has met it only now.
            rest = calmsDown(restsFrom(patience));
        }
        return Duration.between(told, rest);
    }

    /** @return {@code rest}, once all fleets have the instances that they are to have, or it took too long */
    private Instant calmsDown(Instant rest) {
        Instant calm = rest.plus(CALM);
        while (!calm() && place.clock().instant().isBefore(calm)) {
            pass();
        }
        return rest;
    }

    /** Since when nothing has been left to do: what was on its way, late, would have come by now. */
    private Instant restsFrom(Instant patience) {
        Instant since = place.clock().instant();
        while (place.clock().instant().isBefore(since.plus(AFTERWARDS))) {
            pass();
            if (!over() && place.clock().instant().isBefore(patience)) {
                since = place.clock().instant();
            }
        }
        return since;
    }

    private void passUntil(Instant until) {
        while (place.clock().instant().isBefore(until)) {
            pass();
        }
    }

    private void pass() {
        place.clock().advance(TICK);
        place.people().approve();
        looks.look();
        if (InPlaceRulings.concern(place)) {
            inPlace.look();
        }
        if (place.scrutiny().terms().strategy().inTurn()) {
            watch.lookInTurn(place.sight(), delay);
        }
        if (ZoneRulings.concern(place)) {
            zones.look();
        }
    }

    /** The pipeline has ended, the lock is free, nothing is left to care for. */
    private boolean over() {
        Records.Said records = place.records();
        return records.ledger().holder().isEmpty()
                && place.versions().keySet().stream()
                        .allMatch(id -> place.service().execution(id).ended().isPresent())
                && records.latest().map(Rollout::settled).orElse(true);
    }

    private String end() {
        Sight now = place.sight();
        return "%s; %s; %s"
                .formatted(
                        now.sides(),
                        now.tags(),
                        place.versions().keySet().stream()
                                .map(id -> place.service().execution(id).status() + " "
                                        + place.rollout(id)
                                                .map(rollout -> rollout.phase() + " " + rollout.settled())
                                                .orElse("no rollout"))
                                .toList());
    }

    private boolean calm() {
        Sight now = place.sight();
        return now.sides().values().stream()
                .allMatch(side -> side.inService() == side.desired()
                        && side.group().instances().size() == side.desired()
                        && side.count(TargetState.HEALTHY) == side.desired());
    }

    private Played result(Duration toRest) {
        List<Broken> broken = watch.rulings().broken();
        long calls = place.platform().made().size();
        long rollouts = place.store().ledger().fence();
        Map<Worst.Kind, Double> worst = looks.worst();
        worst.put(Worst.Kind.SECONDS_TO_REST, (double) toRest.toSeconds());
        worst.put(Worst.Kind.CALLS_OF_AN_INVOCATION, (double) watch.mostCalls());
        if (rollouts > 0) {
            worst.put(Worst.Kind.CALLS_OF_A_ROLLOUT, (double) calls / rollouts);
        }
        List<String> history = broken.isEmpty() ? List.of() : new History(place).around(broken.getFirst());
        return new Played(
                life,
                end(),
                broken,
                rollouts,
                calls,
                place.platform().struck(),
                watch.rulings().asked(),
                worst,
                history);
    }
}
