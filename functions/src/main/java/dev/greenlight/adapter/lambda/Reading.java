package dev.greenlight.adapter.lambda;

import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.Revision;
import dev.greenlight.domain.rollout.RolloutId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads one event's values and collects everything that is wrong with them. Faults name fields, never values: a value may be
 * a secret that came to the wrong place.
 */
final class Reading {

    private static final int LONGEST_TEXT = 1_024;

    /** CodeDeploy's hook execution ids are long tokens. */
    private static final int LONGEST_ID = 4_096;

    /** Offsets as {@code Z}, {@code +01:00} or {@code +0100}: that is what the letters ask for. */
    private static final DateTimeFormatter BUS_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);

    private final Harvest found;
    private final String prefix;
    private final List<String> faults;

    Reading(Harvest found) {
        this(found, "", new ArrayList<>());
        found.fault().ifPresent(faults::add);
    }

    private Reading(Harvest found, String prefix, List<String> faults) {
        this.found = found;
        this.prefix = prefix;
        this.faults = faults;
    }

    /** The values under a path of the same event, with the same list of faults. */
    Reading under(String path) {
        return new Reading(found, prefix + path + "/", faults);
    }

    /** Another JSON object that this event carries as a text, with the same list of faults. */
    Reading inner(String name, Harvest inner) {
        inner.fault().ifPresent(f -> faults.add(name + ": " + f));
        return new Reading(inner, "", faults);
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    void fault(String text) {
        faults.add(text);
    }

    boolean names(String name) {
        return found.names(name);
    }

    /** Names every field of the object that is not among the known ones. */
    void onlyKnown(String name, Set<String> known) {
        found.names().stream()
                .filter(n -> !known.contains(n))
                .forEach(n -> faults.add("%s%s: unknown".formatted(name, n)));
    }

    Optional<String> text(String path) {
        return text(path, LONGEST_TEXT);
    }

    private Optional<String> text(String path, int longest) {
        if (found.isNoText(prefix + path)) {
            faults.add(shown(path) + ": not a text");
            return Optional.empty();
        }
        Optional<String> text = found.text(prefix + path).filter(t -> !t.isBlank());
        if (text.filter(t -> t.length() > longest).isPresent()) {
            faults.add("%s: longer than %d characters".formatted(shown(path), longest));
            return Optional.empty();
        }
        return text;
    }

    Optional<String> required(String path) {
        return required(path, LONGEST_TEXT);
    }

    Optional<String> requiredId(String path) {
        return required(path, LONGEST_ID);
    }

    private Optional<String> required(String path, int longest) {
        int before = faults.size();
        Optional<String> text = text(path, longest);
        if (text.isEmpty() && faults.size() == before) {
            faults.add(shown(path) + ": missing");
        }
        return text;
    }

    Optional<Boolean> flag(String path) {
        if (found.isNoFlag(prefix + path)) {
            faults.add(shown(path) + ": neither true nor false");
        }
        return found.flag(prefix + path);
    }

    /** A rollout's id, if one is given; {@code required} makes its absence a fault. */
    Optional<RolloutId> rollout(String path, boolean required) {
        Optional<String> text = required ? required(path) : text(path);
        if (text.filter(t -> !RolloutId.isValid(t)).isPresent()) {
            faults.add(shown(path) + ": a rollout id is 1 to 64 letters, digits and hyphens");
            return Optional.empty();
        }
        return text.map(RolloutId::new);
    }

    Optional<Revision> revision() {
        return both("revision", "digest").map(p -> new Revision(p.first(), p.second()));
    }

    Optional<RevisionLocation> location(String bucket, String key) {
        return both(bucket, key).map(p -> new RevisionLocation(p.first(), p.second()));
    }

    private record Pair(String first, String second) {}

    private Optional<Pair> both(String one, String other) {
        Optional<String> first = text(one);
        Optional<String> second = text(other);
        if (first.isPresent() != second.isPresent()) {
            faults.add("%s and %s go together".formatted(shown(one), shown(other)));
            return Optional.empty();
        }
        return first.flatMap(f -> second.map(s -> new Pair(f, s)));
    }

    Optional<Instant> instant(String path) {
        Optional<String> text = required(path);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            faults.add(shown(path) + ": no instant such as 2026-01-31T12:00:00Z");
            return Optional.empty();
        }
    }

    /** A time as the bus and CloudWatch write it, {@code 2026-01-31T12:00:00.000+0000}; empty where it is none. */
    Optional<Instant> time(String path) {
        try {
            return found.text(prefix + path)
                    .map(text -> OffsetDateTime.parse(text, BUS_TIME).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What was read, if nothing was wrong. */
    Parsed result(Optional<String> jobId, Supplier<Trigger> trigger) {
        return faults.isEmpty() ? new Parsed.Understood(trigger.get()) : new Parsed.Faulty(jobId, faults());
    }

    private String shown(String path) {
        return (prefix + path).replace('/', '.');
    }
}
