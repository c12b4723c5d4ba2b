package dev.greenlight.usecase;

import dev.greenlight.domain.Situation;
import dev.greenlight.domain.check.AlarmState;
import dev.greenlight.domain.check.Check;
import dev.greenlight.domain.check.Measured;
import dev.greenlight.domain.check.Probe;
import dev.greenlight.domain.check.SmokeTest;
import dev.greenlight.domain.check.Traffic;
import dev.greenlight.domain.fleet.FleetName;
import dev.greenlight.domain.fleet.Scaling;
import dev.greenlight.domain.hook.RevisionLocation;
import dev.greenlight.domain.hook.Trigger;
import dev.greenlight.domain.rollout.Installation;
import dev.greenlight.domain.rollout.Restoration;
import dev.greenlight.domain.rollout.RolloutId;
import dev.greenlight.domain.rollout.Terms;
import dev.greenlight.domain.strategy.Strategy;
import dev.greenlight.domain.strategy.Trial;
import dev.greenlight.domain.traffic.Routing;
import dev.greenlight.port.Appointments;
import dev.greenlight.port.Fleets;
import dev.greenlight.port.Installer;
import dev.greenlight.port.Journal;
import dev.greenlight.port.Metrics;
import dev.greenlight.port.RolloutStore;
import dev.greenlight.port.ShadowRule;
import dev.greenlight.port.SmokeProbe;
import dev.greenlight.port.TrafficRouter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Everything that the use cases need, in memory, on a clock that the story moves. It is kind until the story says not. */
final class World implements Ports, InstantSource {

    static final Scaling SERVING = new Scaling(2, 4, 30, Set.of());
    static final Scaling ASLEEP = new Scaling(0, 0, 30, Set.of());
    static final String ALARM = "checkout-5xx";

    final InMemoryRolloutStore store = new InMemoryRolloutStore();
    final ScriptedFleets fleets = new ScriptedFleets();
    final ScriptedRouter router = new ScriptedRouter(fleets);
    final ScriptedShadow shadow = new ScriptedShadow();
    final Map<RolloutId, Instant> appointments = new HashMap<>();
    final List<Journal.Entry> told = new ArrayList<>();

    /** What was deployed to bring a former revision back, by its deployment. */
    final Map<String, RevisionLocation> restored = new LinkedHashMap<>();

    private final List<String> stopped = new ArrayList<>();

    private final Map<String, AlarmState> alarms = new HashMap<>(Map.of(ALARM, AlarmState.OK));
    private final Map<FleetName, Long> strayRequests = new EnumMap<>(FleetName.class);
    private final Map<RolloutId, String> deployments = new HashMap<>();
    private Probe smoke = answered(200);

    /** What a fleet answers otherwise, one after the other; the last again and again. */
    private final Map<FleetName, Deque<Probe>> says = new EnumMap<>(FleetName.class);

    private final Set<String> running = new HashSet<>();
    private int deploymentsStarted;
    private Optional<Installation> installation = Optional.empty();
    private Optional<Installation> restoration = Optional.empty();
    private Optional<RevisionLocation> standing = Optional.of(new RevisionLocation("bucket", "before.zip"));
    private boolean groupIsBusy;
    private Optional<Metrics> otherMetrics = Optional.empty();
    private Optional<Instant> firingSince = Optional.empty();
    private Within within = Within.ownThreads();
    private Instant now = Situation.START;

    /** Nothing has ever been released. */
    static World empty() {
        World world = new World();
        world.fleets.set(FleetName.A, ASLEEP);
        world.fleets.set(FleetName.B, ASLEEP);
        return world;
    }

    /** Fleet A serves with four instances, put there by somebody else. */
    static World serving() {
        World world = empty();
        world.fleets.set(FleetName.A, SERVING);
        world.router.become(Routing.full(FleetName.A));
        return world;
    }

    static Terms terms() {
        return terms(true);
    }

    static Terms terms(boolean replaceWarm) {
        return terms(replaceWarm, Duration.ZERO);
    }

    static Terms terms(Duration cooldown) {
        return terms(true, cooldown);
    }

