package dev.greenlight.sandbox.world;

import dev.greenlight.sandbox.clock.SandboxClock;
import dev.greenlight.sandbox.clock.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A load in the modelled data plane: each second of the clock so many requests, until it is stopped. */
public final class Load {

    private final ModelledDataPlane plane;
    private final World world;
    private final Request request;
    private final List<Client> clients = new ArrayList<>();
    private final Map<String, Double> sharesOwed = new LinkedHashMap<>();
    private final Map<String, Double> clientsOwed = new LinkedHashMap<>();
    private final Map<String, Long> answered = new LinkedHashMap<>();
    private double perSecond;
    private double requestsOwed;
    private long turn;
    private Timer timer = () -> {};

    Load(ModelledDataPlane plane, World world, Request request, double perSecond, int clients) {
        this.plane = plane;
        this.world = world;
        this.request = request;
        this.perSecond = perSecond;
        for (int i = 0; i < clients; i++) {
            this.clients.add(new Client());
        }
    }

    void runOn(SandboxClock clock) {
        timer = clock.every(Duration.ofSeconds(1), "load on " + request.path(), this::second);
    }

    /** Changes the rate from the next second on. */
    public void rate(double newPerSecond) {
        synchronized (world) {
            perSecond = newPerSecond;
        }
    }

    /** Ends the load. */
    public void stop() {
        timer.cancel();
    }

    /** How many of its requests each revision has answered so far, well or not. */
    public Map<String, Long> answered() {
        synchronized (world) {
            return Map.copyOf(answered);
        }
    }

    private void second() {
        synchronized (world) {
            requestsOwed += perSecond;
            // The tolerance keeps sums of a decimal rate from falling short of a whole request.
            long requests = (long) Math.floor(requestsOwed + 1e-9);
            requestsOwed -= requests;
            if (requests > 0) {
                send(requests, world.clock().instant());
            }
        }
    }

    private void send(long requests, Instant now) {
        switch (world.balancer().route(request, now)) {
            case Action.Fixed fixed ->
                plane.unserved(
                        new Choice.Fixed(fixed.status(), fixed.contentType(), fixed.body()), fixed.status(), requests);
            case Action.Forward forward -> forward(requests, forward, now);
        }
    }

    private void forward(long requests, Action.Forward forward, Instant now) {
        if (forward.stickiness().isPresent() && !clients.isEmpty()) {
            byClient(requests, forward, now).forEach(this::toGroup);
            return;
        }
        clients.forEach(Client::forget);
        Optional<String> sole = forward.sole();
        if (sole.isPresent()) {
            // What it is owed stays owed; nothing is owed to others any more.
            sharesOwed.keySet().removeIf(group -> !group.equals(sole.get()));
            toGroup(sole.get(), requests);
        } else {
            Apportioning.byWeight(requests, forward.weights(), sharesOwed).forEach(this::toGroup);
        }
    }

    private Map<String, Long> byClient(long requests, Action.Forward forward, Instant now) {
        Map<String, Integer> clientsOf = new LinkedHashMap<>();
        for (Client client : clients) {
            if (!client.staysIn(forward, now)) {
                String drawn = Apportioning.one(forward.weights(), clientsOwed);
                client.joins(drawn, now.plus(forward.stickiness().get()));
            }
            clientsOf.merge(client.group, 1, Integer::sum);
        }
        return Apportioning.byWeight(requests, clientsOf, sharesOwed);
    }

    /** Spreads the requests over the targets of the group, and lets each revision among them answer its part in one go. */
    private void toGroup(String targetGroupArn, long requests) {
        TargetSet targets = world.balancer().set(targetGroupArn).orElseThrow();
        if (requests == 0) {
            return;
        }
        if (targets.eligible().isEmpty()) {
            plane.unserved(new Choice.NoTarget(503, targetGroupArn), 503, requests);
            return;
        }
        Instant now = world.clock().instant();
        Map<Optional<String>, Part> parts = new LinkedHashMap<>();
        if (targets.warmsUp(now)) {
            targets.apportioned(requests, now).forEach((id, times) -> add(parts, id, times));
        } else {
            even(parts, targets.eligible(), requests);
        }
        parts.forEach((revision, part) -> {
            if (part.requests > 0) {
                revision.ifPresent(serving -> answered.merge(serving, part.requests, Long::sum));
                plane.serve(
                        new Choice.Target(part.instanceId, targetGroupArn, Optional.empty()), revision, part.requests);
                if (revision.isPresent()) {
                    plane.copies().of(request, part.requests);
                }
            }
        });
    }

    private void even(Map<Optional<String>, Part> parts, List<String> eligible, long requests) {
        long each = requests / eligible.size();
        long more = requests % eligible.size();
        for (int i = 0; i < eligible.size(); i++) {
            // The remainder goes round, so that no target gets more than the others for long.
            long times = each + (Math.floorMod(i - turn, eligible.size()) < more ? 1 : 0);
            add(parts, eligible.get(i), times);
        }
        turn += more;
    }

    private void add(Map<Optional<String>, Part> parts, String id, long times) {
        parts.computeIfAbsent(plane.serving(id), unseen -> new Part(id)).requests += times;
    }

    /** The requests of all targets that behave like this instance. */
    private static final class Part {
        private final String instanceId;
        private long requests;

        Part(String instanceId) {
            this.instanceId = instanceId;
        }
    }

    /** One that keeps its cookie. */
    private static final class Client {
        private String group;
        private Instant end = Instant.MIN;

        boolean staysIn(Action.Forward forward, Instant now) {
            return end.isAfter(now) && forward.names(group);
        }

        void joins(String other, Instant until) {
            group = other;
            end = until;
        }

        void forget() {
            end = Instant.MIN;
        }
    }
}
