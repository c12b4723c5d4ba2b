package dev.greenlight.domain.check;

import dev.greenlight.domain.fleet.FleetState;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns what was measured into verdicts: pure functions, one per check. */
public final class Judge {

    /** Below this share of the targets that it had, green under traffic has failed; above it, it may recover. */
    private static final double LEAST_SERVING = 0.5;

    private Judge() {}

    public static Verdict capacity(String check, FleetState green, int needed) {
        String detail = "%d of %d instances in service".formatted(green.inService(), needed);
        return green.inService() >= needed ? Verdict.pass(check, detail) : Verdict.inconclusive(check, detail);
    }

    /** Before users: green may still come up, so what is not healthy is inconclusive until its time is up. */
    public static Verdict health(String check, FleetState green, int needed) {
        String detail = "%s, %d needed".formatted(green.targets(), needed);
        return green.targets().canTake(needed) ? Verdict.pass(check, detail) : Verdict.inconclusive(check, detail);
    }

    /**
     * Under traffic: a lost instance is no verdict on a revision, a lost half is.
     *
     * @param carrying how many green was when it was given this traffic; of those that are still to come none can be lost
     */
    public static Verdict healthUnderTraffic(String check, FleetState green, int needed, int carrying) {
        Verdict verdict = health(check, green, needed);
        return green.targets().healthy() < carrying * LEAST_SERVING ? Verdict.fail(check, verdict.detail()) : verdict;
    }