    /** The same terms with another strategy. */
    static Terms releasing(Strategy strategy) {
        return terms(strategy, terms().drain());
    }

    /** The same terms where connections drain faster. */
    static Terms draining(Duration drain) {
        return terms(terms().strategy(), drain);
    }

    private static Terms terms(Strategy strategy, Duration drain) {
        Terms terms = terms();
        return new Terms(
                terms.service(),
                strategy,
                terms.pace(),
                terms.firstSize(),
                terms.replaceWarm(),
                terms.cooldown(),
                drain,
                terms.beforeTraffic(),
                terms.underTraffic(),
                terms.alarms(),
                terms.hookFleet());
    }

    private static Terms terms(boolean replaceWarm, Duration cooldown) {
        Check.Smoke smoke = new Check.Smoke(List.of(
                new SmokeTest("/health", 200, Optional.empty(), Optional.empty(), Duration.ofSeconds(1), false)));
        Check.Alarms alarms = new Check.Alarms(List.of(ALARM));
        return new Terms(
                "checkout",
                new Strategy.BlueGreen(),
                Situation.PACE,
                2,
                replaceWarm,
                cooldown,
                Situation.DRAIN,
                List.of(new Check.FleetCapacity(), new Check.TargetHealth(), smoke),
                List.of(new Check.TargetHealth(), alarms),
                List.of(ALARM),
                FleetName.B);
    }

    void after(Duration time) {
        now = now.plus(time);
    }

    void smokeAnswers(int with) {
        smoke = answered(with);
    }

    /** One fleet answers with these bodies in turn, and with the last again and again. */
    void answers(FleetName fleet, String... bodies) {
        Deque<Probe> own = new ArrayDeque<>();
        for (String body : bodies) {
            own.add(new Probe.Answered(200, Map.of(), body, Duration.ofMillis(5)));
        }
        says.put(fleet, own);
    }

    void smokeSays(Probe what) {
        smoke = what;
    }

    private static Probe answered(int with) {
        return new Probe.Answered(with, Map.of(), "ok", Duration.ofMillis(5));
    }

    void alarm(AlarmState state) {
        alarms.put(ALARM, state);
    }

    /** It fires since then, whatever moment a check asks about. */
    void alarmSince(Instant since) {
        firingSince = Optional.of(since);
    }

    void stray(FleetName fleet, long requests) {
        strayRequests.put(fleet, requests);
    }

    void installationIs(Installation found) {
        installation = Optional.of(found);
    }

    void restorationIs(Installation found) {
        restoration = Optional.of(found);
    }

    /** Nobody knows what a fleet runs. */
    void nothingStands() {
        standing = Optional.empty();
    }

    void groupIsBusy(boolean busy) {
        groupIsBusy = busy;
    }

    void metricsAre(Metrics metrics) {
        otherMetrics = Optional.of(metrics);
    }

    void waitsAre(Within other) {
        within = other;
    }

    int deploymentsStarted() {
        return deploymentsStarted;
    }

    /** How many deployments were neither followed to their end nor stopped. */
    int deploymentsRunning() {
        return running.size();
    }

