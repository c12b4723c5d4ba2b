package dev.greenlight.cli.simulate;

import dev.greenlight.sandbox.fault.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The lives that leave out no moment: each tale with a crash before and after every call, with every call throttled, with every event delivered
 * twice; and the good release with every pair of crashes. Each life has a name from which it can be made again:
 * {@code good.before-213}, {@code first.throttled-40}, {@code by-hand.again-12}, {@code good.before-213.after-240}.
 */
final class Systematic {

    private static final Duration MUCH_LATER = Duration.ofSeconds(95);
    private static final String THROTTLED = "throttled-";
    private static final String AGAIN = "again-";

    private final Service service;
    private final Function<Life, List<Call>> calls;

    /** @param calls plays a life and returns the calls that functions made in it */
    Systematic(Service service, Function<Life, List<Call>> calls) {
        this.service = service;
        this.calls = calls;
    }

    /** The tale, and each variant of it with one thing wrong. */
    List<Life> singles(Tale tale) {
        Life life = tale.undisturbed(service);
        List<Call> made = calls.apply(life);
        int from = from(tale, life, made);
        List<Life> lives = new ArrayList<>();
        lives.add(life);
        Moment.every(made, from).forEach(moment -> lives.add(with(life, moment.toString())));
        for (int n = from; n <= made.size(); n++) {
            lives.add(with(life, THROTTLED + n));
        }
        long events = made.stream().map(Call::invocation).distinct().count();
        for (int n = 0; n < events; n++) {
            lives.add(with(life, AGAIN + n));
        }
        return lives;
    }

    /** The tale with one crash at each moment that leaves another world. */
    List<Life> crashes(Tale tale) {
        Life life = tale.undisturbed(service);
        List<Call> made = calls.apply(life);
        return Moment.distinct(made, from(tale, life, made)).stream()
                .map(moment -> with(life, moment.toString()))
                .toList();
    }

    /** The life, in which one crash happens, with each second one. */
    List<Life> pairs(Life crashed) {
        Mishap.Crash first = (Mishap.Crash) crashed.mishaps().getFirst();
        return Moment.distinct(calls.apply(crashed), first.call() + 1).stream()
                .map(moment -> with(crashed, moment.toString()))
                .toList();
    }

    /** What goes wrong in a tale that a person ends goes wrong from that person's call on. */
    private static int from(Tale tale, Life life, List<Call> made) {
        if (tale != Tale.BY_HAND) {
            return 1;
        }
        long before = made.stream()
                .filter(call -> call.at().isBefore(Place.OPENING.plus(life.told())))
                .count();
        return Math.toIntExact(before) + 1;
    }

    /** The service's life of that name. */
    static Optional<Life> named(Service service, String name) {
        String[] parts = name.split("\\.", -1);
        Optional<Life> life = tale(parts[0]).map(tale -> tale.undisturbed(service));
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i];
            life = life.filter(known -> mishap(part).isPresent()).map(known -> with(known, part));
        }
        return life;
    }

    private static Optional<Tale> tale(String name) {
        return List.of(Tale.values()).stream()
                .filter(tale -> tale.spoken().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    private static Life with(Life life, String wrong) {
        List<Mishap> mishaps = new ArrayList<>(life.mishaps());
        mishaps.add(mishap(wrong).orElseThrow());
        return new Life(life.name() + "." + wrong, life.setting(), life.scenes(), mishaps);
    }

    private static Optional<Mishap> mishap(String name) {
        if (name.startsWith(THROTTLED)) {
            return number(name, THROTTLED).map(n -> new Mishap.Failure(n, 1, Mishap.Trouble.THROTTLED));
        }
        if (name.startsWith(AGAIN)) {
            return number(name, AGAIN).map(n -> new Mishap.Again(n, MUCH_LATER));
        }
        return Moment.named(name).map(Moment::crash);
    }

    private static Optional<Integer> number(String name, String prefix) {
        String digits = name.substring(prefix.length());
        return digits.matches("\\d{1,7}") ? Optional.of(Integer.valueOf(digits)) : Optional.empty();
    }
}