    /** @param passing by instance id, whether EC2's status checks pass; empty while they have not been answered */
    public static Verdict instanceStatus(String check, Map<String, Optional<Boolean>> passing) {
        List<String> impaired = passing.entrySet().stream()
                .filter(e -> e.getValue().equals(Optional.of(false)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (!impaired.isEmpty()) {
            return Verdict.inconclusive(check, "impaired: " + String.join(", ", impaired));
        }
        long answered = passing.values().stream().filter(Optional::isPresent).count();
        String detail = "%d of %d instances pass".formatted(answered, passing.size());
        return answered == passing.size() && answered > 0
                ? Verdict.pass(check, detail)
                : Verdict.inconclusive(check, detail);
    }

    /** @param revision what the version header must say; empty where the caller does not know it */
    public static Verdict smoke(String check, SmokeTest test, Optional<String> revision, Probe probe) {
        return switch (probe) {
            case Probe.NoAnswer none -> Verdict.inconclusive(check, "%s: %s".formatted(test.path(), none.reason()));
            case Probe.Answered answer -> answered(check, test, revision, answer);
        };
    }

    private static Verdict answered(String check, SmokeTest test, Optional<String> revision, Probe.Answered answer) {
        if (answer.status() != test.status()) {
            return Verdict.fail(
                    check, "%s answered %d instead of %d".formatted(test.path(), answer.status(), test.status()));
        }
        if (test.bodyContains().filter(text -> !answer.body().contains(text)).isPresent()) {
            return Verdict.fail(
                    check,
                    "%s answered without '%s'"
                            .formatted(test.path(), test.bodyContains().get()));
        }
        if (test.versionHeader().isPresent() && revision.isPresent()) {
            String header = test.versionHeader().get();
            String version = answer.headers().getOrDefault(header.toLowerCase(Locale.ROOT), "nothing");
            if (!version.equals(revision.get())) {
                return Verdict.fail(
                        check, "%s says %s: %s instead of %s".formatted(test.path(), header, version, revision.get()));
            }
        }
        if (answer.took().compareTo(test.budget()) > 0) {
            return Verdict.fail(
                    check,
                    "%s took %d ms, its budget is %d ms"
                            .formatted(
                                    test.path(),
                                    answer.took().toMillis(),
                                    test.budget().toMillis()));
        }
        return Verdict.pass(check, "%s answered %d".formatted(test.path(), answer.status()));
    }

    /**
     * Green's answer against blue's, of the same request at the same time.
     *
     * @param blue what blue answered right before, and right after if it was asked again: what it says by turns green may say, too
     */
    public static Verdict sameAsBlue(String check, SmokeTest test, Probe.Answered green, List<Probe> blue) {
        Set<String> said = new LinkedHashSet<>();
        for (Probe probe : blue) {
            switch (probe) {
                case Probe.NoAnswer none -> {
                    return Verdict.inconclusive(check, "%s on blue: %s".formatted(test.path(), none.reason()));
                }
                case Probe.Answered answer -> {
                    if (answer.status() != test.status()) {
                        return Verdict.inconclusive(
                                check,
                                "%s on blue answered %d instead of %d"
                                        .formatted(test.path(), answer.status(), test.status()));
                    }
                    said.add(answer.body());
                }
            }
        }
        if (said.contains(green.body())) {
            return Verdict.pass(check, "%s answered what blue does".formatted(test.path()));
        }
        if (said.size() > 1) {
            return Verdict.inconclusive(
                    check, "%s answers differently each time, on blue alone".formatted(test.path()));
        }
        return Verdict.fail(
                check,
                "%s answered %s"
                        .formatted(
                                test.path(),
                                parting(green.body(), said.iterator().next())));
    }

    /** Enough to find where two bodies part, and nothing of what they say. */
    private static String parting(String green, String blue) {
        int same = 0;
        while (same < Math.min(green.length(), blue.length()) && green.charAt(same) == blue.charAt(same)) {
            same++;
        }
        return "%d characters, and blue %d: they differ from character %d on"
                .formatted(green.length(), blue.length(), same + 1);
    }

    /** An alarm without data is inconclusive; one that does not exist is too, and says so. */
    public static Verdict alarms(String check, Map<String, AlarmState> states) {
        List<AlarmState> worstFirst =
                List.of(AlarmState.FIRING, AlarmState.FIRING_ALREADY, AlarmState.MISSING, AlarmState.NO_DATA);
        for (AlarmState bad : worstFirst) {
            List<String> names = states.entrySet().stream()
                    .filter(e -> e.getValue() == bad)
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            if (!names.isEmpty()) {
                String detail = "%s: %s"
                        .formatted(bad.name().toLowerCase(Locale.ROOT).replace('_', ' '), String.join(", ", names));
                return bad == AlarmState.FIRING ? Verdict.fail(check, detail) : Verdict.inconclusive(check, detail);
            }
        }
        return states.isEmpty()
                ? Verdict.inconclusive(check, "no alarm was asked for")
                : Verdict.pass(check, "%d alarms are quiet".formatted(states.size()));
    }

    /** Too few requests on green are no evidence; too few on blue mean that green is held to the tolerance alone. */
    public static Verdict errorShare(Check.ErrorShare check, Traffic blue, Traffic green) {
        if (green.requests() < Math.max(1, check.minimumRequests())) {
            return Verdict.inconclusive(
                    check.name(), "%d of %d requests seen".formatted(green.requests(), check.minimumRequests()));
        }
        double allowed = (blue.requests() < check.minimumRequests() ? 0 : blue.errorShare()) + check.tolerance();
        String detail = String.format(
                Locale.ROOT,
                "%.2f%% of %d failed, %.2f%% allowed (blue %.2f%% of %d)",
                100 * green.errorShare(),
                green.requests(),
                100 * allowed,
                100 * blue.errorShare(),
                blue.requests());
        return green.errorShare() > allowed ? Verdict.fail(check.name(), detail) : Verdict.pass(check.name(), detail);
    }

    /** Too few requests on green are no evidence; too few on blue mean that green is held to the ceiling alone. */
    public static Verdict latency(Check.Latency check, Traffic blue, Traffic green) {
        if (green.requests() < check.minimumRequests() || green.p99Millis().isEmpty()) {
            return Verdict.inconclusive(
                    check.name(), "%d of %d requests seen".formatted(green.requests(), check.minimumRequests()));
        }
        double p99 = green.p99Millis().getAsDouble();
        boolean comparable =
                blue.requests() >= check.minimumRequests() && blue.p99Millis().isPresent();
        double allowed = comparable
                ? Math.min(
                        check.ceilingMillis(), check.ratio() * blue.p99Millis().getAsDouble())
                : check.ceilingMillis();
        String detail = String.format(Locale.ROOT, "p99 %.0f ms, %.0f ms allowed", p99, allowed);
        return p99 > allowed ? Verdict.fail(check.name(), detail) : Verdict.pass(check.name(), detail);
    }

    /** What a check says that did not answer in its time. */
    public static Verdict late(String check, Duration limit) {
        return Verdict.inconclusive(check, "no answer within %d s".formatted(limit.toSeconds()));
    }
}