    /** The journal's words, in order. */
    List<String> decisions() {
        return told.stream().map(Journal.Entry::decision).toList();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public RolloutStore store() {
        return store;
    }

    @Override
    public TrafficRouter router() {
        return router;
    }

    @Override
    public ShadowRule shadow() {
        return shadow;
    }

    @Override
    public Fleets fleets() {
        return fleets;
    }

    /** The deployments that were asked to stop. */
    List<String> stopped() {
        return stopped;
    }

    @Override
    public Installer installer() {
        return new Installer() {
            @Override
            public Started start(FleetName fleet, RevisionLocation revision, RolloutId rollout, Instant since) {
                String deployment = deployments.computeIfAbsent(rollout, id -> "d-" + ++deploymentsStarted);
                running.add(deployment);
                return new Started.By(deployment);
            }

            @Override
            public Installation follow(FleetName fleet, String deployment, List<String> inService) {
                Installation found = installation.orElseGet(() -> new Installation.Succeeded(Set.copyOf(inService)));
                if (!(found instanceof Installation.Running)) {
                    running.remove(deployment);
                }
                return found;
            }

            @Override
            public Started startByZone(
                    FleetName fleet, RevisionLocation revision, RolloutId rollout, int attempt, Instant since) {
                if (installation.filter(Installation.Stopped.class::isInstance).isPresent()) {
                    installation = Optional.of(new Installation.Running("it was just created"));
                }
                String deployment = "d-" + ++deploymentsStarted;
                deployments.put(rollout, deployment);
                running.add(deployment);
                return new Started.By(deployment);
            }

            @Override
            public Installation followByZone(
                    FleetName fleet, String deployment, RolloutId rollout, Instant since, List<String> inService) {
                return follow(fleet, deployment, inService);
            }

            @Override
            public void stop(String deployment) {
                stopped.add(deployment);
                deployments.values().remove(deployment);
                running.remove(deployment);
            }

            @Override
            public Optional<RevisionLocation> standing(FleetName fleet) {
                return standing;
            }

            @Override
            public Optional<String> begun(FleetName fleet, RolloutId rollout, Instant since) {
                return Optional.ofNullable(deployments.get(rollout));
            }

            @Override
            public Started restore(
                    FleetName fleet, RevisionLocation former, RolloutId rollout, Restoration due, Instant since) {
                if (groupIsBusy) {
                    return new Started.Busy("another deployment holds the group");
                }
                String id = "r-" + rollout + "-" + due.attempt() + (due.goesToAllAtOnce() ? "-at-once" : "");
                restored.putIfAbsent(id, former);
                return new Started.By(id);
            }

            @Override
            public Installation followRestoring(FleetName fleet, String deployment, List<String> inService) {
                return restoration.orElseGet(() -> new Installation.Succeeded(Set.copyOf(inService)));
            }

            @Override
            public Installation followStanding(FleetName fleet, List<String> inService) {
                return followRestoring(fleet, "the last one", inService);
            }
        };
    }

    @Override
    public Metrics metrics() {
        return otherMetrics.orElseGet(this::scriptedMetrics);
    }

    private Metrics scriptedMetrics() {
        return new Metrics() {
            @Override
            public Map<FleetName, Traffic> traffic(Instant from, Instant to) {
                Map<FleetName, Traffic> seen = new EnumMap<>(FleetName.class);
                for (FleetName fleet : FleetName.values()) {
                    long requests = strayRequests.getOrDefault(fleet, 0L);
                    seen.put(fleet, new Traffic(requests, 0, 0, java.util.OptionalDouble.empty()));
                }
                return seen;
            }

            @Override
            public Map<FleetName, Measured> measured(Trial.Metric metric, Instant from, Instant to) {
                return Map.of();
            }

            @Override
            public Map<String, AlarmState> alarms(List<String> names, Instant since) {
                Map<String, AlarmState> states = new HashMap<>();
                names.forEach(name -> states.put(
                        name,
                        firingSince
                                .map(at -> at.isBefore(since) ? AlarmState.FIRING_ALREADY : AlarmState.FIRING)
                                .orElseGet(() -> alarms.getOrDefault(name, AlarmState.MISSING))));
                return states;
            }
        };
    }

    @Override
    public SmokeProbe probe() {
        return (fleet, test) -> {
            Deque<Probe> own = says.getOrDefault(fleet, new ArrayDeque<>(List.of(smoke)));
            return own.size() > 1 ? own.removeFirst() : own.peekFirst();
        };
    }

    @Override
    public Appointments appointments() {
        return new Appointments() {
            @Override
            public void retireBlue(RolloutId rollout, Instant at) {
                appointments.put(rollout, at);
            }

            @Override
            public void cancel(RolloutId rollout) {
                appointments.remove(rollout);
            }

            @Override
            public void comeBack(Trigger.HookExecution execution, Instant at) {
                throw new UnsupportedOperationException("no use case comes back by itself");
            }
        };
    }

    @Override
    public Journal journal() {
        return told::add;
    }

    @Override
    public Within within() {
        return within;
    }
}
