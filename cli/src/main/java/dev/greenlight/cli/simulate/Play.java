package dev.greenlight.cli.simulate;

import dev.greenlight.cli.installed.Blueprint;
import dev.greenlight.cli.installed.Code;
import dev.greenlight.domain.rollout.Rollout;
import dev.greenlight.sandbox.Sandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Plays one life from its first scene until nothing is left to do. */
final class Play {

    private static final Duration TICK = Duration.ofSeconds(5);

    /** What comes to rest may still be looked at by a sweep or two. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(3);

    private final Place place;
    private final Life life;
    private final RulesWatch watch;
    private final Looks looks;

    private Play(Place place, Life life) {
        this.place = place;
        this.life = life;
        this.watch = RulesWatch.over(place.service(), place.store());
        this.looks = new Looks(place);
    }

    static Played of(Blueprint blueprint, Function<Sandbox, Code> code, Life life, Duration lasts) {
        try (Place place = new Place(blueprint, life, code)) {
            return new Play(place, life).played(lasts);
        }
    }

    private Played played(Duration lasts) {
        life.mishaps().forEach(mishap -> mishap.begin(place));
        for (Scene scene : life.scenes()) {
            place.clock().at(Place.OPENING.plus(scene.at()), scene.kind(), () -> scene.happen(place));
        }
        passUntil(Place.OPENING.plus(life.told()).plusSeconds(1));
        Instant told = place.clock().instant();
        Instant patience = told.plus(lasts).plus(new Entitlements(life, place.scrutiny()).rest());
        while (!over() && place.clock().instant().isBefore(patience)) {
            pass();
        }
        Instant rest = place.clock().instant();
        passUntil(rest.plus(AFTERWARDS));
        LastLook.at(place.service(), place.dynamoDb().client(), watch.rulings());
        new EndState(place, life, watch.rulings()).check();
        return result(Duration.between(told, rest));
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
    }

    /** The pipeline has ended, the lock is free, nothing is left to care for. */
    private boolean over() {
        Records.Said records = place.records();
        return records.ledger().holder().isEmpty()
                && place.versions().keySet().stream()
                        .allMatch(id -> place.service().execution(id).ended().isPresent())
                && records.latest().map(Rollout::settled).orElse(true);
    }

    private Played result(Duration toRest) {
        List<Broken> broken = watch.rulings().broken();
        long calls = place.sandbox().calls().all().stream()
                .filter(call -> !call.invocation().isEmpty())
                .count();
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
                broken,
                rollouts,
                calls,
                place.platform().struck(),
                watch.rulings().checked(),
                worst,
                history);
    }
}
