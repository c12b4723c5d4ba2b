package dev.greenlight.usecase;

import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Judge;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.check.Verdict;
import dev.greenlight.domain.check.Verdict.Outcome;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.FleetState;
import dev.greenlight.port.CallFailed;
import dev.greenlight.port.SmokeProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Asks all checks of a moment, side by side, each with a time limit, so that a slow one delays no other. */
final class Examine {

    private final Ports ports;
    private final Supplier<SmokeProbe> probe;

    Examine(Ports ports) {
        this(ports, ports::probe);
    }

    /** @param probe what sends the smoke tests; made when one is sent */
    Examine(Ports ports, Supplier<SmokeProbe> probe) {
        this.ports = ports;
        this.probe = probe;
    }

    /**
     * What is examined.
     *
     * @param blue the fleet that users are on otherwise; empty where there is none to ask
     * @param needed healthy instances that the traffic of this moment asks for
     * @param carrying how many of them it was given the traffic with; the others are on their way
     * @param revision what the version header must say
     * @param trafficSince since when users are on green; empty before
     * @param before where users went unanswered: what served before that, and green is held against; empty where both serve
     * @param overdue whether time is up: what a person would have to mend first has no verdict then
     */
    record Subject(
            FleetState green,
            Optional<FleetName> blue,
            int needed,
            int carrying,
            Optional<String> revision,
            Optional<Instant> trafficSince,
            Optional<Before> before,
            Instant now,
            boolean overdue) {

        Subject(FleetState green, int needed, Optional<String> revision, Optional<Instant> trafficSince, Instant now) {
            this(green, Optional.empty(), needed, needed, revision, trafficSince, Optional.empty(), now, false);
        }
    }

    /** From when on, and until when, a fleet ran undisturbed what was there before. */
    record Before(FleetName fleet, Instant since, Instant until) {

        /** The minute in which it ends counts what came after it as well. */
        Instant whole() {
            return until.truncatedTo(ChronoUnit.MINUTES);
        }

        Instant from(Duration window) {
            Instant earliest = whole().minus(window);
            return since.isAfter(earliest) ? since : earliest;
        }
    }

    List<Verdict> examine(List<Check> checks, Subject subject) {
        List<Supplier<Verdict>> asked = checks.stream()
                .<Supplier<Verdict>>map(check -> () -> inTime(check, subject))
                .toList();
        return withoutHastyFailures(
                ports.within().together(asked, () -> Verdict.inconclusive("checks", "interrupted")));
    }

    private Verdict inTime(Check check, Subject subject) {
        return ports.within()
                .limit(Check.LIMIT, () -> calmly(check, subject), () -> Judge.late(check.name(), Check.LIMIT));
    }

    /** What AWS may answer the next time is no verdict; what a person has to mend is no verdict either, and is said. */
    private Verdict calmly(Check check, Subject subject) {
        try {
            return ask(check, subject);
        } catch (CallFailed failed) {
            if (failed.isPassing() || subject.overdue()) {
                return Verdict.inconclusive(check.name(), failed.getMessage());
            }
            throw failed;
        }
    }

    /** A fleet that is not up yet cannot fail a smoke test: its answers say nothing about the revision. */
    private static List<Verdict> withoutHastyFailures(List<Verdict> verdicts) {
        String health = new Check.TargetHealth().name();
        String smoke = new Check.Smoke(List.of()).name();
        boolean up = verdicts.stream().filter(v -> v.check().equals(health)).allMatch(v -> v.outcome() == Outcome.PASS);
        return verdicts.stream()
                .map(v -> !up && v.check().equals(smoke) && v.outcome() == Outcome.FAIL
                        ? Verdict.inconclusive(v.check(), v.detail())
                        : v)
                .toList();
    }

    private Verdict ask(Check check, Subject subject) {
        boolean underTraffic = subject.trafficSince().isPresent();
        return switch (check) {
            case Check.FleetCapacity capacity -> Judge.capacity(check.name(), subject.green(), subject.needed());
            case Check.TargetHealth health ->
                underTraffic
                        ? Judge.healthUnderTraffic(check.name(), subject.green(), subject.needed(), subject.carrying())
                        : Judge.health(check.name(), subject.green(), subject.needed());
            case Check.InstanceStatus status ->
                Judge.instanceStatus(
                        check.name(),
                        ports.fleets().statusChecks(subject.green().inServiceIds()));
            case Check.Smoke smoke -> smoke(smoke, subject);
            case Check.Alarms alarms -> {
                // What fires since before users reached green is none of its doing.
                Instant since = subject.before()
                        .map(Before::until)
                        .or(subject::trafficSince)
                        .orElse(subject.now());
                yield Judge.alarms(check.name(), ports.metrics().alarms(alarms.names(), since));
            }
            case Check.ErrorShare share -> {
                Comparison seen = compare(subject, share.window(), share.minimumRequests());
                yield Judge.errorShare(share, seen.blue(), seen.green());
            }
            case Check.Latency latency -> {
                Comparison seen = compare(subject, latency.window(), latency.minimumRequests());
                yield Judge.latency(latency, seen.blue(), seen.green());
            }
        };
    }

    private Verdict smoke(Check.Smoke check, Subject subject) {
        List<Verdict> answers = check.tests().stream()
                .map(test -> smoke(check.name(), test, subject))
                .toList();
        Outcome worst = Verdict.worst(answers);
        String detail = answers.stream()
                .filter(v -> v.outcome() == worst)
                .map(Verdict::detail)
                .collect(Collectors.joining("; "));
        return new Verdict(check.name(), worst, detail);
    }

    private Verdict smoke(String check, SmokeTest test, Subject subject) {
        Optional<FleetName> blue = subject.blue().filter(fleet -> test.sameAsBlue());
        List<Probe> said = new ArrayList<>();
        blue.ifPresent(fleet -> said.add(probe.get().ask(fleet, test)));
        Probe answer = probe.get().ask(subject.green().name(), test);
        Verdict verdict = Judge.smoke(check, test, subject.revision(), answer);
        if (blue.isEmpty() || verdict.outcome() != Outcome.PASS || !(answer instanceof Probe.Answered green)) {
            return verdict;
        }
        Verdict compared = Judge.sameAsBlue(check, test, green, said);
        if (compared.outcome() != Outcome.FAIL) {
            return compared;
        }
        said.add(probe.get().ask(blue.get(), test));
        return Judge.sameAsBlue(check, test, green, said);
    }

    private record Comparison(Traffic blue, Traffic green) {}

    /**
     * Green since users are on it, against blue in the same time; where blue has had too few requests since, against blue in
     * as long a time before.
     */
    private Comparison compare(Subject subject, Duration window, long evidence) {
        Instant since = subject.trafficSince().orElse(subject.now());
        Instant from = since.isAfter(subject.now().minus(window))
                ? since
                : subject.now().minus(window);
        FleetName green = subject.green().name();
        Map<FleetName, Traffic> during = ports.metrics().traffic(from, subject.now());
        if (subject.before().isPresent()) {
            return new Comparison(asItWas(subject.before().get(), window), during.get(green));
        }
        Traffic blue = during.get(green.other());
        if (blue.requests() < evidence) {
            blue = ports.metrics().traffic(since.minus(window), since).get(green.other());
        }
        return new Comparison(blue, during.get(green));
    }

    private Traffic asItWas(Before before, Duration window) {
        Instant from = before.from(window);
        return from.isBefore(before.whole())
                ? ports.metrics().traffic(from, before.whole()).get(before.fleet())
                : Traffic.NONE;
    }
}
