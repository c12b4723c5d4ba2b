package dev.greenlight.cli.simulate;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.greenlight.adapter.lambda.RollBackHandler;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.port.Metrics;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Mutants that do not do what they are called for: rules 3 and 4; or do not see what tells them to: rules 2 and 3. */
final class CallMutants {

    private CallMutants() {}

    static List<Mutant> all() {
        return List.of(
                deaf(
                        3,
                        "a person's rollback is refused",
                        "a person asked for a rollback",
                        event -> event.contains("by hand"),
                        "{\"outcome\":\"failed\",\"message\":\"blue is retired\",\"failure\":\"ROLLOUT\"}"),
                deafToPeople(3, "a person asked for a rollback"),
                deaf(3, "an alarm's event is not heard", "an alarm fired under traffic", CallMutants::alarm, "{}")
                        .in(Lives.ALARM),
                Mutant.of(3, "alarms are not looked at", "an alarm fired under traffic", wired -> new Altered(wired) {
                            @Override
                            public Metrics metrics() {
                                return new AlarmBlind(super.metrics());
                            }
                        })
                        .in(Lives.SILENT_ALARM),
                Mutant.handling(
                                4,
                                "an alarm's event takes back what is promoted",
                                "was taken back: BY_HAND",
                                RollBackHandler.class,
                                CallMutants::obeying)
                        .in(Lives.LATE_ALARM),
                Mutant.of(
                                2,
                                "a few requests that still come do not count",
                                "minute after minute",
                                wired -> new Altered(wired) {
                                    @Override
                                    public Metrics metrics() {
                                        return new StrayBlind(super.metrics());
                                    }
                                })
                        .in(Lives.STRAYS));
    }

    static Mutant deafToPeople(int rule, String seen) {
        return deaf(
                rule,
                "a person's rollback is said to be done, and is not",
                seen,
                event -> event.contains("by hand"),
                "{\"outcome\":\"done\",\"message\":\"all traffic is back on blue\"}");
    }

    private static boolean alarm(String event) {
        return event.contains("CloudWatch Alarm State Change");
    }

    /** Whoever's alarm it is, and whenever it fired: it counts like a person's word. */
    private static RequestStreamHandler obeying(Mutant.Handling function) {
        return (input, output, context) -> {
            byte[] event = input.readAllBytes();
            byte[] heard = alarm(new String(event, StandardCharsets.UTF_8))
                    ? "{\"reason\":\"an alarm\"}".getBytes(StandardCharsets.UTF_8)
                    : event;
            function.deployed().handleRequest(new ByteArrayInputStream(heard), output, context);
        };
    }

    /** Sees no alarm fire. */
    private record AlarmBlind(Metrics deployed) implements Metrics {
        @Override
        public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
            return deployed.traffic(from, to);
        }

        @Override
        public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
            return deployed.measured(metric, from, to);
        }

        @Override
        public Map<String, AlarmState> alarms(List<String> names, Instant since) {
            return names.stream().collect(Collectors.toMap(Function.identity(), name -> AlarmState.OK));
        }
    }

    /** Sees no requests where the other fleet has many more. */
    private record StrayBlind(Metrics deployed) implements Metrics {
        @Override
        public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
            Map<FleetName, Traffic> seen = deployed.traffic(from, to);
            Map<FleetName, Traffic> rounded = new EnumMap<>(seen);
            seen.forEach((fleet, traffic) -> {
                boolean few = traffic.requests() * 5 < seen.get(fleet.other()).requests();
                rounded.put(fleet, few ? new Traffic(0, 0, 0, traffic.p99Millis()) : traffic);
            });
            return rounded;
        }

        @Override
        public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
            return deployed.measured(metric, from, to);
        }

        @Override
        public Map<String, AlarmState> alarms(List<String> names, Instant since) {
            return deployed.alarms(names, since);
        }
    }

    /** RollBack answers such events and does nothing. */
    private static Mutant deaf(int rule, String what, String seen, Predicate<String> events, String answer) {
        return Mutant.handling(rule, what, seen, RollBackHandler.class, function -> deaf(function, events, answer));
    }

    private static RequestStreamHandler deaf(Mutant.Handling function, Predicate<String> events, String answer) {
        return (input, output, context) -> {
            byte[] event = input.readAllBytes();
            if (events.test(new String(event, StandardCharsets.UTF_8))) {
                output.write(answer.getBytes(StandardCharsets.UTF_8));
            } else {
                function.deployed().handleRequest(new ByteArrayInputStream(event), output, context);
            }
        };
    }
}
